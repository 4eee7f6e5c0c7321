internal import Answers
internal import CZlib
internal import Crypto
internal import Foundation
internal import Intake

/// A file to be read, plain or gzipped: told by its first bytes, not by its name.
package final class InputFile {
    package let path: String
    /// Bytes on disk; for a gzipped file not the bytes that will be read.
    package let size: Int
    package let modified: Int64
    private var handle: gzFile?

    package init(_ path: String) throws {
        self.path = path
        let attributes: [FileAttributeKey: Any]
        do {
            attributes = try FileManager.default.attributesOfItem(atPath: path)
        } catch {
            throw Trouble(
                "there is no file \(path)",
                remedy: "Check the name; the current folder is \(FileManager.default.currentDirectoryPath).")
        }
        if attributes[.type] as? FileAttributeType == .typeDirectory {
            throw Trouble("\(path) is a folder", remedy: "Name its files: \(path)/*.csv.")
        }
        size = (attributes[.size] as? NSNumber)?.intValue ?? 0
        let date = (attributes[.modificationDate] as? Date) ?? Date(timeIntervalSince1970: 0)
        modified = Int64(date.timeIntervalSince1970 * 1000)
        handle = gzopen(path, "rb")
        guard handle != nil else {
            throw Trouble("\(path) cannot be opened", remedy: "Check who may read it.")
        }
        gzbuffer(handle, 256 << 10)
        try checkHoldsRows()
    }

    /// What people take for a table and is none.
    private static let strangers: [(sign: [UInt8], what: String, remedy: String)] = [
        (Array("%PDF-".utf8), "a PDF", "Export the rows themselves, as CSV."),
        ([0x50, 0x4B, 0x03, 0x04], "an Excel workbook or another ZIP archive", "Save the sheet as CSV, or unpack it."),
        ([0xD0, 0xCF, 0x11, 0xE0], "an old Excel workbook", "Save the sheet as CSV."),
        (Array("SQLite format 3".utf8), "a database", "Export the table as CSV."),
        ([0x89, 0x50, 0x4E, 0x47], "a picture", "Name the file that holds the rows."),
        ([0xFF, 0xD8, 0xFF], "a picture", "Name the file that holds the rows."),
    ]

    private func checkHoldsRows() throws {
        let head = try head(16)
        try seek(to: 0)
        guard let stranger = InputFile.strangers.first(where: { head.starts(with: $0.sign) }) else { return }
        throw UnusableFile("\(name) is \(stranger.what), and no table of rows", remedy: stranger.remedy)
    }

    deinit {
        if handle != nil { gzclose(handle) }
    }

    package var name: String { (path as NSString).lastPathComponent }

    /// Fills the buffer with the next bytes; 0 at the end.
    package func pull(_ buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = gzread(handle, buffer.baseAddress, UInt32(min(buffer.count, Int(Int32.max))))
        guard count >= 0 else {
            var code: Int32 = 0
            let message = gzerror(handle, &code).map { String(cString: $0) } ?? "unknown error"
            throw Trouble(
                "\(path) cannot be read further: \(message)", remedy: "A gzipped file may be cut short: fetch it again."
            )
        }
        return Int(count)
    }

    package func seek(to offset: Int) throws {
        guard gzseek(handle, offset, SEEK_SET) == offset else {
            throw Trouble(
                "\(path) is shorter than it was", remedy: "Import it anew; what is in the journal stays there.")
        }
    }

    /// How much of the file on disk has been read, for progress.
    package var consumed: Int { max(0, gzoffset(handle)) }

    /// Tells files apart by content: size, and digest of the first and last 64 KiB.
    func fingerprint() throws -> [UInt8] {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw Trouble("\(path) cannot be opened", remedy: "Check who may read it.")
        }
        defer { try? file.close() }
        var hash = SHA256()
        hash.update(data: Data("\(size):".utf8))
        hash.update(data: try file.read(upToCount: 64 << 10) ?? Data())
        try file.seek(toOffset: UInt64(max(0, size - 64 << 10)))
        hash.update(data: try file.read(upToCount: 64 << 10) ?? Data())
        return Array(hash.finalize())
    }
}
