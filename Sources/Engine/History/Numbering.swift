internal import Identity

/// What acts, property sets and texts are numbered in.
struct NumberedWords {
    var acts = ActTable()
    var properties = PropertyTable()
    var texts = Texts()
}

/// Gives acts, property sets and texts new numbers, in the order in which they are asked for.
struct Numbering {
    private let oldActs: [Act]
    private let oldTexts: Texts
    private let oldProperties: PropertyTable
    private var actNumbers: NumberMemo
    private var setNumbers: NumberMemo
    private var textNumbers: NumberMemo
    private(set) var words: NumberedWords

    /// `isOfFew` where only a few of them will be asked for; `words` are those that have numbers already.
    init(
        _ acts: [Act], _ texts: Texts, _ properties: PropertyTable, isOfFew: Bool = false,
        into words: NumberedWords = NumberedWords()
    ) {
        (oldActs, oldTexts, oldProperties, self.words) = (acts, texts, properties, words)
        actNumbers = NumberMemo(of: acts.count, isOfFew: isOfFew)
        setNumbers = NumberMemo(of: properties.count, isOfFew: isOfFew)
        textNumbers = NumberMemo(of: texts.count, isOfFew: isOfFew)
    }

    /// What an act says under a name, where that is an instant.
    func instant(named name: String, of act: Act) -> Int64? {
        guard let number = oldTexts.number(of: name),
            let property = oldProperties.property(number, of: act.properties), property.kind == .instant
        else { return nil }
        return property.bits
    }

    mutating func text(_ text: String) -> Int32 { words.texts.intern(text) }

    mutating func act(_ old: Int32) -> Int32 {
        if actNumbers[old] < 0 { actNumbers[old] = renumbered(oldActs[Int(old)]) }
        return actNumbers[old]
    }

    private mutating func renumbered(_ act: Act) -> Int32 {
        let (name, source, actor) = (text(act.name), text(act.source), text(act.actor))
        return words.acts.intern(
            Act(
                kind: act.kind, name: name, source: source, actor: actor, record: text(act.record),
                properties: set(act.properties)))
    }

    mutating func text(_ old: Int32) -> Int32 {
        guard old >= 0 else { return -1 }
        if textNumbers[old] < 0 { textNumbers[old] = words.texts.intern(oldTexts[old]) }
        return textNumbers[old]
    }

    private mutating func set(_ old: Int32) -> Int32 {
        if setNumbers[old] < 0 { setNumbers[old] = renumbered(oldProperties[old]) }
        return setNumbers[old]
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
        return words.properties.intern(renumbered.sorted { $0.name < $1.name })
    }
}

/// The new number of each old one; −1: it has none yet.
private struct NumberMemo {
    private var all: [Int32] = []
    private var few: [Int32: Int32] = [:]
    private let isOfFew: Bool

    init(of count: Int, isOfFew: Bool) {
        self.isOfFew = isOfFew
        if !isOfFew { all = Array(repeating: -1, count: count) }
    }

    subscript(old: Int32) -> Int32 {
        get { isOfFew ? few[old] ?? -1 : all[Int(old)] }
        set { if isOfFew { few[old] = newValue } else { all[Int(old)] = newValue } }
    }
}
