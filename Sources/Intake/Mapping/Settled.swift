/// Something decided before the first row, in a place of its own. Calling a method of a large struct in an array first
/// copies the struct, which for a cell of a rule means a dozen reference counts a field; this copies one reference.
final class Settled<Value> {
    let value: Value

    init(_ value: Value) {
        self.value = value
    }
}
