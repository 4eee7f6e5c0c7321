/// The name somebody most likely meant, or `nil` where none is near: at most a third of the letters wrong. Case does not
/// count. Of equally near names the first wins.
public func nearestName(to text: String, among names: some Sequence<String>) -> String? {
    let wanted = Array(text.lowercased().unicodeScalars.prefix(64))
    var best: (name: String, distance: Int)?
    for name in names {
        let candidate = Array(name.lowercased().unicodeScalars)
        let bound = min(best?.distance ?? .max, max(wanted.count, candidate.count) / 3 + 1)
        guard abs(candidate.count - wanted.count) < bound else { continue }
        let distance = editDistance(wanted, candidate)
        if distance < bound { best = (name, distance) }
    }
    return best?.name
}

/// Insertions, deletions, replacements and swaps of neighbours it takes to turn one into the other (optimal string
/// alignment).
public func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in a.indices {
        var row = [i + 1] + last.dropFirst()
        for j in b.indices {
            row[j + 1] = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { row[j + 1] = min(row[j + 1], beforeLast[j - 1] + 1) }
        }
        (beforeLast, last) = (last, row)
    }
    return last[b.count]
}
