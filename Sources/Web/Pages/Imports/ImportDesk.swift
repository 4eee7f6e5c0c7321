internal import Answers
internal import Dispatch
internal import Findings
internal import Foundation
internal import HTTPTypes
internal import Importing
internal import Intake
internal import Journal
internal import Synchronization
internal import Vocabulary

/// Files that people have brought, each on its way into the journal: one is imported at a time, on a thread of its own, and each
/// can be left and come back to. A file is removed once it is imported; rows that could not be read stay in the journal.
final class ImportDesk: Sendable {
    struct Upload: Sendable {
        let id: String
        /// As whoever brought it called it.
        let name: String
        let path: String
        let size: Int
        let at: Instant
        var state = State.brought
    }

    enum State: Sendable {
        case brought
        /// Of the file's bytes, in hundredths.
        case running(rows: Int, hundredths: Int)
        case done(ImportReport)
        case refused(ImportFault)
    }

    /// `nil`: nobody brings files.
    private let folder: String?
    private let uploads = Mutex<[Upload]>([])
    private let line = DispatchQueue(label: "interlock.import", qos: .utility)
    private static let kept = 30
    static let sizeLimit = 32 << 20

    /// What an earlier server left half done is removed: nothing of it was imported, or the journal knows how far.
    init(folder: String?) {
        self.folder = folder
        if let folder { try? FileManager.default.removeItem(atPath: folder) }
    }

    // MARK: Bringing

    func bring(_ bytes: ArraySlice<UInt8>, named name: String, at now: Instant) throws -> Upload {
        let upload = try write(bytes, named: name, at: now)
        keep(upload)
        return upload
    }

