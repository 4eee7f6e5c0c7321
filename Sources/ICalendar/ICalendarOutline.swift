/// Which components begin on which line, read before the C library sees a byte, so that its recursion and memory are
/// bounded and its events have lines.
struct ICalendarOutline {
    /// The line of each `BEGIN:VEVENT`, in file order, from 1.
    private(set) var eventLines: [Int] = []

    private static let largestFile = 4 << 20
    private static let deepestNesting = 8
    private static let mostEvents = 10_000

    init(_ bytes: [UInt8]) throws(ICalendarError) {
        guard bytes.count <= ICalendarOutline.largestFile else { throw ICalendarError(line: nil, cause: .tooLarge) }
        guard !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil else {
            throw ICalendarError(line: nil, cause: .notText)
        }
        var open: [(name: String, line: Int)] = []
        var line = 0
        for text in bytes.split(separator: 10, omittingEmptySubsequences: false) {
            line += 1
            if let name = name(in: text, after: "BEGIN:") {
                try begin(name, line, &open)
            } else if let name = name(in: text, after: "END:") {
                guard open.popLast()?.name == name else { throw ICalendarError(line: line, cause: .notOpened(name)) }
            } else if open.isEmpty, text.contains(where: { $0 > 32 && $0 < 128 }) {
                throw ICalendarError(line: line, cause: .notICalendar)
            }
        }
        if let last = open.last { throw ICalendarError(line: last.line, cause: .notClosed(last.name)) }
        guard line > 0, sawCalendar else { throw ICalendarError(line: 1, cause: .notICalendar) }
    }

    private var sawCalendar = false

    private mutating func begin(
        _ name: String, _ line: Int, _ open: inout [(name: String, line: Int)]
    ) throws(ICalendarError) {
        if open.isEmpty, name != "VCALENDAR" { throw ICalendarError(line: line, cause: .notICalendar) }
        sawCalendar = true
        if name == "VEVENT" { eventLines.append(line) }
        guard eventLines.count <= ICalendarOutline.mostEvents else {
            throw ICalendarError(line: line, cause: .tooMany("\(ICalendarOutline.mostEvents) events"))
        }
        open.append((name, line))
        guard open.count <= ICalendarOutline.deepestNesting else {
            throw ICalendarError(line: line, cause: .nestedTooDeep)
        }
    }

    /// The component a line begins or ends, in capitals, as case does not matter there.
    private func name(in line: ArraySlice<UInt8>, after prefix: String) -> String? {
        // A byte order mark may stand before the first line.
        let line = line.starts(with: [0xEF, 0xBB, 0xBF]) ? line.dropFirst(3) : line
        guard line.count > prefix.utf8.count, zip(line, prefix.utf8).allSatisfy({ $0 & 0xDF == $1 & 0xDF }) else {
            return nil
        }
        let name = line.dropFirst(prefix.utf8.count).prefix { $0 > 32 }
        return String(decoding: name, as: UTF8.self).uppercased()
    }
}
