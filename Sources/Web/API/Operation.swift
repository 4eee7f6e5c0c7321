internal import HTTPTypes
internal import Roles
internal import Vocabulary

//  What a route takes and gives
//
//      Operation ─ path, query ── what may be said of the question; requests are held to it
//                ─ bodies ─────── what may be sent
//                ─ answers ────── of each status what comes, with its schema and an example
//                ─ faults ─────── the statuses that bring a problem document
//
//  The document under /v1/openapi.json and the page /docs/api are made of these, so they cannot say something else than what
//  the server does.

/// What a route takes and gives, for whoever writes a program that uses it.
struct Operation: Sendable {
    /// In the order of the document.
    enum Group: String, CaseIterable, Sendable {
        case numbers = "Numbers"
        case people = "People"
        case agreement = "The agreement"
        case sending = "Sending"
        case server = "The server"
    }

    /// A name for programs that are generated from the document: `listReports`.
    let id: String
    let group: Group
    /// A sentence without its full stop.
    let summary: String
    var detail = ""
    var path: [PathParameter] = []
    /// `nil`: whatever is said there is passed over.
    var query: [QueryParameter]? = []
    var headers: [HeaderParameter] = []
    var bodies: [Media] = []
    var answers: [Answer]
    /// Beside those that follow from the rest.
    var faults: [Int] = []

    /// A representation: its type, its schema as JSON, and an example.
    struct Media: Sendable {
        let type: String
        let schema: String
        let example: String
        /// Whether the example is JSON; else it is text.
        var isJSON: Bool { type.hasSuffix("/json") || type.hasSuffix("+json") }
    }

    struct Answer: Sendable {
        let status: Int
        let meaning: String
        var media: [Media] = []
        /// Whether it has a tag, and is not sent again to whoever has it.
        var isTagged = false
        /// Whether a further page may follow.
        var isPaged = false
        var links: [Link] = []
    }

    /// What can be asked with something out of an answer: the operation, and from where its parameter comes.
    struct Link: Sendable {
        let name: String
        let operation: String
        let parameter: String
        /// A runtime expression of OpenAPI: `$response.body#/data/0/number`.
        let value: String
    }

    struct PathParameter: Sendable {
        let name: String
        let meaning: String
        let schema: String
        let example: String
    }

    struct HeaderParameter: Sendable {
        let name: String
        let meaning: String
        let schema: String
        let example: String
    }

    /// The statuses of its problem documents, for an act.
    func allFaults(_ act: Act) -> [Int] {
        var all = Set(faults)
        if act.roles != nil { all.formUnion([401, 403]) }
        if query.map({ !$0.isEmpty }) ?? false || !bodies.isEmpty || act.roles != nil { all.insert(400) }
        if isTagged { all.formUnion([400, 406]) }
        if !bodies.isEmpty { all.formUnion([413, 415, 429]) }
        if act != .lookWhetherItRuns { all.insert(421) }
        return (all.union([503])).sorted()
    }

    /// The types among which whoever reads may choose.
    var offered: [String] { answers.first?.media.map(\.type) ?? [] }
    var isTagged: Bool { answers.first?.isTagged ?? false }
}

/// Something that may be said behind the `?`.
struct QueryParameter: Sendable {
    enum Form: Sendable {
        case text(longest: Int = 200)
        case number(ClosedRange<Int>)
        case choice([String])
        /// RFC 3339, with an offset.
        case instant
        /// Whole numbers with points between them, as a page before gave it.
        case cursor(parts: Int)
    }

    let name: String
    let form: Form
    let meaning: String
    let example: String
    var isRequired = false
    var mayRepeat = false
}

extension QueryParameter {
    static let limit = QueryParameter(
        name: "limit", form: .number(1...Paging.most), meaning: "how many on a page; \(Paging.usual) by default",
        example: "20")

    static func after(_ parts: Int, _ example: String) -> QueryParameter {
        QueryParameter(
            name: "after", form: .cursor(parts: parts),
            meaning: "the page behind this one: copied from the “next” of the page before", example: example)
    }
}

// MARK: - Requests are held to it

extension Operation {
    /// Throws 400 for what the question may not have: a slip of the pen is told, not passed over.
    func check(_ said: FormFields) throws {
        guard let query else { return }
        for name in Set(said.names).sorted() where !query.contains(where: { $0.name == name }) {
            let all = query.map(\.name).joined(separator: ", ")
            throw Problem(
                .badRequest, "unknown-parameter", "This address has no parameter “\(name)”.",
                remedy: all.isEmpty ? "Leave it out." : "It takes: \(all).")
        }
        for parameter in query { try parameter.check(said.all(parameter.name)) }
    }
}

extension QueryParameter {
    fileprivate func check(_ values: [String]) throws {
        if values.isEmpty, isRequired {
            throw Problem(
                .badRequest, "missing-parameter", "The parameter “\(name)” is missing.",
                remedy: "Say \(meaning), as in \(name)=\(example).")
        }
        if values.count > 1, !mayRepeat {
            throw Problem(
                .badRequest, "repeated-parameter", "The parameter “\(name)” is there \(values.count) times.",
                remedy: "Say it once.")
        }
        for value in values where !form.takes(value) {
            throw Problem(
                .badRequest, "unreadable-parameter", "The parameter “\(name)” is not \(form.inWords).",
                remedy: "Write it like \(name)=\(example).")
        }
    }
}

extension QueryParameter.Form {
    func takes(_ text: String) -> Bool {
        switch self {
        case .text(let longest):
            (1...longest).contains(text.unicodeScalars.count)
                && !text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F || $0.value == 0xFFFD }
        case .number(let range): text.isPlainNumber && (Int(text).map(range.contains) ?? false)
        case .choice(let words): words.contains(text)
        case .instant: (try? Instant(text: text)) != nil
        case .cursor(let parts):
            text.split(separator: ".", omittingEmptySubsequences: false).count == parts
                && text.split(separator: ".", omittingEmptySubsequences: false)
                    .allSatisfy { String($0).isPlainNumber && $0.utf8.count <= 15 }
        }
    }

    var inWords: String {
        switch self {
        case .text(let longest): "a text of 1 to \(longest) signs without control characters"
        case .number(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .choice(let words): "one of: \(words.joined(separator: ", "))"
        case .instant: "an instant with its offset (RFC 3339)"
        case .cursor: "what the “next” of a page says"
        }
    }

    var schema: String {
        switch self {
        case .text(let longest):
            #"{"type":"string","minLength":1,"maxLength":\#(longest),"pattern":"^[^\\u0000-\\u001f\\u007f\\ufffd]*$"}"#
        case .number(let range):
            #"{"type":"integer","minimum":\#(range.lowerBound),"maximum":\#(range.upperBound)}"#
        case .choice(let words):
            #"{"type":"string","enum":["\#(words.joined(separator: #"",""#))"]}"#
        case .instant: #"{"type":"string","format":"date-time"}"#
        case .cursor(let parts):
            #"{"type":"string","pattern":"^[0-9]{1,15}(\\.[0-9]{1,15}){\#(parts - 1)}$"}"#
        }
    }
}

extension String {
    fileprivate var isPlainNumber: Bool { !isEmpty && utf8.allSatisfy { (0x30...0x39).contains($0) } }
}
