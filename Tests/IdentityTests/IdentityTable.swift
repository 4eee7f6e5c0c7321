/// Facts, and whose each is. What decides stands in the name; the verdict stands last, a line for each fact.
let identityTable: [(rule: String, told: [String], verdict: [String])] = [
    (
        "identifiers of one fact are one person, through as many facts as it takes",
        [
            "observed @1 record:crm/contact/1 email:ann@acme.example",
            "observed @2 record:map/contact/5 email:ann@acme.example",
            "activity @3 record:map/contact/5",
        ],
        [
            "record:crm/contact/1 in acme.example", "record:crm/contact/1 in acme.example",
            "record:crm/contact/1 in acme.example",
        ]
    ),
    (
        "texts that only look alike are two",
        ["observed @1 email:e\u{301}@acme.example", "observed @2 email:\u{E9}@acme.example"],
        ["email:e\u{301}@acme.example in acme.example", "email:\u{E9}@acme.example in acme.example"]
    ),
    (
        "a role mailbox joins nobody, and belongs to each from one naming to the next",
        [
            "observed @10 record:crm/contact/1 email:info@acme.example",
            "observed @20 record:crm/contact/2 email:info@acme.example",
            "activity @5 email:info@acme.example", "activity @19 email:info@acme.example",
            "activity @20 email:info@acme.example",
        ],
        [
            "record:crm/contact/1 in record:crm/contact/1", "record:crm/contact/2 in record:crm/contact/2",
            "record:crm/contact/1 in record:crm/contact/1", "record:crm/contact/1 in record:crm/contact/1",
            "record:crm/contact/2 in record:crm/contact/2",
        ]
    ),
    (
        "a role mailbox that only one person uses tells where they work",
        ["observed @10 record:crm/contact/1 email:info@acme.example"],
        ["record:crm/contact/1 in acme.example"]
    ),
    (
        "a role mailbox that nobody was named with is somebody",
        ["activity @1 email:info@acme.example anonymous:web/v1", "activity @2 anonymous:web/v1"],
        ["anonymous:web/v1 in acme.example", "anonymous:web/v1 in acme.example"]
    ),
    (
        "a browser's acts before its first identification are the first person's",
        [
            "activity @1 anonymous:web/v1", "identified @5 anonymous:web/v1 email:ann@acme.example",
            "activity @9 anonymous:web/v1",
        ],
        [
            "anonymous:web/v1 in acme.example", "anonymous:web/v1 in acme.example", "anonymous:web/v1 in acme.example",
        ]
    ),
    (
        "a browser identified as two persons belongs to each from one identification to the next, and joins them never",
        [
            "activity @1 anonymous:web/v1", "identified @5 anonymous:web/v1 email:ann@acme.example",
            "activity @7 anonymous:web/v1", "identified @8 anonymous:web/v1 email:bob@beta.example",
            "activity @8 anonymous:web/v1", "identified @10 anonymous:web/v1 email:ann@acme.example",
            "activity @11 anonymous:web/v1",
        ],
        [
            "email:ann@acme.example in acme.example", "email:ann@acme.example in acme.example",
            "email:ann@acme.example in acme.example", "email:bob@beta.example in beta.example",
            "email:bob@beta.example in beta.example", "email:ann@acme.example in acme.example",
            "email:ann@acme.example in acme.example",
        ]
    ),
    (
        "of two identifications at one instant the last by name counts from then on",
        [
            "identified @5 anonymous:web/v1 email:bob@beta.example",
            "identified @5 anonymous:web/v1 email:ann@acme.example", "activity @6 anonymous:web/v1",
            "activity @1 anonymous:web/v1",
        ],
        [
            "email:bob@beta.example in beta.example", "email:ann@acme.example in acme.example",
            "email:bob@beta.example in beta.example", "email:bob@beta.example in beta.example",
        ]
    ),
    (
        "two browsers named together are one stranger",
        ["activity @1 anonymous:web/v1 anonymous:app/d1", "activity @2 anonymous:app/d1"],
        ["anonymous:app/d1 in anonymous:app/d1", "anonymous:app/d1 in anonymous:app/d1"]
    ),
    (
        "a telephone is shared by an office and joins nobody",
        [
            "observed @1 record:crm/contact/1 phone:+49301", "observed @2 record:crm/contact/2 phone:+49301",
            "touch @3 phone:+49301",
        ],
        [
            "record:crm/contact/1 in record:crm/contact/1", "record:crm/contact/2 in record:crm/contact/2",
            "record:crm/contact/2 in record:crm/contact/2",
        ]
    ),
    (
        "what was merged is one person, before the merge too",
        ["activity @1 record:crm/contact/2", "merged @5 record:crm/contact/1 record:crm/contact/2"],
        ["record:crm/contact/1 in record:crm/contact/1", "record:crm/contact/1 in record:crm/contact/1"]
    ),
    (
        "an un-merge restores both, before and between too",
        [
            "activity @1 record:crm/contact/2", "merged @5 record:crm/contact/1 record:crm/contact/2",
            "activity @6 record:crm/contact/2", "unmerged @7 record:crm/contact/1 record:crm/contact/2",
            "activity @8 record:crm/contact/2",
        ],
        [
            "record:crm/contact/2 in record:crm/contact/2", "record:crm/contact/1 in record:crm/contact/1",
            "record:crm/contact/2 in record:crm/contact/2", "record:crm/contact/1 in record:crm/contact/1",
            "record:crm/contact/2 in record:crm/contact/2",
        ]
    ),
    (
        "a merge after the un-merge joins again",
        [
            "merged @5 record:crm/contact/1 record:crm/contact/2",
            "unmerged @7 record:crm/contact/1 record:crm/contact/2",
            "merged @9 record:crm/contact/1 record:crm/contact/2", "activity @8 record:crm/contact/2",
        ],
        Array(repeating: "record:crm/contact/1 in record:crm/contact/1", count: 4)
    ),
    (
        "of a merge and an un-merge at one instant the un-merge is the last word",
        [
            "merged @5 record:crm/contact/1 record:crm/contact/2",
            "unmerged @5 record:crm/contact/1 record:crm/contact/2", "activity @8 record:crm/contact/2",
        ],
        [
            "record:crm/contact/1 in record:crm/contact/1", "record:crm/contact/1 in record:crm/contact/1",
            "record:crm/contact/2 in record:crm/contact/2",
        ]
    ),
    (
        "an un-merge holds against an address that the record that remained took over; the address stays whose it was first",
        [
            "observed @1 record:crm/contact/2 email:bea@acme.example",
            "merged @5 record:crm/contact/1 record:crm/contact/2",
            "observed @6 record:crm/contact/1 email:bea@acme.example",
            "unmerged @7 record:crm/contact/1 record:crm/contact/2", "activity @8 email:bea@acme.example",
        ],
        [
            "record:crm/contact/2 in acme.example", "record:crm/contact/1 in record:crm/contact/1",
            "record:crm/contact/1 in record:crm/contact/1", "record:crm/contact/1 in record:crm/contact/1",
            "record:crm/contact/2 in acme.example",
        ]
    ),
    (
        "an un-merge of one out of three leaves the other two together",
        [
            "merged @5 record:crm/contact/1 record:crm/contact/2 record:crm/contact/3",
            "unmerged @7 record:crm/contact/2 record:crm/contact/3", "activity @8 record:crm/contact/3",
            "activity @8 record:crm/contact/2",
        ],
        [
            "record:crm/contact/1 in record:crm/contact/1", "record:crm/contact/1 in record:crm/contact/1",
            "record:crm/contact/3 in record:crm/contact/3", "record:crm/contact/1 in record:crm/contact/1",
        ]
    ),
    (
        "an un-merge of the ends of a chain undoes the last link",
        [
            "merged @5 record:crm/contact/1 record:crm/contact/2",
            "merged @6 record:crm/contact/2 record:crm/contact/3",
            "unmerged @7 record:crm/contact/1 record:crm/contact/3", "activity @8 record:crm/contact/2",
            "activity @8 record:crm/contact/3",
        ],
        [
            "record:crm/contact/1 in record:crm/contact/1", "record:crm/contact/1 in record:crm/contact/1",
            "record:crm/contact/1 in record:crm/contact/1", "record:crm/contact/1 in record:crm/contact/1",
            "record:crm/contact/3 in record:crm/contact/3",
        ]
    ),
    (
        "what was merged away is the record that remains",
        ["merged away @5 record:crm/contact/2 into=1", "activity @1 record:crm/contact/1"],
        ["record:crm/contact/1 in record:crm/contact/1", "record:crm/contact/1 in record:crm/contact/1"]
    ),
    (
        "a company merged away is the one that remains",
        [
            "merged away @5 | record:crm/account/2 into=1", "observed @1 | record:crm/account/1",
            "observed @2 record:crm/contact/7 | record:crm/account/2",
        ],
        ["crm/account/1", "crm/account/1", "record:crm/contact/7 in crm/account/1"]
    ),
    (
        "the link of the CRM counts more than the domain of the address",
        [
            "observed @1 record:crm/contact/1 email:ann@acme.example | record:crm/account/9",
            "activity @2 email:ann@acme.example",
        ],
        ["record:crm/contact/1 in crm/account/9", "record:crm/contact/1 in crm/account/9"]
    ),
    (
        "of several links the latest counts, whichever came last",
        [
            "observed @5 record:crm/contact/1 | record:crm/account/9",
            "observed @2 record:crm/contact/1 | record:crm/account/8",
        ],
        ["record:crm/contact/1 in crm/account/9", "record:crm/contact/1 in crm/account/9"]
    ),
    (
        "account records with one registrable domain are one company, and the people who write from it belong to it",
        [
            "observed @1 | record:crm/account/9 domain:www.acme.example",
            "observed @2 | record:erp/customer/4 domain:acme.example",
            "activity @3 email:ann@mail.acme.example",
        ],
        ["crm/account/9", "crm/account/9", "email:ann@mail.acme.example in crm/account/9"]
    ),
    (
        "a provider's domain makes no company of those who write from it, nor of the records that name it",
        [
            "activity @1 email:ann@gmail.com", "activity @2 email:bob@gmail.com",
            "observed @3 | record:crm/account/1 domain:gmail.com",
            "observed @4 | record:crm/account/2 domain:gmail.com",
            "observed @5 email:cleo@gmail.com | domain:gmail.com",
        ],
        [
            "email:ann@gmail.com in email:ann@gmail.com", "email:bob@gmail.com in email:bob@gmail.com", "crm/account/1",
            "crm/account/2", "email:cleo@gmail.com in email:cleo@gmail.com",
        ]
    ),
    (
        "a school's domain makes no company",
        ["activity @1 email:ann@mit.edu"],
        ["email:ann@mit.edu in email:ann@mit.edu"]
    ),
    (
        "who changes the address changes the company, to that of the latest",
        [
            "observed @1 record:crm/contact/1 email:ann@old.example",
            "observed @9 record:crm/contact/1 email:ann@new.example", "activity @2 email:ann@old.example",
        ],
        Array(repeating: "record:crm/contact/1 in new.example", count: 3)
    ),
    (
        "what was erased still is one person",
        [
            "observed @1 record:crm/contact/1 email:erased:00112233445566778899aabbccddeeff",
            "activity @2 email:erased:00112233445566778899aabbccddeeff",
        ],
        Array(repeating: "record:crm/contact/1 in record:crm/contact/1", count: 2)
    ),
    (
        "a fact that names an account only is the account's",
        ["touch @1 | domain:acme.example", "activity @2 email:ann@acme.example"],
        ["acme.example", "email:ann@acme.example in acme.example"]
    ),
]
