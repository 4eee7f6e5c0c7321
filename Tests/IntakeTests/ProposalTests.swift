import Foundation
import Intake
import Journal
import Testing
import Vocabulary

@Suite struct ProposalTests {
    /// What a column is taken for: its name, its values, the type, how sure.
    @Test(arguments: [
        ("Email", ["ann@acme.example", "bob@acme.example"], "email", "sure"),
        ("email", ["ann@acme.example", "none"], "choice", "guess"),
        ("created", ["2026-01-05", "2026-01-06"], "date", "sure"),
        ("created", ["2026-01-05 08:00:00", "2026-01-06 09:30:00"], "time", "sure"),
        ("Close Date", ["03/04/2026", "05/06/2026"], "date", "check"),
        ("Close Date", ["03/04/2026", "25/06/2026"], "date", "sure"),
        ("created", ["1767225600", "1767312000"], "time", "sure"),
        ("employees", ["1767225600", "1767312000"], "number", "sure"),
        ("amount", ["12.50", "13.00"], "number", "guess"),
        ("amount", ["€ 12,50", "€ 13,00"], "money", "sure"),
        ("size", ["1.234", "5.678"], "number", "check"),
        ("is_won", ["0", "1"], "flag", "guess"),
        ("answer", ["true", "false"], "flag", "sure"),
        ("zip", ["01234", "99999"], "text", "sure"),
        ("office", ["Germany", "United States"], "country", "sure"),
        ("First Name", ["Ann", "Bob"], "text", "guess"),
        ("Phone Number", ["+49 30 1", "+49 30 2"], "phone", "guess"),
        ("nothing", ["", ""], "text", "check"),
    ])
    func columns(_ header: String, _ values: [String], _ type: String, _ certainty: String) throws {
        // Ten of each, so that few values are few; the first column tells rows apart.
        let rows = (0..<20).map { "\($0)-x,\"\(values[$0 % values.count])\"" }
        let text = (["row_key,\"\(header)\""] + rows).joined(separator: "\n")
        let proposal = try MappingProposal(fileName: "things.csv") { pull(Array(text.utf8)) }
        let column = try #require(proposal.columns.last)
        #expect(column.type.rawValue == type)
        #expect(column.certainty.rawValue == certainty, "\(column.why)")
        #expect(proposal.text.contains(column.why))
    }

    @Test func aPresetSaysWhatItDoesNotUnderstand() throws {
        let text =
            "Record ID,First Name,Email,Lifecycle Stage,Contact owner,Shoe size\n1,Ann,ann@acme.example,Lead,Bo,38\n"
        let proposal = try MappingProposal(fileName: "hubspot-crm-exports-all-contacts-2026-02-02.csv") {
            pull(Array(text.utf8))
        }
        #expect(proposal.preset?.name == "hubspot/contacts")
        #expect(proposal.fits.first?.notUnderstood == ["Shoe size"])
        #expect(proposal.text.contains("# Not read: Shoe size."))
        #expect(proposal.text.contains("as_of: file name"))
    }

    @Test(arguments: [
        (
            "Id,IsDeleted,MasterRecordId,LastName,FirstName,Email,HasOptedOutOfEmail,OwnerId,SystemModstamp,IsConverted,Status",
            "Lead.csv", "salesforce/leads"
        ),
        (
            "Opportunity ID,Opportunity Owner,Account Name,Opportunity Name,Stage,Amount,Close Date,Type", "report.csv",
            "salesforce/opportunities"
        ),
        (
            "Id,WhoId,WhatId,Subject,ActivityDate,Status,IsClosed,OwnerId,CompletedDateTime,CreatedDate,TaskSubtype",
            "Task.csv", "salesforce/tasks"
        ),
        (
            "marketoGUID,leadId,activityDate,activityTypeId,campaignId,primaryAttributeValueId,primaryAttributeValue,attributes",
            "activities.csv", "marketo/activities"
        ),
        (
            "Record ID,Deal Name,Deal Stage,Pipeline,Amount,Close Date,Create Date,Deal owner", "export.csv",
            "hubspot/deals"
        ),
        ("Record ID,Company name,Website URL,Company owner,Create Date", "export.csv", "hubspot/companies"),
        ("date,temperature,rain", "weather.csv", "–"),
        // What every system calls its columns tells of none, and least of all that these are our own people.
        ("id,first_name,last_name,email", "list.csv", "–"),
        ("id,first_name,last_name,email", "users.csv", "–"),
        ("id,first_name,last_name,email", "hubspot-users.csv", "–"),
        ("id,email,created_at,plan", "list.csv", "–"),
        ("id,email,created_at,plan", "leads.csv", "–"),
        ("id,name", "roles.csv", "–"),
        ("Name,Email,Username,Active,Id", "User.csv", "–"),
        // The file's name or one column may.
        ("id,created_at,updated_at,email,first_name,last_name", "marketo_lead_data.csv", "marketo/leads"),
        ("id,primary_team_id,role_id,email,first_name,last_name", "list.csv", "hubspot/users"),
        ("Id,Name,Username,Email,IsActive,UserRoleId,ProfileId", "list.csv", "salesforce/users"),
    ])
    func presetsByHeader(_ header: String, _ file: String, _ preset: String) throws {
        let proposal = try MappingProposal(fileName: file) { pull(Array((header + "\n").utf8)) }
        #expect((proposal.preset?.name ?? "–") == preset)
    }

