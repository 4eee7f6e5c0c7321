import Foundation
import Testing

/// `interlock gate`, from outside.
@Suite(.disabled(if: zonesOfBirchAreMissing, "no time zone data: apt-get install tzdata"))
struct GateCommandTests {
    private static let at = "2026-03-09T10:00Z"

    private func ask(_ birch: BirchCompany, _ arguments: String...) throws -> ProgramUnderTest.Outcome {
        try birch.run(["gate"] + arguments + ["--agreement", birch.agreement, "--at", Self.at])
    }

    @Test func onePersonIsAnsweredWithClauseAndEvidence() throws {
        let birch = try BirchCompany()
        let allowed = try ask(birch, "Hugo@Tulip-Foods.example", "--purpose", "marketing_email")
        #expect(allowed.code == 0)
        for part in ["allowed", "consent was given", "consent.rules.2.when (", "crm/consent/e32"] {
            #expect(allowed.output.contains(part), "\(allowed.output)")
        }
        let denied = try ask(birch, "ann@acme-dairy.example", "--purpose", "marketing_email")
        #expect(denied.code == 1 && denied.output.contains("it takes consent, and there is none"))
        #expect(denied.errors.contains("This agreement is not signed"))
    }

    @Test func theHourCounts() throws {
        let birch = try BirchCompany()
        let night = try birch.run(
            "gate", "ann@acme-dairy.example", "--purpose", "sales_call", "--agreement", birch.agreement, "--at",
            "2026-03-09T05:00Z")
        #expect(night.code == 1 && night.output.contains("not before 2026-03-09 08:00"), "\(night.output)")
        #expect(try ask(birch, "ann@acme-dairy.example", "--purpose", "sales_call").code == 0)
    }

    @Test func strangersAreAnsweredByTheAgreement() throws {
        let birch = try BirchCompany()
        let mail = try ask(birch, "nobody@nowhere.example", "--purpose", "marketing_email")
        #expect(mail.code == 1 && mail.output.contains("nobody of this name is known: it takes consent"))
        let call = try ask(birch, "nobody@nowhere.example", "--purpose", "sales_call")
        #expect(call.code == 0 && call.output.contains("nobody of this name is known: allowed until they object"))
    }

    private static let list = """
        name;e-mail;town
        Ann;ann@acme-dairy.example;Kiel
        Hugo;HUGO@tulip-foods.example ;"Gouda; NL"
        Stranger;nobody@nowhere.example;
        Broken;not an address;Bonn

        """

    @Test func everyRowOfAListIsAnswered() throws {
        let birch = try BirchCompany()
        let file = try birch.folder.write(Self.list, to: "list.csv")
        let run = try ask(birch, "--list", file, "--purpose", "marketing_email")
        #expect(run.code == 1)
        #expect(run.output.contains("1 of 4 may be contacted for marketing_email; 3 may not, of whom 2 are not known."))
        #expect(run.output.contains("this is no e-mail address"))
        let json = try ask(birch, "--list", file, "--purpose", "marketing_email", "--json")
        let answers = try json.output.split(separator: "\n").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
        #expect(answers.compactMap { $0["answer"] as? String } == ["deny", "allow", "deny", "deny"])
        #expect(answers.compactMap { $0["known"] as? Bool } == [true, true, false, false])
        let csv = try ask(birch, "--list", file, "--purpose", "marketing_email", "--csv")
        let rows = csv.output.split(whereSeparator: \.isNewline)
        #expect(rows.count == 5 && rows[0].hasPrefix("who,answer,reason,known") && csv.code == 1)
    }

    @Test func aListIsFilteredThroughTheGate() throws {
        let birch = try BirchCompany()
        let file = try birch.folder.write(Self.list, to: "list.csv")
        let run = try ask(birch, "--list", file, "--purpose", "marketing_email", "--allowed-only")
        #expect(run.output == "name;e-mail;town\r\nHugo;HUGO@tulip-foods.example ;\"Gouda; NL\"\r\n")
        #expect(run.code == 1 && run.errors.contains("1 of 4 may be contacted"))
    }

    @Test func aListMayBeOneAddressALine() throws {
        let birch = try BirchCompany()
        let file = try birch.folder.write(
            "ann@acme-dairy.example\nhugo@tulip-foods.example\n\nnobody@nowhere.example\n", to: "list.txt")
        let run = try ask(birch, "--list", file, "--purpose", "marketing_email", "--allowed-only")
        #expect(run.output == "hugo@tulip-foods.example\r\n", "\(run.errors)")
        let all = try ask(birch, "--list", file, "--purpose", "sales_call")
        #expect(all.code == 0 && all.output.contains("3 of 3 may be contacted"))
    }

    @Test(arguments: [
        (["ann@acme-dairy.example", "--purpose", "marketing_mail"], 1, "Did you mean marketing_email?"),
        (["ann@acme-dairy.example", "--purpose", "sales_call", "--channel", "email"], 1, "sales_call is for phone"),
        (["--purpose", "sales_call"], 2, "Name one person, or a file with --list."),
        (["ann@acme-dairy.example", "--purpose", "sales_call", "--allowed-only"], 2, "--allowed-only filters a list"),
    ])
    func aWrongQuestionIsRefusedWithWhatToAsk(arguments: [String], code: Int32, message: String) throws {
        let birch = try BirchCompany()
        let run = try birch.run(["gate"] + arguments + ["--agreement", birch.agreement, "--at", Self.at])
        #expect(run.code == code && run.errors.contains(message), "\(run.errors)")
    }

    @Test func aListWithoutAddressesIsRefused() throws {
        let birch = try BirchCompany()
        let file = try birch.folder.write("name,town\nAnn,Kiel\n", to: "list.csv")
        let run = try ask(birch, "--list", file, "--purpose", "sales_call")
        #expect(run.code == 3 && run.errors.contains("has no column of e-mail addresses"))
    }
}
