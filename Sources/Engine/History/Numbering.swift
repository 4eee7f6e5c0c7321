internal import Identity

/// Gives acts, property sets and texts new numbers, in the order in which they are asked for.
struct Numbering {
    private let oldActs: [Act]
    private let oldTexts: Texts
    private let oldProperties: PropertyTable
    private var actNumbers: [Int32]
    private var setNumbers: [Int32]
    private var textNumbers: [Int32]
    private(set) var acts = ActTable()
    private(set) var properties = PropertyTable()
    var texts = Texts()

    init(_ acts: [Act], _ texts: Texts, _ properties: PropertyTable) {
        (oldActs, oldTexts, oldProperties) = (acts, texts, properties)
        actNumbers = Array(repeating: -1, count: acts.count)
        setNumbers = Array(repeating: -1, count: properties.count)
        textNumbers = Array(repeating: -1, count: texts.count)
    }

    /// What an act says under a name, where that is an instant.
    func instant(named name: String, of act: Act) -> Int64? {
        guard let number = oldTexts.number(of: name),
            let property = oldProperties.property(number, of: act.properties), property.kind == .instant
        else { return nil }
        return property.bits
    }

    mutating func act(_ old: Int32) -> Int32 {
        if actNumbers[Int(old)] < 0 { actNumbers[Int(old)] = renumbered(oldActs[Int(old)]) }
        return actNumbers[Int(old)]
    }

    private mutating func renumbered(_ act: Act) -> Int32 {
        let (name, source, actor) = (text(act.name), text(act.source), text(act.actor))
        return acts.intern(
            Act(
                kind: act.kind, name: name, source: source, actor: actor, record: text(act.record),
                properties: set(act.properties)))
    }

    private mutating func text(_ old: Int32) -> Int32 {
        guard old >= 0 else { return -1 }
        if textNumbers[Int(old)] < 0 { textNumbers[Int(old)] = texts.intern(oldTexts[old]) }
        return textNumbers[Int(old)]
    }

    private mutating func set(_ old: Int32) -> Int32 {
        if setNumbers[Int(old)] < 0 { setNumbers[Int(old)] = renumbered(oldProperties[old]) }
        return setNumbers[Int(old)]
    }

    /// Asked for in the order of names by bytes, since the old numbers of names have none that would mean anything.
    private mutating func renumbered(_ set: ArraySlice<PropertyTable.Property>) -> Int32 {
        var renumbered: [PropertyTable.Property] = []
        for property in set.sorted(by: { oldTexts[$0.name].precedesInBytes(oldTexts[$1.name]) }) {
            let isText = property.kind == .text || property.kind == .other
            renumbered.append(
                PropertyTable.Property(
                    name: text(property.name), kind: property.kind, currency: property.currency,
                    bits: isText ? Int64(text(Int32(property.bits))) : property.bits))
        }
        return properties.intern(renumbered.sorted { $0.name < $1.name })
    }
}