    @Test func aPresetThatOnlySharesCommonColumnsIsMentioned() throws {
        let text = "id,first_name,last_name,email\n7,Ann,Lee,ann@acme.example\n8,Bo,Ek,bo@acme.example\n"
        let proposal = try MappingProposal(fileName: "list.csv") { pull(Array(text.utf8)) }
        #expect(
            proposal.text.contains("If this one is from hubspot and lists your own people, see preset:hubspot/users."))
        #expect(proposal.columns.filter(\.isPersonal).map(\.header) == ["first_name", "last_name"])
    }

    /// Which columns of a file a proposal keeps apart, e-mail addresses and phone numbers aside.
    @Test(arguments: [
        ("E-Mail;Vorname;Nachname;Telefonnummer;Firma", "ab@x.example;Ann;Lee;030 1;Acme", "Vorname Nachname"),
        ("Courriel;Prénom;Nom;Téléphone;Société", "ab@x.example;Ann;Lee;01 1;Acme", "Prénom Nom"),
        ("Correo;Nombre;Apellidos;Móvil;Empresa", "ab@x.example;Ann;Lee;91 1;Acme", "Nombre Apellidos"),
        ("Posta;Nome;Cognome;Cellulare;Azienda", "ab@x.example;Ann;Lee;06 1;Acme", "Nome Cognome"),
        ("Mail;Voornaam;Achternaam;Mobiel;Bedrijf", "ab@x.example;Ann;Lee;06 1;Acme", "Voornaam Achternaam"),
        ("Mail;Imię;Nazwisko;Telefon", "ab@x.example;Ann;Lee;22 1", "Imię Nazwisko"),
        ("Mail;Förnamn;Efternamn;Mobilnummer;Företag", "ab@x.example;Ann;Lee;08 1;Acme", "Förnamn Efternamn"),
        ("Mail;Pre\u{301}nom", "ab@x.example;Ann", "Pre\u{301}nom"),
        // Nobody knows what the remarks say, and the file is about people.
        ("Mail;Remarks;Reason", "ab@x.example;called Ann 1;A 1", "Remarks Reason"),
        ("Kundennummer;Vorname;Bemerkung", "K-1;Ann;ruft 1 an", "Vorname Bemerkung"),
        // It is about machines.
        ("machine;remarks;reading", "m-1;rusty;x 1", ""),
    ])
    func personalColumns(_ header: String, _ row: String, _ personal: String) throws {
        let rows = (0..<9).map { row.replacing("1", with: "\($0)1").replacing("ab@", with: "ab\($0)@") }
        let text = ([header] + rows).joined(separator: "\n") + "\n"
        let proposal = try MappingProposal(fileName: "list.csv", written: Pipeline.day) { pull(Array(text.utf8)) }
        #expect(proposal.columns.filter(\.isPersonal).map(\.header).joined(separator: " ") == personal)
        let mapping = try MappingText(proposal.text).mapping
        #expect(mapping.columns.filter(\.isPersonal).map(\.named[0]).joined(separator: " ") == personal)
        #expect(try Pipeline(mapping).run(text).counts.accepted == 9)
    }

    @Test(arguments: [
        ("ann@acme.example,Ann", true), ("Ann,2026-01-05", true), ("Ann,31.1.2026", true), ("Ann,1042", true),
        ("Ann,K-1042", true), ("Ann,12.50", true), ("id,name", false), ("address_2,line2", false),
        ("Q1 2026,name", false),
    ])
    func aFileWithoutAHeaderIsTold(_ first: String, _ isTold: Bool) throws {
        let proposal = try MappingProposal(fileName: "x.csv") { pull(Array((first + "\na,b\nc,d\n").utf8)) }
        #expect(proposal.text.contains("# check: the first line looks like a row") == isTold)
    }

    /// Numbers that tell rows apart are an id where they are called so; those that occur twice, or count, are not.
    @Test(arguments: [
        ("Kundennr", "1001", "1002", "text"), ("Rechnungsnummer", "1001", "1002", "text"),
        ("Order No", "1001", "1002", "text"), ("customer_number", "1001", "1002", "text"),
        ("Order No", "1001", "1001", "number"), ("Number of Employees", "1001", "1002", "number"),
        ("size", "1001", "1002", "number"),
    ])
    func numbersAsIDs(_ header: String, _ one: String, _ other: String, _ type: String) throws {
        let text = "city,\(header)\nBerlin,\(one)\nBerlin,\(other)\n"
        let proposal = try MappingProposal(fileName: "x.csv", written: Pipeline.day) { pull(Array(text.utf8)) }
        #expect(proposal.columns.last?.type.rawValue == type)
        let name = try #require(proposal.columns.last?.name)
        #expect(proposal.text.contains("    id: \(name)  #") == (type == "text"))
    }

    /// Names from a file end up in YAML: none may break out of its line or quotes.
    @Test(arguments: [
        "a: b", "x # y", "\"q\"", "[list", "{map", "&anchor", "*alias", "- dash", "it's", "row", "each", "true",
    ])
    func oddNames(_ name: String) throws {
        let quoted = name.replacing("\"", with: "\"\"")
        let text = "\"\(quoted)\",id\nvalue,1\nother,2\n"
        let proposal = try MappingProposal(fileName: "odd, name: [x].csv") { pull(Array(text.utf8)) }
        let mapping = try MappingText(proposal.text).mapping
        #expect(mapping.columns.first?.named == [name])
        #expect(try Pipeline(mapping).run(text).counts.accepted == 2)
    }

    @Test func newlineInANameStaysInItsComment() throws {
        let text = "\"a\nfacts: []\",id\n1,2\n3,4\n"
        let proposal = try MappingProposal(fileName: "x.csv") { pull(Array(text.utf8)) }
        #expect(try Pipeline(MappingText(proposal.text).mapping).run(text).counts.accepted == 2)
    }

    @Test func ndjson() throws {
        let text = """
            {"id":"e1","type":"page","user":{"id":"u1"},"timestamp":"2026-01-05T08:00:00Z","properties":{"path":"/pricing"}}
            {"id":"e2","type":"page","user":{"id":"u2"},"timestamp":"2026-01-05T08:00:01Z","properties":{"path":"/"}}

            """
        let proposal = try MappingProposal(fileName: "events.ndjson") { pull(Array(text.utf8)) }
        #expect(proposal.columns.map(\.header) == ["id", "type", "user.id", "timestamp", "properties.path"])
        let outcome = try Pipeline(MappingText(proposal.text).mapping).run(text, fileName: "events.ndjson")
        #expect(outcome.counts.accepted == 2)
    }

    /// What is proposed for a real file imports it as it stands.
    @Test(.enabled(if: RealData.has("vendor_exports"), RealData.missing), arguments: RealFiles.all)
    func realFiles(_ path: String) throws {
        let name = String(path.split(separator: "/").last!)
        let bytes = try RealFiles.head(path)
        let proposal = try MappingProposal(fileName: name, written: Pipeline.day) { pull(bytes) }
        let mapping = try MappingText(proposal.text).mapping
        var pipeline = Pipeline(mapping)
        if mapping.asOf == .notStated { pipeline.asOf = nil }
        let outcome = try pipeline.run(bytes, fileName: name)
        let allowed = outcome.rejects.filter { RealFiles.knownRejects.contains($0.code) }
        #expect(outcome.rejects.count == allowed.count, "\(outcome.rejects.first?.reason ?? "")")
        #expect(outcome.counts.accepted + outcome.counts.rejected + outcome.counts.filtered > 0)
        if proposal.preset == nil { #expect(outcome.counts.rejected + outcome.counts.filtered == 0) }
    }
}

enum RealFiles {
    static let all = [
        "vendor_exports/hubspot", "vendor_exports/marketo", "vendor_exports/salesforce", "olist_funnel", "maven_crm",
        "bpi_2012", "attribution_paths", "entity_resolution",
    ].flatMap { RealData.files($0) }.filter { $0.contains(".csv") }

    /// Recipients and amounts of the vendors' examples were made unreadable, and their files name no currency.
    static let knownRejects = ["nobody", "no-currency"]

    /// The first rows of a file: enough for a proposal, and quick to import.
    static func head(_ path: String) throws -> [UInt8] {
        let bytes = path.hasSuffix(".gz") ? try unzipped(path) : try RealData.bytes(path)
        guard bytes.count > 256 << 10, let end = bytes[(256 << 10)...].firstIndex(of: 10) else { return bytes }
        return Array(bytes[...end])
    }
}