    private func write(
        _ bytes: ArraySlice<UInt8>, named name: String, at now: Instant
    ) throws -> Upload {
        guard let folder else {
            throw Problem(
                .notFound, "no-uploads", "This server takes no files.",
                remedy: "Use `interlock import` beside the journal.")
        }
        let id = Hex.text((0..<8).map { _ in UInt8.random(in: .min ... .max) })
        let (own, name) = ("\(folder)/\(id)", ImportDesk.plain(name))
        try FileManager.default.createDirectory(
            atPath: own, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let path = "\(own)/\(name)"
        guard
            FileManager.default.createFile(
                atPath: path, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
        else { throw Problem.unavailable("disk-full", seconds: 60, "The file could not be kept.") }
        return Upload(id: id, name: name, path: path, size: bytes.count, at: now)
    }

    /// A name as a file can have, without its folders.
    private static func plain(_ name: String) -> String {
        let last = name.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
        let plain = last.filter { !$0.unicodeScalars.contains { $0.properties.generalCategory == .control } }
        let kept = String(plain.prefix(100))
        return kept.isEmpty || kept.hasPrefix(".") ? "upload.csv" : kept
    }

    private func keep(_ upload: Upload) {
        let gone = uploads.withLock { uploads -> [Upload] in
            uploads.append(upload)
            var gone: [Upload] = []
            while uploads.count > ImportDesk.kept, let oldest = uploads.firstIndex(where: { !$0.isRunning }) {
                gone.append(uploads.remove(at: oldest))
            }
            return gone
        }
        for upload in gone { remove(upload) }
    }

    func drop(_ id: String) {
        let gone = uploads.withLock { uploads -> Upload? in
            uploads.firstIndex { $0.id == id && !$0.isRunning }.map { uploads.remove(at: $0) }
        }
        if let gone { remove(gone) }
    }

    private func remove(_ upload: Upload) {
        guard let folder else { return }
        try? FileManager.default.removeItem(atPath: "\(folder)/\(upload.id)")
    }

    /// A file that is read at once and then removed. Throws `Problem`.
    func pass(
        _ bytes: ArraySlice<UInt8>, named name: String, at now: Instant, _ run: (Upload) throws -> ImportRun
    ) throws -> ImportReport {
        let upload = try write(bytes, named: name, at: now)
        defer { remove(upload) }
        do {
            let run = try run(upload)
            // In line with what people import: one at a time.
            return try line.sync { ImportReport(file: upload.name, mapping: run.mapping.name, summary: try run.run()) }
        } catch let fault as ImportFault {
            throw Problem(fault)
        } catch {
            // What is wrong with the file is the sender's; a disk that is full is not.
            guard ImportFault.isOfFile(error) else { throw error }
            throw Problem(ImportFault(error))
        }
    }

    // MARK: Looking

    /// The latest first.
    var all: [Upload] { uploads.withLock { $0.reversed() } }

    func upload(_ id: String) throws -> Upload {
        guard let upload = uploads.withLock({ $0.first { $0.id == id } }) else {
            throw Problem(
                .notFound, "no-upload", "This file is not here any more.",
                remedy: "Bring it again on the page “Import”.")
        }
        return upload
    }

    // MARK: Importing

    /// Does nothing for a file that is on its way already. `done` is told once the last fact is durable.
    func begin(
        _ upload: Upload, _ mapping: String, _ run: @escaping @Sendable () throws -> ImportRun,
        done: @escaping @Sendable (State) -> Void
    ) {
        let begins = uploads.withLock { uploads in
            guard let place = uploads.firstIndex(where: { $0.id == upload.id }), !uploads[place].isRunning else {
                return false
            }
            uploads[place].state = .running(rows: 0, hundredths: 0)
            return true
        }
        guard begins else { return }
        line.async {
            let state = self.outcome(of: upload, mapping, run)
            self.set(upload.id, state)
            if case .done = state { self.remove(upload) }
            done(state)
        }
    }

    private func outcome(of upload: Upload, _ mapping: String, _ run: () throws -> ImportRun) -> State {
        do {
            var run = try run()
            let (id, size) = (upload.id, max(1, upload.size))
            run.progress = { counts, file in
                self.set(id, .running(rows: counts.rows, hundredths: min(99, file.consumed * 100 / size)))
            }
            return .done(ImportReport(file: upload.name, mapping: mapping, summary: try run.run()))
        } catch {
            return .refused(ImportFault(error))
        }
    }

    private func set(_ id: String, _ state: State) {
        uploads.withLock { uploads in
            if let place = uploads.firstIndex(where: { $0.id == id }) { uploads[place].state = state }
        }
    }
}

extension ImportDesk.Upload {
    var isRunning: Bool {
        if case .running = state { return true }
        return false
    }

    var isDone: Bool {
        if case .done = state { return true }
        return false
    }
}

/// Why a file cannot be imported, for people: nothing in it names a folder of the server.
struct ImportFault: Error, Sendable {
    /// Of the mapping, where it stands.
    let findings: [Finding]
    let sentence: String

    init(_ error: any Error) {
        switch error {
        case let trouble as MappingTrouble: (findings, sentence) = (trouble.findings, "The mapping does not fit.")
        case let unusable as UnusableFile: (findings, sentence) = ([], "\(unusable.cause). \(unusable.remedy)")
        case let unreadable as UnreadableFile: (findings, sentence) = ([], unreadable.description)
        case let fault as ImportFault: self = fault
        // Where a mapping joins another file the remedy names a folder of the server: the cause is for whoever brings files.
        case let problems as MappingProblems:
            (findings, sentence) = ([], problems.problems.map { "\($0.cause). \($0.remedy)" }.joined(separator: " "))
        case let trouble as Trouble: (findings, sentence) = ([], "\(trouble.cause).")
        default:
            let problem = Problem(error)
            (findings, sentence) = ([], "\(problem.detail) \(problem.remedy)")
        }
    }

    init(_ sentence: String) { (findings, self.sentence) = ([], sentence) }
}

extension ImportFault {
    /// Whether whoever brought the file can put it right.
    static func isOfFile(_ error: any Error) -> Bool {
        error is UnreadableFile || error is UnusableFile || error is MappingTrouble || error is MappingProblems
            || error is Trouble
    }
}

extension Problem {
    init(_ fault: ImportFault) {
        let first = fault.findings.first.map { " \($0.cause) \($0.remedy)" } ?? ""
        self.init(
            .unprocessableContent, "unreadable-file", fault.sentence + first, remedy: "Mend it and send it again.")
    }
}
