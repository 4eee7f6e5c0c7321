/// The columns of a file by name. Names are trimmed, and made unique so that a mapping can tell columns apart.
public struct CSVHeader: Hashable, Sendable {
    public let names: [String]
    private let indices: [String: Int]

    /// `Email`, `Email` become `Email` and `Email (2)`; a third column without a name becomes `Column 3`.
    public init(written: [String]) {
        var (names, indices) = ([String](), [String: Int]())
        var repeats = [String: Int]()
        let given = Set(written.map(CSVHeader.trimmed))
        for (index, name) in written.map(CSVHeader.trimmed).enumerated() {
            let wanted = name.isEmpty ? "Column \(index + 1)" : name
            var unique = wanted
            // A name made up here gives way to the same name given by the file.
            while indices[unique] != nil || (unique != name && given.contains(unique)) {
                repeats[wanted, default: 1] += 1
                unique = "\(wanted) (\(repeats[wanted]!))"
            }
            indices[unique] = index
            names.append(unique)
        }
        (self.names, self.indices) = (names, indices)
    }

    /// The 0-based column of that exact name.
    public func index(of name: String) -> Int? { indices[name] }

    private static func trimmed(_ name: String) -> String {
        let scalars = name.unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[first...last])
    }
}
