/// A mapping that comes with the program, for a kind of file that a known system exports.
public struct Preset: Hashable, Sendable {
    /// `hubspot/contacts`.
    public let name: String
    public let text: String

    public static func named(_ name: String) -> Preset? { all.first { $0.name == name } }

    /// In the order of their names.
    public static let all: [Preset] = []
}
