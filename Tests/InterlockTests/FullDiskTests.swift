import Foundation
import Journal
import Testing

@Suite("A full disk")
struct FullDiskTests {
    /// A small file system of its own, for as long as one script runs: root may mount, others may in a namespace of
    /// their own where the system lets them.
    private static let unshare = geteuid() == 0 ? ["--mount"] : ["--user", "--map-root-user", "--mount"]
    private static let canMount: Bool = {
        guard let folder = try? TemporaryFolder() else { return false }
        let outcome = try? ProgramUnderTest(folder: folder).run(
            "unshare", unshare + ["sh", "-c", "mount -t tmpfs -o size=1m tmpfs \(folder.path)"])
        return outcome?.code == 0
    }()

    /// Imports on 3 MB, verifies what is there, then makes room and imports again.
    private static let script = """
        set -u
        mkdir -p "$FOLDER/small"
        mount -t tmpfs -o size=3m tmpfs "$FOLDER/small" || exit 99
        run() {
            "$INTERLOCK" import "$FOLDER/contacts.csv" --mapping "$FOLDER/mapping.yaml" --journal "$1" \\
                --recorded-at 2026-03-01T00:00:00Z --json --quiet >"$2.out" 2>"$2.err"
            echo $? >"$2.code"
        }
        run "$FOLDER/small/journal" "$FOLDER/full"
        cp -r "$FOLDER/small/journal" "$FOLDER/left"
        run "$FOLDER/small/journal" "$FOLDER/still-full"
        mount -o remount,size=64m "$FOLDER/small"
        run "$FOLDER/small/journal" "$FOLDER/roomy"
        cp -r "$FOLDER/small/journal" "$FOLDER/after"
        run "$FOLDER/clean-journal" "$FOLDER/clean"
        """

    @Test(
        "is told with what to do, breaks nothing, and the import goes on once there is room",
        .enabled(if: canMount, "mounting a small file system is not permitted here"),
        arguments: [false, true])
    func full(complete: Bool) throws {
        let folder = try TemporaryFolder()
        var random = SplitMix(state: 3)
        try folder.write(MessyContacts(&random, rows: 12_000).text, to: "contacts.csv")
        try folder.write(MessyContacts.mapping(complete: complete, withoutIDs: complete), to: "mapping.yaml")
        let environment = [
            "FOLDER": folder.path, "INTERLOCK": ProgramUnderTest.path, "INTERLOCK_TEST_STEP_ROWS": "1000",
        ]
        let outcome = try ProgramUnderTest(folder: folder, environment: environment).run(
            "unshare", FullDiskTests.unshare + ["sh", "-c", FullDiskTests.script])
        #expect(outcome.code == 0, "\(outcome.errors)")
        for run in ["full", "still-full"] {
            #expect(try text(folder, run + ".code") == "3\n")
            #expect(try text(folder, run + ".out").isEmpty)
            let told = try text(folder, run + ".err")
            #expect(told.contains("the disk is full") && told.contains("Free some space"), "\(told)")
        }
        try expectIntact(folder)
        #expect(try text(folder, "roomy.code") == text(folder, "clean.code"))
        #expect(try text(folder, "roomy.out") == text(folder, "clean.out"))
        let (after, clean) = (
            try JournalContent(at: folder.path + "/after"), try JournalContent(at: folder.path + "/clean-journal")
        )
        #expect(try after.export() == clean.export())
        #expect(try after.rejects() == clean.rejects())
        try after.expectSound()
    }

    /// What was acknowledged before the disk was full is there, a beginning of the clean journal.
    private func expectIntact(_ folder: TemporaryFolder) throws {
        let left = try JournalContent(at: folder.path + "/left")
        try left.expectSound()
        let (some, all) = (try left.export(), try JournalContent(at: folder.path + "/clean-journal").export())
        #expect(some.count > 1000 && some.count < all.count)
        #expect(some.elementsEqual(all.prefix(some.count)))
    }

    private func text(_ folder: TemporaryFolder, _ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + name)), as: UTF8.self)
    }
}
