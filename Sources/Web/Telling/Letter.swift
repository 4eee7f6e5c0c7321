internal import Journal
internal import Sync

/// What a message says, for people: the same words as mail, as HTML and in a chat.
struct Letter {
    var subject: String
    /// Whole sentences, the most important first.
    var sentences: [String]
    var details: [(name: String, value: String)] = []
    var links: [DeedLink] = []
    /// What a digest begins with; `nil`: nothing waits for its reader, or it is none.
    private var waiting: WaitingLeads?
    /// Of several told together.
    private var parts: [Letter] = []

    init(subject: String, sentences: [String]) { (self.subject, self.sentences) = (subject, sentences) }

    /// One letter of several: of one, that one.
    init(together letters: [Letter], isDigest: Bool, waiting: WaitingLeads? = nil) {
        guard letters.count != 1 || isDigest else {
            self = letters[0]
            return
        }
        let count = letters.count == 1 ? "1 message" : "\(letters.count) messages"
        self.init(
            subject: isDigest ? "Interlock: \(count) since the last digest" : "Interlock: \(count) at once",
            sentences: [
                isDigest
                    ? "What came since your last digest, the earliest first."
                    : "These came together, so they are told together."
            ])
        parts = letters
        if isDigest { self.waiting = waiting }
    }

    private static let closing = "Interlock tells you this because your company's agreement says so."

    var text: String {
        var lines = (waiting.map { [$0.text] } ?? []) + sentences
        if !details.isEmpty { lines.append(details.map { "\($0.name): \($0.value)" }.joined(separator: "\n")) }
        lines += links.map { "\($0.words): \($0.url)" }
        for part in parts { lines.append("– \(part.subject)\n\n\(part.body)") }
        return lines.joined(separator: "\n\n") + "\n\n-- \n\(Letter.closing)\n"
    }

    private var body: String {
        var lines = sentences
        if !details.isEmpty { lines.append(details.map { "\($0.name): \($0.value)" }.joined(separator: "\n")) }
        lines += links.map { "\($0.words): \($0.url)" }
        return lines.joined(separator: "\n\n")
    }

    var html: HTML {
        """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>\(subject)</title>
        <meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"></head>
        <body style="font: 16px/1.5 system-ui, sans-serif; max-width: 40em; margin: 1em auto; padding: 0 1em">
        <h1 style="font-size: 1.3em">\(subject)</h1>\(waiting?.html ?? "")\(content)
        \(parts.html { "<h2 style=\"font-size: 1.1em; border-top: 1px solid #8888; padding-top: .7em\">\($0.subject)</h2>\($0.content)" })
        <p style="font-size: .85em">\(Letter.closing)</p></body></html>
        """
    }

    private var content: HTML {
        let rows: HTML = details.html { detail in
            """
            <tr><th scope="row" style="text-align: left; padding: .15em 1em .15em 0; vertical-align: top">\(detail.name)</th>
            <td style="padding: .15em 0">\(detail.value)</td></tr>
            """
        }
        let table: HTML = details.isEmpty ? "" : "<table style=\"border-collapse: collapse\">\(rows)</table>"
        return """
            \(sentences.html { "<p>\($0)</p>" })\(table)
            \(links.html { "<p><a href=\"\($0.url)\">\($0.words)</a></p>" })
            """
    }

    /// As a Slack-compatible incoming webhook takes it.
    var slack: String {
        var json = JSONText()
        let lines =
            ["*\(SlackText.escaped(subject))*"] + [SlackText.escaped(body)].filter { !$0.isEmpty }
            + parts.map { "*\(SlackText.escaped($0.subject))*\n\(SlackText.escaped($0.body))" }
        json.object { json in json.member("text", lines.joined(separator: "\n")) }
        return json.text
    }
}
