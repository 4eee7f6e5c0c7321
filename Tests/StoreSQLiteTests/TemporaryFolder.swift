import Foundation

/// Folders for journals, removed when the test that made them is over.
final class TemporaryFolder {
    private let root: URL
    private var count = 0

    init() {
        // In memory where there is such a place: what is tested is what SQLite is told, not how fast the disk is.
        let inMemory = URL(filePath: "/dev/shm")
        let isThere = FileManager.default.isWritableFile(atPath: inMemory.path())
        let place = isThere ? inMemory : FileManager.default.temporaryDirectory
        root = place.appending(path: "interlock-test-\(UUID().uuidString)")
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    /// The path of a folder that does not exist yet.
    func new() -> String {
        count += 1
        return root.appending(path: "\(count).journal").path()
    }
}
