internal import Intake
internal import Journal
internal import Vocabulary

/// The values of a fact out of the members of an object: nested ones under their path, `items[0].price`, as a mapping of a
/// file would name them.
struct Properties {
    /// What an empty value says: of a record that there is none, of an event nothing.
    enum Saying { case ofRecord, ofEvent }

    private(set) var all: [Property] = []
    private let saying: Saying
    /// Whether the values are said of a person.
    private let ofPerson: Bool

    init(_ saying: Saying, ofPerson: Bool = false) {
        (self.saying, self.ofPerson) = (saying, ofPerson)
    }

    mutating func add(_ object: JSONObject, under pointer: String, except left: Set<String> = []) throws(ItemFault) {
        for member in object.members where !left.contains(member.name) {
            try add(member.value, path: [.key(member.name)], isPersonal: false, pointer)
        }
    }

    /// Adds a text under a name, where there is one and the name is free.
    mutating func add(_ name: String, _ text: String?) {
        guard let text, !all.contains(where: { $0.name == name }) else { return }
        all.append(Property(name, .text(text)))
    }

    private mutating func add(
        _ json: JSON, path: [JSONPath.Step], isPersonal: Bool, _ pointer: String
    ) throws(ItemFault) {
        let isPersonal = isPersonal || path.last.map(names) ?? false
        switch json {
        case .object(let object):
            for member in object.members {
                try add(member.value, path: path + [.key(member.name)], isPersonal: isPersonal, pointer)
            }
        case .array(let items) where items.allSatisfy(\.isPlain) && !isPersonal:
            let texts = items.compactMap(\.plainText)
            try add(texts.isEmpty ? emptyValue : .list(texts), path, pointer)
        case .array(let items):
            for (index, item) in items.enumerated() {
                try add(item, path: path + [.index(index)], isPersonal: isPersonal, pointer)
            }
        case .null: try add(emptyValue, path, pointer)
        case .flag(let flag): try add(.flag(flag), path, pointer)
        case .number(let written):
            try add(isPersonal ? .personal(.known(written)) : Value(number: written), path, pointer)
        case .string:
            let value = json.plainText.map { isPersonal ? Value(personal: $0) : .text($0) }
            try add(value ?? emptyValue, path, pointer)
        }
    }

    private var emptyValue: Value? { saying == .ofRecord ? .cleared : nil }

    private func names(_ step: JSONPath.Step) -> Bool {
        if case .key(let name) = step { PersonalNames.holds(name, ofPerson: ofPerson) } else { false }
    }

    private mutating func add(_ value: Value?, _ path: [JSONPath.Step], _ pointer: String) throws(ItemFault) {
        guard let value else { return }
        let name = JSONPath(path).description
        guard !name.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
            throw ItemFault(
                "control-character", at: pointer, "the name of a value holds a control character",
                remedy: "Leave it out of the name.")
        }
        guard all.count < InboundLimits.properties else {
            throw ItemFault(
                "too-many-values", at: pointer, "it has more than \(InboundLimits.properties) values",
                remedy: "Send what the agreement asks for, and leave the rest where it is.")
        }
        all.append(Property(name, value))
    }
}

extension JSON {
    fileprivate var isPlain: Bool {
        switch self {
        case .string, .number: true
        default: false
        }
    }
}

extension Value {
    /// An address in the form in which two writings of it are equal, as importers keep it.
    init(personal written: String) { self = .personal(.known(EmailText.normal(written) ?? written)) }

    /// A number as it was written; as text where it has more digits than a number can keep.
    init(number written: String) {
        self = Number(json: written).map(Value.number) ?? .text(written)
    }
}

extension Number {
    /// Reads a number of JSON: `-12.50`, `1e3`. `nil` for one that does not fit.
    init?(json written: String) {
        let parts = written.lowercased().split(separator: "e", maxSplits: 1)
        guard let plain = parts.first, let exponent = parts.count == 1 ? 0 : Int(parts[1]), abs(exponent) <= 18 else {
            return nil
        }
        let fraction = plain.firstIndex(of: ".").map { plain.distance(from: $0, to: plain.endIndex) - 1 } ?? 0
        guard var mantissa = Int64(plain.filter { $0 != "." }) else { return nil }
        var scale = fraction - exponent
        while scale > 0, mantissa % 10 == 0 { (mantissa, scale) = (mantissa / 10, scale - 1) }
        while scale < 0 {
            let (product, overflows) = mantissa.multipliedReportingOverflow(by: 10)
            guard !overflows else { return nil }
            (mantissa, scale) = (product, scale + 1)
        }
        guard scale <= Int(Number.maximumScale) else { return nil }
        self.init(mantissa: mantissa, scale: UInt8(scale))
    }
}
