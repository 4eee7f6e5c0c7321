/// The program's fields, found by the history's number of their name.
struct BoundFields: Sendable {
    let count: Int
    let kinds: Flat<ValueKind>
    let isWriteOnce: Flat<Bool>
    /// The stage from which on a field must be filled; −1: never.
    let requiredAt: Flat<Int32>
    /// Of each field, what its values mean that are written otherwise.
    let aliases: [[Int64: Int64]]
    /// By the number of a text; names come early, so this stays short.
    private let byName: Flat<Int16>

    init(_ program: Program, _ names: [Int32]) {
        count = program.fields.count
        kinds = Flat(program.fields.map(\.kind))
        isWriteOnce = Flat(program.fields.map(\.isWriteOnce))
        requiredAt = Flat(program.fields.map(\.requiredAt))
        aliases = program.fields.map { field in
            let pairs = field.aliases.map { (Int64(names[Int($0.written)]), Int64(names[Int($0.means)])) }
            return Dictionary(pairs) { first, _ in first }
        }
        let numbers = program.fields.map { names[Int($0.name)] }
        var byName = Array(repeating: Int16(-1), count: Int((numbers.max() ?? -1) + 1))
        for (field, number) in numbers.enumerated().reversed() where number >= 0 { byName[Int(number)] = Int16(field) }
        self.byName = Flat(byName)
    }

    /// `nil`: the agreement has no field of this name.
    @inline(__always) subscript(name: Int32) -> Int? {
        guard name >= 0, Int(name) < byName.count, byName[name] >= 0 else { return nil }
        return Int(byName[name])
    }

    func free() {
        kinds.free()
        isWriteOnce.free()
        requiredAt.free()
        byName.free()
    }
}
