import Engine
import Journal
import Testing

/// In which account a deal lies, and whose its facts are. The verdict stands last.
@Suite struct HistoryDealTests {
    private static let table: [(rule: String, facts: [Fact], verdict: [String])] = [
        (
            "a deal's account is the one it names",
            [fact("deal opened 6 @1 account record:crm/account/9")],
            ["account crm/account/9 record:crm/account/9", "  1 deal opened about crm/deal/6 #1"]
        ),
        (
            "an opening that names nobody lies with what the deal names later",
            [fact("deal opened 6 @1"), fact("deal changed 6 @2 account record:crm/account/9")],
            [
                "account crm/account/9 record:crm/account/9", "  1 deal opened about crm/deal/6 #1",
                "  2 deal changed about crm/deal/6 #2",
            ]
        ),
        (
            "a deal lies whole in the account that its latest fact names",
            [
                fact("deal opened 6 @1 account record:crm/account/8"),
                fact("deal won 6 @3 account record:crm/account/9"), fact("owned 6 @2", object: "deal"),
            ],
            [
                "account crm/account/8 record:crm/account/8", "account crm/account/9 record:crm/account/9",
                "  1 deal opened about crm/deal/6 #1", "  2 owned about crm/deal/6 #3",
                "  3 deal won about crm/deal/6 #2",
            ]
        ),
        (
            "a deal that names no account is its first person's",
            [
                fact("deal opened 6 @1"),
                fact("deal changed t1 @3 person record:crm/contact/1 deal='6", aspect: "people"),
                fact("deal changed t2 @2 person record:crm/contact/2 deal='6", aspect: "people"),
            ],
            [
                "account record:crm/contact/1", "  person record:crm/contact/1",
                "  3 deal changed about crm/deal/6 of record:crm/contact/1 deal=text:0:6 #2",
                "account record:crm/contact/2", "  person record:crm/contact/2", "  1 deal opened about crm/deal/6 #1",
                "  2 deal changed about crm/deal/6 of record:crm/contact/2 deal=text:0:6 #3",
            ]
        ),
        (
            "who is on a company's deal belongs to it where no source says otherwise",
            [
                fact("deal opened 6 @1 account record:crm/account/9"),
                fact("deal changed 6 @2 person email:ann@gmail.com", aspect: "contact.1"),
                fact("deal changed 6 @2 person record:crm/contact/2", aspect: "contact.2"),
                fact("observed 2 @1 person record:crm/contact/2 account record:crm/account/3"),
            ],
            [
                "account crm/account/3 record:crm/account/3", "  person record:crm/contact/2",
                "  1 observed about crm/contact/2 of record:crm/contact/2 #4",
                "  2 deal changed about crm/deal/6 of record:crm/contact/2 #3",
                "account crm/account/9 record:crm/account/9", "  person email:ann@gmail.com",
                "  1 deal opened about crm/deal/6 #1", "  2 deal changed about crm/deal/6 of email:ann@gmail.com #2",
            ]
        ),
        (
            "a deal with neither is an account of one",
            [fact("deal opened 6 @1"), fact("deal won 6 @2"), fact("deal opened 7 @1")],
            [
                "account crm/deal/6", "  1 deal opened about crm/deal/6 #1", "  2 deal won about crm/deal/6 #2",
                "account crm/deal/7", "  1 deal opened about crm/deal/7 #3",
            ]
        ),
        (
            "a deal told of by observations alone is one too",
            [
                fact("observed 6 @1 account record:crm/account/9 stage=open", object: "deal"),
                fact("observed 7 @1 stage=open", object: "deal"),
                fact("field changed 7 @2 named stage value=won", object: "deal"),
            ],
            [
                "account crm/account/9 record:crm/account/9", "  1 observed about crm/deal/6 stage=text:0:open #1",
                "account crm/deal/7", "  1 observed about crm/deal/7 stage=text:0:open #2",
                "  2 field changed stage about crm/deal/7 value=text:0:won #3",
            ]
        ),
        (
            "a record that is no deal and nobody's is no account",
            [fact("observed 6 @1 name=Spring", object: "campaign")],
            []
        ),
        (
            "what names nobody is found by its record",
            [
                fact("observed 1 @1 person record:crm/contact/1"), fact("field changed 1 @2 named a value=b"),
                fact("observed 9 @1 account record:crm/account/9", object: "account"),
                fact("owned 9 @2 by email:rep@ours.example", object: "account"),
            ],
            [
                "account crm/account/9 record:crm/account/9", "  1 observed about crm/account/9 #3",
                "  2 owned by rep@ours.example about crm/account/9 #4", "account record:crm/contact/1",
                "  person record:crm/contact/1", "  1 observed about crm/contact/1 of record:crm/contact/1 #1",
                "  2 field changed a about crm/contact/1 of record:crm/contact/1 value=text:0:b #2",
            ]
        ),
        (
            "a deal merged into another lies with it",
            [
                fact("deal opened 6 @1"), fact("deal opened 7 @1 account record:crm/account/9"),
                fact("merged away 6 @2 into='7", object: "deal"),
            ],
            [
                "account crm/account/9 record:crm/account/9", "  1 deal opened about crm/deal/6 #1",
                "  1 deal opened about crm/deal/7 #2", "  2 merged away about crm/deal/6 into=text:0:7 #3",
            ]
        ),
    ]

    @Test(arguments: HistoryDealTests.table.indices)
    func row(_ index: Int) {
        let row = Self.table[index]
        let history = history(row.facts)
        #expect(history.lines == row.verdict, "\(row.rule)")
    }
}
