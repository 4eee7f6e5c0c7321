// What may be written where. The reader takes the keys it knows from here, and the JSON Schema for editors is written from
// here, so that neither can say what the other does not know:
//
//     SectionShape.agreement
//       stages ─ .named ─ .keys(.stage)
//                           side ─ .text(side)                      marketing | sales | operations
//                           enter ─ .segmented(.text(condition))    one condition, or a list with where: and otherwise:
//
// Names that the agreement defines itself are texts here: only the reader, which has the whole file, can tell them.

/// What may stand at one place of an agreement.
indirect enum Shape: Sendable {
    case text(TextShape)
    /// Several of these; one may stand without brackets.
    case list(Shape)
    case keys(SectionShape)
    case named(NamesShape)
    /// One of these, or a list of them with `where:` and a last `otherwise:`.
    case segmented(Shape)
    /// The terms of a promise, or a list of them where it is made several times or differs by segment.
    case promise(SectionShape)
    case either([Shape])
}

/// A mapping whose keys the language knows.
struct SectionShape: Sendable {
    /// What the schema calls it.
    let title: String
    let says: String
    let keys: [Key]
    /// Keys made of the agreement's own names, beside the known ones.
    let others: NamesShape?
    /// The known keys, in the order in which messages list them.
    let names: [String]

    struct Key: Sendable {
        let name: String
        /// What an editor shows: full sentences.
        let says: String
        let shape: Shape
        let isRequired: Bool

        static func must(_ name: String, _ says: String, _ shape: Shape) -> Key {
            Key(name: name, says: says, shape: shape, isRequired: true)
        }

        static func may(_ name: String, _ says: String, _ shape: Shape) -> Key {
            Key(name: name, says: says, shape: shape, isRequired: false)
        }

        /// With what holds where it is left out, in the words of `Defaults`.
        static func may(_ name: String, _ says: String, _ shape: Shape, unless standard: some Statable) -> Key {
            let words = standard.words.isEmpty || standard.words == "[]" ? "none" : standard.words
            return may(name, "\(says) By default: \(words).", shape)
        }
    }

    init(_ title: String, _ says: String, _ keys: [Key], others: NamesShape? = nil) {
        (self.title, self.says, self.keys, self.others) = (title, says, keys, others)
        names = keys.map(\.name)
    }
}

/// A mapping whose keys people choose.
struct NamesShape: Sendable {
    /// What the keys must match; `nil`: any name that common readers of YAML leave alone.
    let pattern: String?
    let shape: Shape
    /// Keys as an agreement may have them.
    let examples: [String]

    init(matching pattern: String? = nil, _ shape: Shape, like examples: [String]) {
        (self.pattern, self.shape, self.examples) = (pattern, shape, examples)
    }
}

/// One text, and which texts it may be.
struct TextShape: Sendable {
    enum Form: Sendable {
        /// Whatever YAML takes it for: a company may be called 1984.
        case anything
        /// A text that YAML takes for nothing else.
        case text
        /// A regular expression that browsers and editors read as well: it may refuse less than the reader, never more,
        /// for a text in its canonical form: small letters, single spaces.
        case matching(String)
        case oneOf([String])
        /// The path of a file in the folder of the agreement.
        case file
        case number
        /// A whole number from 1.
        case count
        case trueOrFalse
        /// The version of the language.
        case version
    }

    let title: String
    let says: String
    let form: Form
    let examples: [String]
}
