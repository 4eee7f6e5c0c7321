/// What answers look like, for whoever reads the document. A test holds each against its schema.
enum Examples {
    static let problem = """
        {"type":"urn:interlock:problem:unknown-stage","title":"Unprocessable Content","status":422,\
        "detail":"There is no stage or detour “mqll”. There is: lead, mql, sal, customer, nurture.",\
        "code":"unknown-stage","message":"There is no stage or detour “mqll”."}
        """

    static let file = "Contact ID,Email,Country\n1,ann@acme.example,DE\n"

    static let imported =
        #"{"import":"5b1f0c3a9d2e","mapping":"Contacts of the shop","rows":2,"accepted":1,"unchanged":0,"repeated":0,"#
        + #""rejected":1,"filtered":0,"facts_added":1,"records_gone":0,"records_back":0,"#
        + #""rejects":[{"line":3,"column":"country","code":"not-a-country","reason":"There is no such country."}]}"#

    static let taken = #"{"success":true,"accepted":1,"known":0}"#

    static let reportList = """
        {"data":[{"name":"wins","title":"Wins","answers":"Which deals were won.",\
        "options":[{"name":"period","meaning":"a fiscal period, such as 2026-Q1, for the window"}],"modes":[],\
        "formulas":[{"number":"win rate","formula":"won / (won + lost)","source":"semantics, section 7"}]}]}
        """

    static let report = """
        {"report":"wins","title":"Wins","question":{"population":"deals closed in the window","measure":"won and lost",\
        "mode":"","from":null,"to":"2026-02-02T07:00:00.000Z","until":"2026-02-02T07:00:00.000Z","known_by":null,"by":"",\
        "only":[],"zone":"Europe/Berlin","currency":"EUR","agreement":"3f2a9c41b7d0","company":"Birch Pumps"},\
        "sections":[{"key":"wins","title":"Wins","rows_are":"all","columns":[{"key":"won","title":"won","kind":"count"}],\
        "rows":[{"key":"total","name":"total","is_total":true,"cells":{"won":{"value":3,"text":"3","records":3,\
        "handle":"wins/until=2026-02-02T07:00:00.000Z/agreement=3f2a9c41b7d0/cell=wins.total.won"}}}]}],"warnings":[],\
        "handle":"wins/until=2026-02-02T07:00:00.000Z/agreement=3f2a9c41b7d0"}
        """

    static let reportCSV = "section,row,column,value,unit,part,whole,records,handle\r\nwins,total,won,3,,,,3,wins/…\r\n"

    static let records = """
        {"section":"Wins","row":"total","column":"won","value":1,"records":[{"deal":"crm/deal/1","fact":7}],\
        "next":"/v1/records?of=wins%2Funtil%3D2026-02-02&limit=1&after=1"}
        """

    static let personList = """
        {"data":[{"number":7,"person":"record:crm/contact/1","account":"acme.example","stage":"mql","pass":1,\
        "since":"2026-01-21T09:00:00.000Z","owner":"jonas@birch.example"}],"next":"/v1/people?limit=1&after=7"}
        """

    private static let clause =
        #"{"address":"stages.mql.enter","file":"agreement.yaml","line":51,"version":"3f2a9c41b7d0"}"#
    private static let fact = #"{"number":9,"source":"web","object":"event","id":"e04"}"#

    private static let handOver = """
        "stage":"mql","pass":1,"entered":"2026-01-21T09:00:00.000Z","ready":"2026-01-21T09:00:00.000Z","engagement":"52.4",\
        "fit":"30","grade":"A","before_go_live":false,\
        "owners":[{"owner":"jonas@birch.example","since":"2026-01-21T09:01:00.000Z","why":"by the rules of routing"}],\
        "verdict":"accepted by jonas@birch.example","promises":[],"owner_by_rules":"jonas@birch.example",\
        "rules":[{"rule":"home","holds":true,"outcome":"jonas@birch.example","clause":\(clause)}],"clause":\(clause),\
        "fact":\(fact)
        """

    static let decisionList = """
        {"data":[{"number":7,"person":"record:crm/contact/1","account":"acme.example",\(handOver)}]}
        """

    private static let gateAnswer = """
        "purpose":"marketing_email","channel":"email","answer":"deny","why":"noConsent",\
        "reason":"it takes consent, and there is none","clause":\(clause)
        """

