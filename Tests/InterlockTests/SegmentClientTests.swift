import Foundation
import Journal
import StoreSQLite
import Testing

/// Segment's own client library, as it comes from PyPI, delivers through a network that fails on purpose.
@Suite(.serialized) struct SegmentClientTests {
    private static let events = 10_000

    @Test(.enabled(if: LongTests.areWanted, "a long test: set INTERLOCK_LONG_TESTS=1"))
    func theClientFromPyPIDeliversEverythingOnce() async throws {
        let folder = try TemporaryFolder()
        let program = ProgramUnderTest(folder: folder)
        guard let python = try SegmentClientTests.python(with: program) else {
            return print("Skipped: segment-analytics-python could not be installed from PyPI.")
        }
        let journal = folder.path + "/journal"
        let key = try program.run("key", "make", "Site", "--may", "send", "--journal", journal).output
            .trimmingCharacters(in: .whitespacesAndNewlines)
        let server = try await RunningServer(journal: journal)
        let client = CommandRun.package.appendingPathComponent("Tests/Clients/segment_client.py").path
        let delivered = try program.run(
            python, [client, String(server.port), key, String(SegmentClientTests.events), "20260202"])
        #expect(delivered.code == 0, "\(delivered.errors.suffix(2000))")
        // The weather was bad in every way, or the test shows nothing.
        for kind in ["answers 500", "answers 429", "drops before", "drops after"] {
            #expect(!delivered.output.contains("\"\(kind)\": 0"), "\(delivered.output)")
        }
        #expect(server.stop() == 0)
        try check(journal)
    }

    /// Every event is one activity or one identification; traits add an observation of their own.
    private func check(_ path: String) throws {
        let store = try SQLiteJournal(path: path, makeKey: { PersonKey(drawing: { .random(in: 0...255) }) })
        let ids = try store.stored(after: 0, limit: .max).filter { $0.shape.kind != .observed }.map(\.id)
        #expect(ids.count == SegmentClientTests.events)
        #expect(Set(ids) == Set((0..<SegmentClientTests.events).map { "m-\($0)" }))
        #expect(try store.verify(expecting: nil).isSound)
    }

    /// A Python that has the client; `nil` where PyPI cannot be reached.
    private static func python(with program: ProgramUnderTest) throws -> String? {
        let environment = program.folder.path + "/python"
        guard try program.run("python3", ["-m", "venv", environment]).code == 0 else { return nil }
        let installed = try program.run(
            environment + "/bin/pip", ["install", "--quiet", "segment-analytics-python==2.4.0"])
        return installed.code == 0 ? environment + "/bin/python" : nil
    }
}
