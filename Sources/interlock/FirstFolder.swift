import Agreement
import Answers
import Foundation

/// Where the first agreement goes, and the files it includes.
struct FirstFolder {
    private let agreement: URL
    private let name: String
    private let isOverwriting: Bool

    init(agreement path: String, isOverwriting: Bool) {
        (agreement, name, self.isOverwriting) = (URL(fileURLWithPath: path), path, isOverwriting)
    }

    /// Before anything is asked, so that nobody answers fourteen questions for nothing.
    func checkThatItIsFree() throws {
        if isFolder(agreement) {
            throw Trouble("\(name) is a folder", remedy: "Name a file in it, such as \(name)/agreement.yaml.")
        }
        guard isFolder(agreement.deletingLastPathComponent()) else {
            throw Trouble("the folder of \(name) is not there", remedy: "Make it first, or name a file elsewhere.")
        }
        if !isOverwriting, FileManager.default.fileExists(atPath: agreement.path) {
            throw Trouble(
                "\(name) is there already", remedy: "Name another file, or say --force to overwrite this one.")
        }
    }

    /// The files beside the agreement that were written. One that is there already is kept whatever was said: it may hold
    /// somebody's list.
    func write(_ first: FirstAgreement) throws -> [String] {
        let folder = agreement.deletingLastPathComponent()
        let missing = first.files.filter {
            !FileManager.default.fileExists(atPath: folder.appendingPathComponent($0.path).path)
        }
        for file in missing { try write(file.text, to: folder.appendingPathComponent(file.path), file.path) }
        try write(first.text, to: agreement, name)
        return missing.map(\.path)
    }

    private func isFolder(_ url: URL) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) && isFolder.boolValue
    }

    private func write(_ text: String, to file: URL, _ shown: String) throws {
        do {
            try Data(text.utf8).write(to: file, options: isOverwriting ? [.atomic] : [.withoutOverwriting])
        } catch {
            throw Trouble("\(shown) cannot be written", remedy: "Check the folder and who may write there.")
        }
    }
}
