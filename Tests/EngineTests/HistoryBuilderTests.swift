import Engine
import Journal
import Testing
import Vocabulary

/// What a history holds of some facts. The verdict stands last.
@Suite struct HistoryBuilderTests {
    @Test func factsOfAnAccountLieTogetherInOrder() {
        let history = history([
            fact("activity e2 @200 named page person anonymous:web/v1"),
            fact("deal opened 6 @150 account record:crm/account/9 amount=90000EUR"),
            fact("observed 1 @100 person record:crm/contact/1 email:ann@acme.example country=DE"),
            fact("identified 7 @160 person record:crm/contact/1 anonymous:web/v1"),
            fact("observed 9 @90 account record:crm/account/9 domain:www.acme.example", object: "account"),
        ])
        #expect(
            history.lines == [
                "account crm/account/9 record:crm/account/9 domain:acme.example domain:www.acme.example",
                "  person record:crm/contact/1",
                "  90 observed about crm/account/9 #5",
                "  100 observed about crm/contact/1 of record:crm/contact/1 country=text:0:DE #3",
                "  150 deal opened about crm/deal/6 amount=money:4753:90000 #2",
                "  160 identified of record:crm/contact/1 #4",
                "  200 activity page of record:crm/contact/1 #1",
            ])
    }
}
