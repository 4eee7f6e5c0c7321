import Agreement
import Answers
import Findings
import Foundation
import ICalendar
import Synchronization
import Vocabulary

/// Reads an agreement from disk, with the files beside it, and stops where it has errors.
struct AgreementFile {
    let url: URL

    init(path: String) {
        url = URL(fileURLWithPath: path)
    }

    /// Prints all findings on the error stream.
    func agreement() throws -> Agreement {
        let reading = try reading()
        for finding in reading.findings { printError(finding.text) }
        guard let agreement = reading.agreement else {
            let errors = reading.findings.count { $0.level == .error }
            printError("\(url.relativePath) has \(errors == 1 ? "an error" : "\(errors) errors").")
            throw Exits.findings
        }
        return agreement
    }

    /// With all findings, and without printing any.
    func reading() throws -> AgreementReading {
        readAgreement(try text(), in: try surroundings())
    }

    /// With every file that was read for it, as they then were.
    func recording() throws -> (reading: AgreementReading, text: RecordedText) {
        let main = RecordedText.File(name: url.lastPathComponent, bytes: try bytes())
        let folder = url.deletingLastPathComponent()
        let read = IncludedFiles()
        let surroundings = try Surroundings.ofThisMachine { path in
            try read.keep(path) { try include(path, in: folder) }
        }
        let reading = readAgreement(SourceText(file: url.relativePath, bytes: main.bytes), in: surroundings)
        return (reading, RecordedText(main, beside: read.files))
    }

    private func bytes() throws -> [UInt8] {
        do throws(UnreadableInclude) {
            return try readFile(url, isNamedByHand: true)
        } catch {
            throw Trouble("\(url.relativePath) cannot be read: \(error)", remedy: "Check the name and who may read it.")
        }
    }

    func text() throws -> SourceText { SourceText(file: url.relativePath, bytes: try bytes()) }

    func surroundings() throws -> Surroundings {
        let folder = url.deletingLastPathComponent()
        return try .ofThisMachine { path in try include(path, in: folder) }
    }
}

/// The files an agreement includes, each read once.
private final class IncludedFiles: Sendable {
    private let contents = Mutex<[RecordedText.File]>([])

    var files: [RecordedText.File] { contents.withLock { $0 } }

    func keep(_ name: String, _ read: () throws -> [UInt8]) throws -> [UInt8] {
        try contents.withLock { files in
            if let known = files.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) { return known.bytes }
            let bytes = try read()
            files.append(RecordedText.File(name: name, bytes: bytes))
            return bytes
        }
    }
}

/// Why a file cannot be used; reads behind "cannot be read:".
private struct UnreadableInclude: Error, CustomStringConvertible {
    var description: String
}

/// The path is relative and without `..`; a link that leads out of the folder all the same is refused.
private func include(_ path: String, in folder: URL) throws -> [UInt8] {
    let file = folder.appendingPathComponent(path).resolvingSymlinksInPath()
    guard file.path.hasPrefix(folder.resolvingSymlinksInPath().path + "/") else {
        throw UnreadableInclude(description: "it is a link to somewhere outside the folder of the agreement")
    }
    return try readFile(file, isNamedByHand: false)
}

/// At most one byte more than any reader accepts, so that a file of any size is refused without being read.
///
/// An include is a plain file: a pipe or a device could go on for ever. Somebody who names one on the command line means it,
/// but a pipe that nobody writes to is taken for empty, never waited for.
private func readFile(_ file: URL, isNamedByHand: Bool) throws(UnreadableInclude) -> [UInt8] {
    let descriptor = open(file.path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw UnreadableInclude(errorNumber: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw UnreadableInclude(errorNumber: errno) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw UnreadableInclude(description: "it is a folder")
    case S_IFIFO where isNamedByHand, S_IFCHR where isNamedByHand: _ = fcntl(descriptor, F_SETFL, O_RDONLY)
    default: throw UnreadableInclude(description: "it is no plain file")
    }
    return try readBytes(from: descriptor, atMost: SourceText.largestFile + 1)
}

private func readBytes(from descriptor: Int32, atMost most: Int) throws(UnreadableInclude) -> [UInt8] {
    var (count, failure) = (0, Int32(0))
    let bytes = [UInt8](unsafeUninitializedCapacity: most) { room, filled in
        while count < most {
            let got = read(descriptor, room.baseAddress! + count, most - count)
            if got < 0, errno == EINTR { continue }
            if got < 0 { failure = errno }
            guard got > 0 else { break }
            count += got
        }
        filled = count
    }
    guard failure == 0 else { throw UnreadableInclude(errorNumber: failure) }
    return bytes
}

extension UnreadableInclude {
    fileprivate init(errorNumber: Int32) {
        switch errorNumber {
        case ENOENT, ENOTDIR: description = "there is no such file"
        case EACCES, EPERM: description = "it may not be read"
        case ELOOP: description = "its links go round in a circle"
        default: description = String(cString: strerror(errorNumber))
        }
    }
}
