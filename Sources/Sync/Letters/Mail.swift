public import Vocabulary

/// A mail as it goes over the wire (RFC 5322, 2045–2047): plain text and HTML, whatever names and subjects contain.
public struct Mail: Sendable {
    public var from: String
    public var to: String
    public var subject: String
    public var text: String
    public var html: String
    /// Without angle brackets.
    public var messageID: String
    public var date: Instant
    /// Where one click ends mails of this kind (RFC 8058); `nil`: it is none of a list.
    public var unsubscribe: String?

    public init(
        from: String, to: String, subject: String, text: String, html: String, messageID: String, date: Instant,
        unsubscribe: String? = nil
    ) {
        (self.from, self.to, self.subject, self.text) = (from, to, subject, text)
        (self.html, self.messageID, self.date, self.unsubscribe) = (html, messageID, date, unsubscribe)
    }

    public var bytes: [UInt8] {
        let boundary = "=_" + StableKey.of(messageID, "part")
        var lines = [
            "Date: \(date.mailDate)", "From: Interlock <\(from.asAddress)>", "To: <\(to.asAddress)>",
            "Message-ID: <\(messageID.asAddress)>", "Subject: \(subject.asHeader)", "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0", "Content-Type: multipart/alternative;\r\n boundary=\"\(boundary)\"",
        ]
        if let unsubscribe {
            lines.append("List-Unsubscribe: <\(unsubscribe.asAddress)>")
            // One click is promised over https only; any other link is one to follow.
            if unsubscribe.hasPrefix("https://") { lines.append("List-Unsubscribe-Post: List-Unsubscribe=One-Click") }
        }
        lines += [""]
        for (type, body) in [("text/plain", text), ("text/html", html)] {
            lines += [
                "--\(boundary)", "Content-Type: \(type); charset=utf-8", "Content-Transfer-Encoding: quoted-printable",
                "", body.quotedPrintable,
            ]
        }
        lines += ["--\(boundary)--", ""]
        return Array(lines.joined(separator: "\r\n").utf8)
    }

    /// Whether an address can be written into a mail and an SMTP command without saying anything else.
    public static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, parts.allSatisfy({ !$0.isEmpty }) else { return false }
        return text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !Array("<>()[]\\,;:\"".utf8).contains($0) }
    }
}

extension String {
    /// What stands in angle brackets: nothing in it can end a header.
    fileprivate var asAddress: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.filter { $0.value > 0x20 && $0.value < 0x7F && $0 != "<" && $0 != ">" }))
    }

    /// One line of a header's text: ASCII as it is, else in encoded words of at most 75 signs (RFC 2047).
    var asHeader: String {
        let line = String(
            String.UnicodeScalarView(unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
        guard !line.utf8.allSatisfy({ $0 < 0x7F }) || line.utf8.count > 70 || line.contains("=?") else { return line }
        var words: [[UInt8]] = [[]]
        for sign in line {
            let bytes = Array(sign.utf8)
            for start in stride(from: 0, to: bytes.count, by: 39) {
                let piece = Array(bytes[start..<min(start + 39, bytes.count)])
                if words[words.count - 1].count + piece.count > 39 { words.append([]) }
                words[words.count - 1] += piece
            }
        }
        return words.map { "=?utf-8?B?\(Base64.text($0))?=" }.joined(separator: "\r\n ")
    }

    /// RFC 2045, 6.7: lines of at most 76 signs.
    var quotedPrintable: String {
        utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            let bytes = line.filter { $0 != 0x0D }
            var (written, length) = ("", 0)
            for (place, byte) in bytes.enumerated() {
                let isLast = place == bytes.count - 1
                let isPlain = byte >= 0x21 && byte < 0x7F && byte != 0x3D || (byte == 0x20 && !isLast)
                let sign = isPlain ? String(UnicodeScalar(byte)) : "=" + StableKey.hex([byte]).uppercased()
                if length + sign.utf8.count > 75 {
                    written += "=\r\n"
                    length = 0
                }
                written += sign
                length += sign.utf8.count
            }
            return written
        }.joined(separator: "\r\n")
    }
}

extension Instant {
    /// `Mon, 02 Feb 2026 08:30:00 +0000`.
    var mailDate: String {
        let local = Zone.utc.civil(at: self)
        let fields = local.date.fields
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let time = [local.time.hour, local.time.minute, local.time.second].map(two).joined(separator: ":")
        return
            "\(local.date.weekday.name.prefix(3)), \(two(fields.day)) \(months[fields.month - 1]) \(fields.year) \(time) +0000"
    }
}
