import Intake
import Journal
import Testing
import Vocabulary

/// What rows become under a mapping: the mapping's own lines, the file, the facts.
@Suite struct MappingTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var title: String
        /// Behind `mapping: 1` and `source: crm`.
        var mapping: String
        var file: String
        var beside: [String: String] = [:]
        /// Each as `kind object/id#aspect @occurred`, then whom it concerns, who did it and its values, where there are any.
        var facts: [String]

        var testDescription: String { title }
    }

    @Test(arguments: cases) func rowsBecomeFacts(_ example: Case) throws {
        var pipeline = Pipeline(try MappingText("mapping: 1\nsource: crm\n" + example.mapping).mapping)
        pipeline.beside = { name in example.beside[name].map { Array($0.utf8) } }
        let name = example.file.hasPrefix("{") ? "file.ndjson" : "file.csv"
        try pipeline.run(example.file, fileName: name)
        #expect(try pipeline.journal.written() == example.facts)
    }

    private static let event = "facts: [{fact: activity, object: visit, name: {is: v}, id: id, at: at, person: who"

    static let cases: [Case] = [
        Case(
            title: "an event", mapping: event + ", with: [page]}]",
            file: "id,at,who,page\n1,2026-01-05T08:00:00Z,p1,/pricing\n",
            facts: ["activity visit/1 @2026-01-05T08:00:00.000Z “v” person:record:crm/visit/p1 page=/pricing"]),
        Case(
            title: "an empty value of an event says nothing", mapping: event + ", with: [page]}]",
            file: "id,at,who,page\n1,2026-01-05,p1,\n",
            facts: ["activity visit/1 @2026-01-05T00:00:00.000Z “v” person:record:crm/visit/p1"]),
        Case(
            title: "an empty value of a record clears it",
            mapping: "facts: [{fact: observed, object: lead, id: id, since: m, with: [city]}]",
            file: "id,m,city\n1,2026-01-05,\n",
            facts: ["observed lead/1#values.city@2026-01-05T00:00:00.000Z @2026-01-05T00:00:00.000Z city=∅"]),
        Case(
            title: "a condition: one of, in any case, trimmed", mapping: event + ", when: {kind: [a, B]}}]",
            file: "id,at,who,kind\n1,2026-01-05,p,A\n2,2026-01-05,p,\" b \"\n3,2026-01-05,p,c\n",
            facts: visits("1", "2")),
        Case(
            title: "conditions on several columns must all hold; of a list of conditions one",
            mapping: event + ", when: [{kind: a, known: known}, {kind: {not: [a, b]}}]}]",
            file:
                "id,at,who,kind,known\n1,2026-01-05,p,a,x\n2,2026-01-05,p,a,\n3,2026-01-05,p,c,\n4,2026-01-05,p,b,x\n",
            facts: visits("1", "3")),
        Case(
            title: "several tests of one column", mapping: event + ", when: {k: {known: yes, not_matches: \"x*\"}}}]",
            file: "id,at,who,k\n1,2026-01-05,p,abc\n2,2026-01-05,p,Xyz\n3,2026-01-05,p,\n",
            facts: visits("1")),
        Case(
            title: "a column that the file does not have is not present",
            mapping: "optional: yes\ncolumns: {gone: gone}\n" + event + ", when: {gone: {present: no}}}]",
            file: "id,at,who\n1,2026-01-05,p\n", facts: visits("1")),
        Case(
            title: "only", mapping: "only: {k: {matches: \"a*c\"}}\n" + event + "}]",
            file: "id,at,who,k\n1,2026-01-05,p,abbc\n2,2026-01-05,p,ab\n", facts: visits("1")),
        Case(
            title: "the first of several names that is there",
            mapping: "columns: {person: {named: [Contact ID, Record ID]}}\n"
                + event.replacing("person: who", with: "person: person") + "}]",
            file: "id,at,Record ID\n1,2026-01-05,p\n", facts: visits("1")),
        Case(
            title: "the first of several times that is not empty",
            mapping: event.replacing("at: at", with: "at: [a, b]") + "}]",
            file: "id,a,b,who\n1,,2026-01-05,p\n", facts: visits("1")),
        Case(
            title: "aliases, also for names",
            mapping: "columns: {k: {named: k, aliases: {One: \"1\", two: Two}}}\n"
                + event.replacing("{is: v}", with: "k") + ", with: [k]}]",
            file: "id,at,who,k\n1,2026-01-05,p,ONE\n2,2026-01-05,p, two \n3,2026-01-05,p,three\n",
            facts: ["1", "Two", "three"].enumerated().map { index, word in
                "activity visit/\(index + 1) @2026-01-05T00:00:00.000Z “\(word)” person:record:crm/visit/p k=\(word)"
            }),
        Case(
            title: "what an empty field stands for",
            mapping: "columns: {k: {named: k, empty: unknown}}\n" + event + ", with: [k]}]",
            file: "id,at,who,k\n1,2026-01-05,p,\n",
            facts: ["activity visit/1 @2026-01-05T00:00:00.000Z “v” person:record:crm/visit/p k=unknown"]),
        Case(
            title: "a missing value that the kind must have is filled in",
            mapping: """
                columns: {channel: {named: channel, optional: yes, empty: other}}
                facts: [{fact: touch, object: task, id: id, at: at, person: who,
                  with: {channel: channel, direction: {is: outward}, automatic: {known: sequence}}}]
                """,
            file: "id,at,who,sequence\n1,2026-01-05,p,s7\n2,2026-01-05,p,\n",
            facts: [
                "touch task/1#touch @2026-01-05T00:00:00.000Z person:record:crm/task/p automatic=yes channel=other "
                    + "direction=outward",
                "touch task/2#touch @2026-01-05T00:00:00.000Z person:record:crm/task/p automatic=no channel=other "
                    + "direction=outward",
            ]),
        Case(
            title: "currencies: the column's, what is written, the file's",
            mapping: """
                currency: USD
                columns: {code: code, amount: {named: amount, as: money, currency: {column: code}}}
                facts: [{fact: deal opened, object: deal, id: id, at: at, with: [amount]}]
                """,
            file:
                "id,at,amount,code\n1,2026-01-05,12.5,eur\n2,2026-01-05,£3,\n3,2026-01-05,7,\n4,2026-01-05,\"¥1,200\",JPY\n",
            facts: ["12.50 EUR", "3.00 GBP", "7.00 USD", "1200 JPY"].enumerated().map { index, money in
                "deal opened deal/\(index + 1)#deal opened @2026-01-05T00:00:00.000Z amount=\(money)"
            }),
        Case(
            title: "a sign that several currencies share is the mapping's, where that is one of them",
            mapping: "columns: {a: {named: a, as: money, currency: CAD}}\n"
                + "facts: [{fact: deal opened, object: deal, id: id, at: at, with: {amount: a}}]",
            file: "id,at,a\n1,2026-01-05,$5\n2,2026-01-05,US$5\n3,2026-01-05,kr 5\n",
            facts: ["5.00 CAD", "5.00 USD"].enumerated().map { index, money in
                "deal opened deal/\(index + 1)#deal opened @2026-01-05T00:00:00.000Z amount=\(money)"
            }),
        Case(
            title: "numbers with a comma for decimals",
            mapping: "decimal: \",\"\ncolumns: {n: {named: n, as: number}}\n" + event + ", with: [n]}]",
            file: "id;at;who;n\n1;2026-01-05;p;1.234,5\n",
            facts: ["activity visit/1 @2026-01-05T00:00:00.000Z “v” person:record:crm/visit/p n=1234.5"]),
        Case(
            title: "a zone, the hour that does not exist and the hour that comes twice",
            mapping: "zone: Europe/Berlin\ntimes: [yyyy-MM-dd HH:mm]\n" + event + "}]",
            file: "id,at,who\n1,2026-01-05 12:00,p\n2,2026-03-29 02:30,p\n3,2026-10-25 02:30,p\n",
            facts: [
                "activity visit/1 @2026-01-05T11:00:00.000Z “v” person:record:crm/visit/p",
                "activity visit/2 @2026-03-29T01:00:00.000Z “v” person:record:crm/visit/p",
                "activity visit/3 @2026-10-25T00:30:00.000Z “v” person:record:crm/visit/p",
            ]),
        Case(
            title: "a date alone is the start of its day in the zone",
            mapping: "zone: America/New_York\n" + event + "}]",
            file: "id,at,who\n1,2026-01-05,p\n",
            facts: ["activity visit/1 @2026-01-05T05:00:00.000Z “v” person:record:crm/visit/p"]),
        Case(
            title: "typed values",
            mapping: """
                columns:
                  d: {named: d, as: date}
                  t: {named: t, as: time}
                  f: {named: f, as: flag}
                  l: {named: l, as: list, separator: ","}
                  c: {named: c, as: country}
                  w: {named: w, as: domain}
                facts: [{fact: observed, object: lead, id: id, since: m, with: [d, t, f, l, c, w]}]
                """,
            file: "id,m,d,t,f,l,c,w\n1,2026-01-05,2026-02-03,2026-02-03T04:05:06Z,Y,\"a, b\",Germany,ACME.Example\n",
            facts: [
                "observed lead/1#values.c,d,f,l,t,w@2026-01-05T00:00:00.000Z @2026-01-05T00:00:00.000Z c=DE d=2026-02-03 "
                    + "f=yes l=[a, b] t=2026-02-03T04:05:06.000Z w=acme.example"
            ]),
        Case(
            title: "each: one fact for each item, which may be its id",
            mapping:
                "columns: {merged: {named: merged, separator: \";\"}}\nfacts: [{fact: merged, object: contact, id: each, "
                + "each: merged, since: m, person: {record: [id, each]}}]",
            file: "id,m,merged\n9,2026-01-05,7;8\n10,2026-01-05,\n",
            facts: ["7", "8"].map {
                "merged contact/\($0)#merged@2026-01-05T00:00:00.000Z @2026-01-05T00:00:00.000Z "
                    + "person:record:crm/contact/9 person:record:crm/contact/\($0)"
            }),
        Case(
            title: "a join, and what finds no partner",
            mapping:
                "joins: {teams: {file: teams.csv, on: agent, key: name}}\ncolumns: {team: {named: team, join: teams}}\n"
                + event + ", with: [team]}]",
            file: "id,at,who,agent\n1,2026-01-05,p,ann\n2,2026-01-05,p,bob\n",
            beside: ["teams.csv": "name,team\nann,north\n"],
            facts: [
                "activity visit/1 @2026-01-05T00:00:00.000Z “v” person:record:crm/visit/p team=north",
                "activity visit/2 @2026-01-05T00:00:00.000Z “v” person:record:crm/visit/p",
            ]),
        Case(
            title: "each row of a join; once without any where none fits",
            mapping: "joins: {ties: {file: [a.csv, ties.csv], on: id, key: call, optional: yes}}\n"
                + "columns: {contact: {named: contact, join: ties}}\nfacts: [{fact: touch, object: call, id: [id, contact], "
                + "each: ties, at: at, if_nobody: skip, person: {record: {object: contact, id: contact}}, "
                + "with: {channel: {is: call}, direction: {is: outward}}}]",
            file: "id,at\n1,2026-01-05\n2,2026-01-05\n", beside: ["ties.csv": "call,contact\n1,a\n1,b\n"],
            facts: ["a", "b"].map {
                "touch call/1|\($0)#touch @2026-01-05T00:00:00.000Z person:record:crm/contact/\($0) channel=call "
                    + "direction=outward"
            }),
        Case(
            title: "an optional join whose file is not there",
            mapping: "joins: {teams: {file: teams.csv, on: agent, optional: yes}}\n"
                + "columns: {team: {named: team, join: teams}}\n" + event + ", with: [team]}]",
            file: "id,at,who,agent\n1,2026-01-05,p,ann\n", facts: visits("1")),
        Case(
            title: "equal rows without ids are told apart by counting",
            mapping: event.replacing("id: id", with: "id: row") + "}]",
            file: "at,who\n2026-01-05,p\n2026-01-06,p\n2026-01-05,p\n",
            facts: ["0", "0", "1"].enumerated().map { index, ordinal in
                let day = index == 1 ? "2026-01-06T00:00:00.000Z" : "2026-01-05T00:00:00.000Z"
                return "activity visit/\(day)~…~\(ordinal) @\(day) “v” person:record:crm/visit/p"
            }),
        Case(
            title: "an address used as an id is hashed in the key",
            mapping:
                "columns: {mail: {named: mail, as: email}}\nfacts: [{fact: observed, object: lead, id: mail, since: m, "
                + "person: {email: mail}}]",
            file: "mail,m\nAnn@Acme.example,2026-01-05\n",
            facts: [
                "observed lead/…#values.@2026-01-05T00:00:00.000Z @2026-01-05T00:00:00.000Z person:email:ann@acme.example"
            ]),
        Case(
            title: "a record dated by the file, where it has no date of its own",
            mapping: "facts: [{fact: observed, object: lead, id: id, with: [city]}]", file: "id,city\n1,Bonn\n",
            facts: ["observed lead/1#values.city@2026-01-01T00:00:00.000Z @2026-01-01T00:00:00.000Z city=Bonn"]),
        Case(
            title: "else: as_of", mapping: event.replacing("at: at", with: "at: at, else: as_of") + "}]",
            file: "id,at,who\n1,,p\n",
            facts: ["activity visit/1 @2026-01-01T00:00:00.000Z “v” person:record:crm/visit/p"]),
        Case(
            title: "at with since: when it happened, and since when the record says so",
            mapping:
                "facts: [{fact: deal won, object: deal, id: id, at: closed, since: m, keep: changes, with: [stage]}]",
            file:
                "id,m,closed,stage\n1,2026-02-01,2026-01-31,w\n1,2026-02-02,2026-01-31,w\n1,2026-02-03,2026-01-30,x\n",
            facts: [
                "deal won deal/1#deal won@2026-02-01T00:00:00.000Z @2026-01-31T00:00:00.000Z stage=w",
                "deal won deal/1#deal won@2026-02-03T00:00:00.000Z @2026-01-30T00:00:00.000Z stage=x",
            ]),
        Case(
            title: "keep: changes leaves out what says nothing new",
            mapping:
                "facts: [{fact: owned, object: lead, id: id, since: m, keep: changes, by: {record: {object: user, id: o}}}]",
            file: "id,m,o\n1,2026-02-01,a\n1,2026-02-02,a\n1,2026-02-03,b\n1,2026-02-04,a\n1,2026-02-05,\n",
            facts: [
                ("01", " by:record:crm/user/a"), ("03", " by:record:crm/user/b"), ("04", " by:record:crm/user/a"),
                ("05", ""),
            ]
            .map { "owned lead/1#owned@2026-02-\($0)T00:00:00.000Z @2026-02-\($0)T00:00:00.000Z\($1)" }),
        Case(
            title: "an aspect with a column tells a record's facts of one kind apart",
            mapping: "facts: [{fact: deal changed, object: deal, id: d, since: m, aspect: {is: contact, of: c}, "
                + "person: {record: {object: contact, id: c}}}]",
            file: "d,c,m\n1,a,2026-01-05\n1,b,2026-01-05\n",
            facts: ["a", "b"].map {
                "deal changed deal/1#contact.\($0)@2026-01-05T00:00:00.000Z @2026-01-05T00:00:00.000Z "
                    + "person:record:crm/contact/\($0)"
            }),
        Case(
            title: "rest: keep takes the columns that nothing else names", mapping: event + ", rest: keep}]",
            file: "id,at,who,extra\n1,2026-01-05,p,e\n",
            facts: ["activity visit/1 @2026-01-05T00:00:00.000Z “v” person:record:crm/visit/p extra=e"]),
        Case(
            title: "if_nobody: skip leaves out the fact, not the row",
            mapping:
                "facts: [{fact: observed, object: lead, id: id, since: at}, {fact: activity, object: visit, name: {is: v}, "
                + "id: id, at: at, person: who, if_nobody: skip}]",
            file: "id,at,who\n1,2026-01-05,\n",
            facts: ["observed lead/1#values.@2026-01-05T00:00:00.000Z @2026-01-05T00:00:00.000Z"]),
        Case(
            title: "personal values and identifiers of several schemes",
            mapping: "columns: {name: {named: name, personal: yes}, mail: {named: mail, as: email}}\n"
                + "facts: [{fact: observed, object: lead, id: id, since: m, person: {record: id, email: mail, anonymous: cookie}, "
                + "account: {domain: site}, by: owner, with: [name]}]",
            file: "id,m,name,mail,cookie,site,owner\n1,2026-01-05,Ann,A@x.example,c1,X.example,bo@us.example\n",
            facts: [
                "observed lead/1#values.name@2026-01-05T00:00:00.000Z @2026-01-05T00:00:00.000Z person:record:crm/lead/1 "
                    + "person:email:a@x.example person:anonymous:crm/c1 account:domain:x.example by:email:bo@us.example "
                    + "name=‹Ann›"
            ]),
        Case(
            title: "known: what the source held later than it happened", mapping: event + ", known: k}]",
            file: "id,at,who,k\n1,2026-01-05,p,2026-01-09\n",
            facts: [
                "activity visit/1 @2026-01-05T00:00:00.000Z known 2026-01-09T00:00:00.000Z “v” person:record:crm/visit/p"
            ]),
        Case(
            title: "NDJSON: paths, a missing value is not an empty one, the name that the file uses",
            mapping: """
                columns: {plan: {named: [traits.plan, properties.plan]}, when: {named: at}}
                facts: [{fact: observed, object: user, id: user.id, since: when, with: [plan]}]
                """,
            file: """
                {"at":"2026-01-05T08:00:00Z","user":{"id":"u1"},"properties":{"plan":"pro"}}
                {"at":"2026-01-05T08:00:00Z","user":{"id":"u2"},"properties":{}}
                {"at":"2026-01-05T08:00:00Z","user":{"id":"u3"},"properties":{"plan":null}}

                """,
            facts: [("u1", " plan=pro"), ("u2", ""), ("u3", " plan=∅")].map {
                "observed user/\($0)#values.plan@2026-01-05T08:00:00.000Z @2026-01-05T08:00:00.000Z\($1)"
            }),
    ]

    private static func visits(_ ids: String...) -> [String] {
        ids.map { id in
            "activity visit/\(id) @2026-01-05T00:00:00.000Z “v” person:record:crm/visit/\(id.isEmpty ? "" : "p")"
        }
    }
}

