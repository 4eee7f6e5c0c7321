import Inbound
import Testing

@Suite struct JSONTests {
    @Test(arguments: [
        #"{"a":[1,-0.5e+3,true,null,"\u00e9\n\ud83d\ude00"]}"#, " [ ] ", "0", #""""#, "{}", #"{"":{}}"#, "-1", "1E2",
    ])
    func takesWhatIsJSON(text: String) throws { _ = try JSON(text.utf8) }

    @Test(arguments: [
        ("", "a value should begin"), ("{", "should follow"), (#"{"a":1,}"#, "should follow"),
        ("[1,]", "a value should"),
        (#"{"a":1,"a":2}"#, "there twice"), ("01", "follows the end"), ("+1", "a value should begin"),
        ("1.", "a digit"),
        (".5", "a value should begin"), ("1e", "a digit"), ("nul", "should follow"), (#""\x""#, "unknown"),
        (#""\ud800""#, "should follow"), (#""\udc00\ud800""#, "stands alone"), ("\"\u{01}\"", "not closed"),
        (#""\u0000""#, "NUL"), ("[1] 2", "follows the end"), (#"{"a" 1}"#, "should follow"), ("NaN", "a value should"),
        (#"{a:1}"#, "should follow"), (#""\u00zz""#, "hexadecimal"),
    ])
    func refusesWhatIsNot(text: String, saying: String) {
        #expect { try JSON(text.utf8) } throws: { ($0 as? JSONFault)?.sentence.contains(saying) ?? false }
    }

    @Test func refusesWhatIsNoUTF8() {
        #expect(throws: JSONFault.self) { try JSON([0x22, 0xFF, 0x22]) }
        #expect(throws: JSONFault.self) { try JSON([0x22, 0xED, 0xA0, 0x80, 0x22]) }
    }

    @Test func refusesWhatIsTooDeepOrTooMuchWithoutHarm() {
        let deep = [UInt8](repeating: UInt8(ascii: "["), count: 400_000)
        #expect { try JSON(deep) } throws: { ($0 as? JSONFault)?.sentence.contains("32 levels") ?? false }
        let limits = JSON.Limits(depth: 4, values: 10)
        #expect(throws: Never.self) { try JSON("[1,2,3,4,5,6,7,8,9]".utf8, limits: limits) }
        #expect(throws: JSONFault.self) { try JSON("[1,2,3,4,5,6,7,8,9,10]".utf8, limits: limits) }
        #expect(throws: Never.self) { try JSON("[[[1]]]".utf8, limits: limits) }
        #expect(throws: JSONFault.self) { try JSON("[[[[1]]]]".utf8, limits: limits) }
    }
}
