/// A mapping that comes with the program, for a kind of file that a known system exports.
///
/// A company copies one and changes it where its own system differs: `interlock map --preset NAME --output my.yaml`.
public struct Preset: Hashable, Sendable {
    /// `hubspot/contacts`.
    public let name: String
    /// How files of this kind are often named, `*` standing for anything: a hint where columns alone leave a doubt.
    public let files: [String]
    /// Whether the records are the company's own people, whose names are not kept apart: never to be taken for others.
    let isOfStaff: Bool
    /// The mapping, as a person would write it.
    public let text: String

    init(_ name: String, files: [String], isOfStaff: Bool = false, _ text: String) {
        (self.name, self.files, self.isOfStaff, self.text) = (name, files, isOfStaff, text + "\n")
    }

    /// The system whose files it reads: `hubspot`.
    var vendor: String { String(name.prefix { $0 != "/" }) }

    public static func named(_ name: String) -> Preset? { all.first { $0.name == name } }

    /// In the order of their names.
    public static let all = (hubspot + marketo + salesforce).sorted { $0.name < $1.name }

    /// What the preset is for: its first comment, without the marks.
    public var purpose: String {
        text.split(separator: "\n").prefix { $0.hasPrefix("#") }.map { $0.dropFirst(2) }.joined(separator: " ")
    }
}
