import Answers
import Foundation

/// Puts new content in the place of a file's own, whole or not at all: who may read and write it stays, and so does the link
/// it may be named by.
func replaceFile(_ path: String, with bytes: [UInt8]) throws {
    let file = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let trouble = Trouble("\(path) cannot be written", remedy: "Check the folder and who may write there.")
    let attributes = try? FileManager.default.attributesOfItem(atPath: file)
    guard attributes?[.type] as? FileAttributeType == .typeRegular, FileManager.default.isWritableFile(atPath: file)
    else {
        throw trouble
    }
    let partial = file + ".partial-\(getpid())"
    let mode = attributes?[.posixPermissions] ?? 0o644
    defer { unlink(partial) }
    guard FileManager.default.createFile(atPath: partial, contents: nil, attributes: [.posixPermissions: mode]),
        let handle = FileHandle(forWritingAtPath: partial)
    else { throw trouble }
    do {
        try handle.write(contentsOf: Data(bytes))
        try handle.synchronize()
        try handle.close()
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: partial)
    } catch {
        throw trouble
    }
    guard rename(partial, file) == 0 else { throw trouble }
}
