import Testing

@testable import Reports

@Suite struct ShareTests {
    @Test func printsThreeDecimalsRoundedHalfUp() {
        #expect(Share(842, of: 8000).description == "10.525 %")
        #expect(Share(1, of: 3).description == "33.333 %")
        #expect(Share(2, of: 3).description == "66.667 %")
        #expect(Share(1, of: 200_000).description == "0.001 %")
        #expect(Share(0, of: 0).description == "–")
    }

    @Test func withEveryAnswerTheMedianIsTheMiddle() {
        #expect(Survival([(3, true), (1, true), (2, true)]).quantile(50)?.count == 4)
        #expect(Survival([(4, true), (1, true), (2, true), (3, true)]).quantile(50)?.count == 5)
        #expect(Survival((1...10).map { ($0, true) }).quantile(90)?.count == 19)
    }

    /// One of three is censored at 2: two thirds wait after 1, and none after 3.
    @Test func whoIsUnansweredIsCensored() {
        #expect(Survival([(1, true), (2, false), (3, true)]).quantile(50)?.count == 6)
        #expect(Survival([(1, true), (2, false), (3, false)]).quantile(50) == nil)
    }
}
