import Testing

@testable import Intake

private func verdict<Value>(_ text: String, _ read: (Bytes) throws(UnreadableValue) -> Value) -> String {
    text.withBytes { bytes in
        do throws(UnreadableValue) {
            return "\(try read(bytes))"
        } catch {
            return error.rawValue
        }
    }
}

@Test(
    "Yes and no",
    arguments: [
        ("TRUE", "true"), ("false", "false"), ("Yes", "true"), ("no", "false"), ("1", "true"), ("0", "false"),
        ("t", "true"), ("F", "false"), (" y ", "true"), ("2", "not-a-boolean"), ("maybe", "not-a-boolean"),
        ("truer", "not-a-boolean"), ("", "empty"),
    ])
func booleans(_ text: String, _ expected: String) {
    #expect(verdict(text, boolean) == expected)
}

@Test(
    "Choices by name and alias",
    arguments: [
        ("Open", "0"), (" OPEN ", "0"), ("neu", "0"), ("Working", "1"), ("in bearbeitung", "1"), ("ÜBERGEBEN", "2"),
        ("übergeben", "2"), ("closed", "not-a-choice"), ("", "empty"), ("Opened", "not-a-choice"),
    ])
func choices(_ text: String, _ expected: String) throws {
    let list = try ChoiceList([("Open", ["New", "Neu"]), ("Working", ["In Bearbeitung"]), ("Übergeben", [])])
    #expect(verdict(text, list.choice) == expected)
}

@Test("An alias of two choices is refused")
func conflictingChoices() {
    #expect(throws: ChoiceList.Conflict(alias: "OPEN ", choices: ["Open", "New"])) {
        try ChoiceList([("Open", []), ("New", ["OPEN "])])
    }
}

@Test(
    "E-mail addresses",
    arguments: [
        ("Ada@Example.COM", "ada@example.com in example.com"),
        (" ada@example.com\u{A0}", "ada@example.com in example.com"),
        ("a.b+tag@mail.example.co.uk", "a.b+tag@mail.example.co.uk in mail.example.co.uk"),
        ("JOSÉ@MÜLLER.de", "josé@müller.de in müller.de"), ("o'brien@x-y.io", "o'brien@x-y.io in x-y.io"),
        ("ada", "not-an-email"), ("@example.com", "not-an-email"), ("ada@", "not-an-email"),
        ("ada@localhost", "not-an-email"),
        ("a@b@c.de", "not-an-email"), ("a b@c.de", "not-an-email"), ("a@c..de", "not-an-email"),
        ("a@-c.de", "not-an-email"),
        ("a@c-.de", "not-an-email"), ("a@c.de.", "not-an-email"), ("a@1.2.3.4", "not-an-email"),
        ("a@c.de;b@c.de", "not-an-email"), ("<a@c.de>", "not-an-email"), ("", "empty"),
        (String(repeating: "a", count: 65) + "@b.de", "not-an-email"),
        ("a@" + String(repeating: "b", count: 64) + ".de", "not-an-email"),
        ("a@" + String(repeating: "bcd.", count: 63) + "de", "not-an-email"),
    ])
func emails(_ text: String, _ expected: String) {
    let found = verdict(text) { bytes throws(UnreadableValue) in
        try EmailAddress.read(bytes) {
            String(decoding: $0.text, as: UTF8.self) + " in " + String(decoding: $0.domain, as: UTF8.self)
        }
    }
    #expect(found == expected)
}

@Test(
    "Countries",
    arguments: [
        ("DE", "DE"), ("deu", "DE"), ("Germany", "DE"), ("DEUTSCHLAND", "DE"), ("U.S.A.", "US"), ("usa", "US"),
        ("United States of America", "US"), ("The Netherlands", "NL"), ("UK", "GB"), ("Great Britain", "GB"),
        ("Côte d’Ivoire", "CI"), ("COTE D'IVOIRE", "CI"), ("CÔTE D'IVOIRE", "CI"), ("Trinidad & Tobago", "TT"),
        ("Korea, Republic of", "KR"), ("Viet Nam", "VN"), ("St. Lucia", "LC"), ("Türkiye", "TR"), ("Turkey", "TR"),
        ("Thailand", "TH"), ("Congo", "not-a-country"), ("Atlantis", "not-a-country"), ("D", "not-a-country"),
        ("", "empty"), ("--", "not-a-country"), (String(repeating: "x", count: 500), "not-a-country"),
    ])
func countries(_ text: String, _ expected: String) {
    #expect(verdict(text, Country.read) == expected)
}

@Test("The table has each of ISO 3166-1's 249 countries, each found by its own code")
func countryTableIsWhole() {
    #expect(Country.all.count == 249)
    for country in Country.all { #expect(verdict(country.description, Country.read) == country.description) }
}

@Test(
    "Text is trimmed at both ends only",
    arguments: [
        (" a b ", "a b"), ("\t\r\na", "a"), ("\u{A0}\u{202F}\u{2003}a\u{FEFF}", "a"), ("é ", "é"), ("à", "à"),
        ("  ", ""),
        ("", ""), ("x\u{A0}y", "x\u{A0}y"), ("\u{2014}a\u{2014}", "\u{2014}a\u{2014}"),
    ])
func trimming(_ text: String, _ expected: String) {
    #expect(text.withBytes { String(decoding: $0.trimmed, as: UTF8.self) } == expected)
}

@Test(
    "Formulas are disarmed, numbers stay numbers",
    arguments: [
        ("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("+cmd", "'+cmd"), ("-cmd", "'-cmd"), ("-5", "-5"),
        ("+49", "+49"),
        ("-1.5", "-1.5"), ("-1,5", "\"-1,5\""), ("-1,5,=2", "\"'-1,5,=2\""), ("+1-1", "'+1-1"), ("-", "'-"),
        ("\tx", "'\tx"), ("\rx", "\"'\rx\""), ("\u{0}x", "'\u{0}x"), ("a=1", "a=1"), ("\"=1", "\"\"\"=1\""),
    ])
func formulaGuard(_ value: String, _ written: String) {
    var (guarded, bare) = (CSVWriter(guardsFormulas: true), CSVWriter(guardsFormulas: false))
    guarded.row(["x", value])
    bare.row(["x", value])
    #expect(String(decoding: guarded.take(), as: UTF8.self) == "x,\(written)\r\n")
    #expect(!String(decoding: bare.take(), as: UTF8.self).contains("'"))
}
