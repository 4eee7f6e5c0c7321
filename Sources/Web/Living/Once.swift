internal import Synchronization

/// Something that takes a while to find, is wanted by some only, and is the same for all of them: found by whoever wants it
/// first, while the others wait.
final class Once<Value: Sendable>: Sendable {
    private let value = Mutex<Value?>(nil)
    private let find: @Sendable () -> Value

    init(_ find: @escaping @Sendable () -> Value) { self.find = find }

    func get() -> Value {
        value.withLock { value in
            if let value { return value }
            let found = find()
            value = found
            return found
        }
    }
}
