import Answers
import Foundation

/// A file that appears whole or not at all, readable for its owner alone.
struct PrivateFile {
    let handle: FileHandle
    private let path: String
    private var partial: String { path + ".partial" }

    /// Replaces a plain file of that name when it is finished; `isNew` refuses to. A device, a pipe or a folder is never
    /// replaced.
    init(replacing path: String, isNew: Bool = false) throws {
        self.path = path
        let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
        if let type, type != .typeRegular {
            throw Trouble("\(path) is no plain file, so it is not replaced", remedy: "Name another file.")
        }
        if isNew, type != nil {
            throw Trouble(
                "\(path) is there already", remedy: "Name another file, or move that one away: work may be in it.")
        }
        let partial = path + ".partial"
        try? FileManager.default.removeItem(atPath: partial)
        guard FileManager.default.createFile(atPath: partial, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: partial)
        else { throw Trouble("\(path) cannot be written", remedy: "Check the folder and who may write there.") }
        self.handle = handle
    }

    func commit() throws {
        try handle.synchronize()
        try handle.close()
        guard rename(partial, path) == 0 else {
            throw Trouble("\(path) cannot be written", remedy: "Check the folder; what was read is in \(partial).")
        }
    }
}
