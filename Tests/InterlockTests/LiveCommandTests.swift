import Foundation
import Testing

@Suite(.disabled(if: zonesOfBirchAreMissing, "no time zone data: apt-get install tzdata"))
struct LiveCommandTests {
    @Test func liveBeginsAndEndsByANamedPerson() throws {
        let birch = try BirchCompany()
        #expect(try birch.run("live").output.contains("Nobody is told, and nothing is assigned."))
        #expect(try birch.run("live", "begin", "--by", "otto").code != 0)
        let begun = try birch.run("live", "begin", "--by", "otto@birch.example", "--owners", "recorded")
        #expect(begun.code == 0 && begun.output.contains("another system assigns leads"))
        let status = try birch.run("live", "status").output
        #expect(status.contains("assigned by another system") && status.contains("otto@birch.example"))
        #expect(try birch.run("live", "end", "--by", "otto@birch.example").code == 0)
        #expect(try birch.run("live", "status").output.hasPrefix("Nobody is told"))
    }

    @Test func withoutAnOutboxThatIsSaid() throws {
        let birch = try BirchCompany(importing: false)
        for command in [["list"], ["resend", "a"], ["cancel", "a"], ["reopen", "webhook:crm"]] {
            let run = try birch.run(["outbox"] + command)
            #expect(run.code != 0 && run.errors.contains("there is no outbox"), "\(command): \(run.errors)")
        }
    }

    @Test(arguments: [
        (["--smtp", "smtps://mail.example"], "belong together"), (["--from", "a@b.example"], "belong together"),
        (["--smtp", "mail.example", "--from", "a@b.example"], "write smtps://"),
        (["--smtp", "smtps://mail.example", "--from", "a b@c.example"], "is no address"),
        (["--notices", "nowhere.yaml"], "cannot be read"),
    ])
    func aServerThatCouldTellNobodyDoesNotStart(options: [String], says: String) throws {
        let birch = try BirchCompany(importing: false)
        let run = try birch.run(["serve", "--port", "0"] + options)
        #expect(run.code != 0 && run.errors.contains(says), "\(run.errors)")
    }

    @Test func settingsThatAreNotUnderstoodAreShownWithTheirPlace() throws {
        let birch = try BirchCompany(importing: false)
        let notices = try birch.folder.write("everybody: {quite: 20:00-07:00}\n", to: "notices.yaml")
        let run = try birch.run("serve", "--port", "0", "--notices", notices)
        #expect(run.code != 0 && run.errors.contains("Did you mean \"quiet\"?"), "\(run.errors)")
    }
}
