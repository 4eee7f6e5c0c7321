internal import Reports

/// From where numbers are looked at: period, team and segment stay put from page to page, and live in the address, so that
/// a link shows a colleague exactly the same.
struct Standpoint: Hashable, Sendable {
    static let options: [ReportOption] = [.period, .segment, .team]

    private let said: [Said]

    private struct Said: Hashable, Sendable {
        let option: ReportOption
        let text: String
    }

    init(_ query: FormFields) {
        said = Standpoint.options.flatMap { option in
            query.said(option.rawValue).map { Said(option: option, text: $0) }
        }
    }

    init(of request: ReportRequest) {
        said = request.options.filter { Standpoint.options.contains($0.option) }
            .map { Said(option: $0.option, text: $0.text) }
    }

    /// A path with what stays put behind it.
    func path(_ path: String) -> String { Link(path, said.map { ($0.option.rawValue, $0.text) }).text }
}

/// An address of our own: a path, and what is said in its query.
struct Link: Hashable, Sendable {
    let text: String

    init(_ path: String, _ query: [(name: String, value: String)]) {
        let pairs = query.map { "\(PercentText.encoded($0.name))=\(PercentText.encoded($0.value, butNot: "/:@,"))" }
        text = pairs.isEmpty ? path : path + "?" + pairs.joined(separator: "&")
    }
}