extension MemoryJournal {
    /// Every fact in one line, in the order of arrival: digests as `…`, the digest of a record's columns as their names.
    func written() throws -> [String] {
        try allFacts().map { stored in
            let values = try stored.person.map { try self.values(ofPerson: $0) } ?? [:]
            return written(try stored.asWritten { values[$0] })
        }
    }

    private func written(_ fact: Fact) -> String {
        var words = ["\(fact.kind.word) \(fact.key.object)/\(readable(fact.key.id))" + aspect(fact)]
        words.append("@" + fact.occurred.fixedWidthText)
        if fact.known != fact.occurred { words.append("known " + fact.known.fixedWidthText) }
        if !fact.name.isEmpty { words.append("“\(fact.name)”") }
        words += fact.persons.map { "person:" + $0.text } + fact.accounts.map { "account:" + $0.text }
        words += [fact.actor].compactMap { $0 }.map { "by:" + $0.text }
        words += fact.properties.map { "\($0.name)=\(text($0.value))" }
        return words.joined(separator: " ")
    }

    private func aspect(_ fact: Fact) -> String {
        let aspect = fact.key.aspect
        guard aspect.hasPrefix("values."), let at = aspect.firstIndex(of: "@") else {
            return aspect.isEmpty ? "" : "#\(aspect)"
        }
        let names = fact.kind == .observed ? stated(fact) : ""
        return "#values.\(names)\(aspect[at...])"
    }

    /// All properties of the statement; where some say nothing, the ones that the test's mappings state.
    private func stated(_ fact: Fact) -> String {
        fact.key.object == "user" ? "plan" : fact.properties.map(\.name).joined(separator: ",")
    }

    private func readable(_ id: String) -> String {
        let parts = id.split(separator: "~", omittingEmptySubsequences: false)
        if parts.count == 3 { return "\(parts[0])~…~\(parts[2])" }
        return id.utf8.count >= 32 && id.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
            ? "…" : id
    }

    private func text(_ value: Value) -> String {
        switch value {
        case .text(let text): text
        case .personal(.known(let text)): "‹\(text)›"
        case .personal(.erased): "‹erased›"
        case .number(let number): number.description
        case .money(let money): money.description
        case .instant(let instant): instant.fixedWidthText
        case .date(let date):
            Instant(milliseconds: Int64(date.daysSinceEpoch) * 86_400_000).fixedWidthText.prefix(10).description
        case .flag(let flag): flag ? "yes" : "no"
        case .list(let items): "[\(items.joined(separator: ", "))]"
        case .cleared: "∅"
        }
    }
}