    static let explanation = """
        {"person":"record:crm/contact/1","account":"acme.example","at":"2026-02-02T07:00:00.000Z",\
        "judged_by":"By agreement 3f2a9c41b7d0, in force since 2026-01-05.","dry_run":false,"version":"3f2a9c41b7d0",\
        "stage":"mql","pass":1,"since":"2026-01-21T09:00:00.000Z","engagement":"41.2","fit":"30","grade":"A",\
        "timeline":[{"at":"2026-01-21T09:00:00.000Z","kind":"fact","what":"Webinar Attended (+20)","times":1,"fact":\(fact)}],\
        "contributions":[{"at":"2026-01-21T09:00:00.000Z","activity":"webinar","points":"20","left":"15.2",\
        "clause":\(clause),"fact":\(fact)}],\
        "fit_rules":[{"condition":"country in (DE, AT, CH)","points":"10","holds":true,"clause":\(clause)}],\
        "why_not_further":[{"aim":"sal","condition":"accepted","missing":{"condition":"accepted","found":"no verdict"}}],\
        "hand_overs":[{\(handOver)}],"gate":[{\(gateAnswer)}]}
        """

    static let gateReply = #"{"who":"ann@acme.example","known":true,\#(gateAnswer)}"#
    static let gateList = #"{"who":["ann@acme.example","bert@alpen.example"],"purpose":"marketing_email"}"#
    static let gateReplies = #"{"data":[\#(gateReply)]}"#

    private static let versionMembers = """
        "digest":"3f2a9c41b7d03f2a9c41b7d03f2a9c41b7d03f2a9c41b7d03f2a9c41b7d03f2a","company":"Birch Pumps",\
        "standing":"in force","proposed":"2025-12-15T09:00:00.000Z","from":"2026-01-04T23:00:00.000Z",\
        "signatures":[{"side":"marketing","signer":"maria@birch.example","at":"2025-12-15T09:00:00.000Z"}],"missing":[],\
        "read":[{"side":"sales","named":3,"confirmed":1}],"not_read_by":["mira@birch.example"]
        """

    static let versionList = "{\"data\":[{\(versionMembers)}]}"

    static let version = """
        {\(versionMembers),"contract":{"title":"The agreement of Birch Pumps","sections":[{"title":"The stages",\
        "sentences":[{"text":"Somebody is a lead once their email is known.","clauses":["stages.lead.enter"]}]}]}}
        """

    static let document = """
        {"openapi":"3.1.0","info":{"title":"Interlock","version":"1","summary":"The one agreement of sales and marketing.",\
        "description":"Programs come with a key.","license":{"name":"See LICENSE"}},"servers":[{"url":"/"}],\
        "tags":[{"name":"Numbers"}],"paths":{"/v1/reports":{}},"components":{"schemas":{}}}
        """

    // MARK: What is sent

    static let calls: [String: String] = [
        "identify": #"{"messageId":"m1","userId":"501","traits":{"email":"ann@acme.example","plan":"pro"}}"#,
        "track": #"{"messageId":"m2","userId":"501","event":"Demo Requested","properties":{"form":"pricing"}}"#,
        "page": #"{"messageId":"m3","anonymousId":"v1","context":{"page":{"path":"/pricing"}}}"#,
        "screen": #"{"messageId":"m4","anonymousId":"v1","name":"Prices"}"#,
        "group": #"{"messageId":"m5","userId":"501","groupId":"77","traits":{"website":"acme.example"}}"#,
        "alias": #"{"messageId":"m6","userId":"501","previousId":"v1"}"#,
        "batch": #"{"batch":[{"type":"track","messageId":"m7","userId":"501","event":"Demo Requested"}]}"#,
    ]

    static let cloudEvent =
        #"{"specversion":"1.0","id":"1","source":"/shop","type":"com.acme.order","subject":"501","data":{"total":"12.50"}}"#

    static let plainFact =
        #"{"object":"deal","id":"77","kind":"deal won","occurred":"2026-02-02T08:00:00.000Z","#
        + #""persons":["email:ann@acme.example"],"properties":{"amount":{"money":"900.00 EUR"},"stage":"won"}}"#
}
