import Intake
import Testing

private let wanted = ["type", "properties.plan", "attributes[0].value", "n", "all"].map { JSONPath(parsing: $0)! }

/// `kind text` of each field; `-` where it is missing.
private func describe(_ row: Row) -> String {
    (0..<row.count).map { row.kind($0) == .missing ? "-" : "\(row.kind($0)) \(row.text($0))".trimmed }.joined(
        separator: "|")
}

extension String {
    fileprivate var trimmed: String { hasSuffix(" ") ? String(dropLast()) : self }
}

private func verdicts(_ lines: [UInt8], chunk: Int, limits: ReadingLimits = ReadingLimits()) throws -> [String] {
    let reader = try NDJSONReader(paths: wanted, limits: limits, pull: pull(lines, chunk: chunk))
    let row = Row()
    var all: [String] = []
    while true {
        switch try reader.read(into: row) {
        case .row: all.append("\(row.position.line) \(describe(row))")
        case .malformed(let malformed):
            all.append("\(malformed.line):\(malformed.column) \(malformed.reason.rawValue)")
        case .end: return all
        }
    }
}

private let lines: [(line: String, verdict: String)] = [
    (#"{"type":"track","properties":{"plan":"Pro"},"n":1.50}"#, "1 string track|string Pro|-|number 1.50|-"),
    (#" { "n" : -0.5e+3 , "type" : null }  "#, "1 null|-|-|number -0.5e+3|-"),
    (#"{"attributes":[{"value":true},{"value":false}]}"#, "1 -|-|boolean true|-|-"),
    (#"{"all":{"a":[1, 2]},"properties":7}"#, #"1 -|-|-|-|json {"a":[1, 2]}"#),
    (#"{"all":[],"type":""}"#, "1 string|-|-|-|json []"),
    (#"{}"#, "1 -|-|-|-|-"),
    (#"{"type":"a\"\\\/\b\f\n\r\tz"}"#, "1 string a\"\\/\u{8}\u{C}\n\r\tz|-|-|-|-"),
    (#"{"type":"\u00e9\uD83D\uDE00é😀"}"#, "1 string é😀é😀|-|-|-|-"),
    (#"{"\u0074ype":"escaped key"}"#, "1 string escaped key|-|-|-|-"),
    (#"{"n":12345678901234567890123}"#, "1 -|-|-|number 12345678901234567890123|-"),
    (#"{"properties":{"x":{"plan":1}}}"#, "1 -|-|-|-|-"),
    (#""text""#, "1:1 not-an-object"),
    (#"nonsense"#, "1:1 not-an-object"),
    (#"{"a":1}{"a":2}"#, "1:8 text-after-object"),
    (#"{"a":1,}"#, "1:8 invalid-json"),
    (#"{"a" 1}"#, "1:6 invalid-json"),
    (#"{a:1}"#, "1:2 invalid-json"),
    (#"{"a":tru}"#, "1:6 invalid-json"),
    (#"{"a":NaN}"#, "1:6 invalid-json"),
    (#"{"a":'x'}"#, "1:6 invalid-json"),
    (#"{"a":[1,]}"#, "1:9 invalid-json"),
    (#"{"a":[1"#, "1:8 incomplete-json"),
    (#"{"a":"x"#, "1:6 incomplete-json"),
    (#"{"a":1"#, "1:7 incomplete-json"),
    (#"{"a":01}"#, "1:6 invalid-number"),
    (#"{"a":-}"#, "1:6 invalid-number"),
    (#"{"a":1.}"#, "1:6 invalid-number"),
    (#"{"a":1e}"#, "1:6 invalid-number"),
    (#"{"a":+1}"#, "1:6 invalid-json"),
    (#"{"a":.5}"#, "1:6 invalid-json"),
    (#"{"a":"\x"}"#, "1:7 invalid-escape"),
    (#"{"a":"\u12G4"}"#, "1:7 invalid-escape"),
    (#"{"a":"\uD83D"}"#, "1:7 lone-surrogate"),
    (#"{"a":"\uD83Dx"}"#, "1:7 lone-surrogate"),
    (#"{"a":"\uD83D\u0041"}"#, "1:7 lone-surrogate"),
    (#"{"a":"\uDE00"}"#, "1:7 lone-surrogate"),
    (#"{"a":"\u0000"}"#, "1:7 nul-byte"),
    ("{\"a\":\"x\ty\"}", "1:8 control-character"),
    (#"{"a":1,"b":2,"a":3}"#, "1:14 duplicate-key"),
    (#"{"a":1,"\u0061":3}"#, "1:8 duplicate-key"),
    (#"{"x":{"k":1,"k":1},"y":"#, "1:13 duplicate-key"),
    ("{\"a\":" + String(repeating: "[", count: 63) + String(repeating: "]", count: 63) + "}", "1 -|-|-|-|-"),
    ("{\"a\":" + String(repeating: "[", count: 64) + String(repeating: "]", count: 64) + "}", "1:69 too-deep"),
    ("{" + (0..<60).map { "\"k\($0)\":\($0)" }.joined(separator: ",") + ",\"k7\":0}", "1:522 duplicate-key"),
    ("{" + (0..<60).map { "\"k\($0)\":\($0)" }.joined(separator: ",") + "}", "1 -|-|-|-|-"),
]

@Test("A line is one JSON object or says why not", arguments: lines, [1, 3, 65536])
func ndjsonLine(_ line: (line: String, verdict: String), chunk: Int) throws {
    #expect(try verdicts(Array(line.line.utf8), chunk: chunk) == [line.verdict])
}

@Test("Lines are counted, blank ones apart, and a fault costs one line")
func ndjsonFile() throws {
    let text = "\u{FEFF}{\"n\":1}\r\n\n \t\n[1]\n{\"n\":2}\r{\"n\":\n{\"n\":3}"
    let reader = try NDJSONReader(paths: [JSONPath(parsing: "n")!], pull: pull(Array(text.utf8)))
    #expect(
        try readAll(reader) == [
            .row(["1"], line: 1, offset: 3),
            .malformed("not-an-object", line: 4, column: 1, raw: Array("[1]".utf8)),
            .row(["2"], line: 5, offset: 20),
            .malformed("incomplete-json", line: 6, column: 6, raw: Array("{\"n\":".utf8)),
            .row(["3"], line: 7, offset: 34),
        ])
    #expect(reader.counts.total == 7 && reader.counts.blank == 2)
    #expect(reader.position.offset == text.utf8.count)
}

@Test("Invalid UTF-8 and NUL cost one line")
func ndjsonBytes() throws {
    let bytes = Array("{\"n\":\"".utf8) + [0xFF] + Array("\"}\n{\"n\":\"\u{0}\"}\n{\"n\":3}\n".utf8)
    #expect(try verdicts(bytes, chunk: 5) == ["1:7 invalid-utf8", "2:7 nul-byte", "3 -|-|-|number 3|-"])
}

@Test("A line beyond the limit is passed over", arguments: [1, 10, 1000])
func ndjsonLongLine(chunk: Int) throws {
    var limits = ReadingLimits()
    (limits.row, limits.field) = (32, 8)
    let text = "{\"n\":1}\n{\"n\":\"" + String(repeating: "x", count: 500) + "\"}\n{\"n\":\"123456789\"}\n{\"n\":2}\n"
    #expect(
        try verdicts(Array(text.utf8), chunk: chunk, limits: limits)
            == ["1 -|-|-|number 1|-", "2:33 row-too-long", "3:7 field-too-long", "4 -|-|-|number 2|-"])
}

@Test(
    "Files that are JSON otherwise are refused as a whole", arguments: ["[{\"a\":1}]", "\n [\n", "{\n  \"a\": 1\n}\n"])
func otherJSON(_ text: String) throws {
    #expect {
        try NDJSONReader(paths: wanted, pull: pull(Array(text.utf8)))
    } throws: {
        "\($0)".contains("one object on each line")
    }
}

@Test("Paths are written and read back, or refused")
func jsonPaths() {
    let texts = ["a", "a.b", "a[0]", "a[12].b", #"["a.b"].c"#, #"a["x\"y"]"#, "[0][1]", "e-mail.öffentlich", "a b"]
    for text in texts { #expect(JSONPath(parsing: text)?.description == text) }
    for text in ["", ".a", "a.", "a..b", "a[", "a[x]", "a[-1]", "a]", "a[\"b]", "a\"b", "a[99999999999999999999]"] {
        #expect(JSONPath(parsing: text) == nil, "\(text)")
    }
}

@Test("A sample shows its paths in order of first occurrence")
func samplePaths() {
    let sample = """
        \u{FEFF}{"type":"track","traits":{"address":{"country":"DE"}},"list":[1,{"a":2},3,4]}
        {"new":1,"type":null,"broken":[
        {"a.b":{}}
        """
    #expect(
        NDJSONReader.paths(inSample: Array(sample.utf8)).map(\.description) == [
            "type", "traits.address.country", "traits.address", "traits", "list[0]", "list[1].a", "list[1]", "list[2]",
            "list", "new", #"["a.b"]"#,
        ])
}
