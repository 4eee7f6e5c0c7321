import Foundation

/// Folders for journals, removed when the test that made them is over.
final class TemporaryFolder {
    private let root: URL
    private var count = 0

    init() {
        root = FileManager.default.temporaryDirectory.appending(path: "interlock-test-\(UUID().uuidString)")
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    /// The path of a folder that does not exist yet.
    func new() -> String {
        count += 1
        return root.appending(path: "\(count).journal").path()
    }
}
