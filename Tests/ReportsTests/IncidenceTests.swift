import Testing
import Vocabulary

@testable import Reports

/// Aalen and Johansen's estimate against exact fractions, and Wilson's interval against published values.
@Suite struct IncidenceTests {
    /// A fraction in lowest terms.
    private struct Fraction {
        var top: Int128
        var bottom: Int128

        init(_ top: Int128, _ bottom: Int128) {
            var (a, b) = (top, bottom)
            while b != 0 { (a, b) = (b, a % b) }
            (self.top, self.bottom) = (top / max(a, 1), bottom / max(a, 1))
        }

        static func + (a: Fraction, b: Fraction) -> Fraction {
            Fraction(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom)
        }
        static func * (a: Fraction, b: Fraction) -> Fraction { Fraction(a.top * b.top, a.bottom * b.bottom) }
    }

    /// By the definition: at each age, who still waits × who reaches / who is at risk.
    private func plain(_ ends: [(age: Int64, end: Incidence.End)], by age: Int64) -> Fraction {
        var (waiting, reached) = (Fraction(1, 1), Fraction(0, 1))
        for moment in Set(ends.map(\.age)).sorted() where moment <= age {
            let atRisk = Int128(ends.count { $0.age >= moment })
            let reaching = Int128(ends.count { $0.age == moment && $0.end == .reached })
            let leaving = Int128(ends.count { $0.age == moment && $0.end == .left })
            reached = reached + waiting * Fraction(reaching, atRisk)
            waiting = waiting * Fraction(atRisk - reaching - leaving, atRisk)
        }
        return reached
    }

    @Test func equalsExactFractions() {
        var state: UInt64 = 42
        func next(_ below: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % below
        }
        for _ in 0..<300 {
            let ends = (0..<Int(next(13) + 1)).map { _ in
                (age: Int64(next(8)), end: [Incidence.End.reached, .left, .stillOnTheWay][Int(next(3))])
            }
            for age in Int64(0)...8 {
                let exact = plain(ends, by: age)
                let found = Int128(Incidence(ends).reached(by: Elapsed(milliseconds: age)))
                let error = found * exact.bottom - exact.top * (1 << 62)
                #expect((error < 0 ? -error : error) <= 64 * exact.bottom, "\(ends) by \(age)")
            }
        }
    }

    /// Where nobody leaves it is one less Kaplan and Meier's: the textbook's remission times of acute leukaemia under 6-MP
    /// (E. Freireich and others, Blood 21, 1963): 6, 6, 6, 6+, 7, 9+, 10, 10+, 11+, 13, 16, 17+, …: S(10) = 0.753, S(23) = 0.448.
    @Test func withoutLeaversItIsOneLessKaplanMeier() {
        let events: [Int64] = [6, 6, 6, 7, 10, 13, 16, 22, 23]
        let censored: [Int64] = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
        let incidence = Incidence(
            events.map { ($0, Incidence.End.reached) } + censored.map { ($0, .stillOnTheWay) })
        let expected: [(Int64, String)] = [
            (6, "14.286"), (7, "19.328"), (10, "24.706"), (13, "30.980"), (23, "55.182"),
        ]
        for (age, percent) in expected {
            let found = Incidence.percent(incidence.reached(by: Elapsed(milliseconds: age)))
            #expect(found.description == percent)
        }
    }

    @Test func wilsonsInterval() {
        // R. Newcombe, Statistics in Medicine 17 (1998), table I, method 3: 81/263 and 15/148, 0/20, 1/29.
        let table: [(Int, Int, String, String)] = [
            (81, 263, "25.5", "36.6"), (15, 148, "6.2", "16.0"), (0, 20, "0.0", "16.1"), (1, 29, "0.6", "17.2"),
        ]
        for (part, whole, low, high) in table {
            let interval = Interval(part, of: whole)
            #expect(interval?.low.description == low && interval?.high.description == high)
        }
        #expect(Interval(0, of: 0) == nil)
        #expect(Interval(7, of: 7)?.high.description == "100.0")
    }

    @Test func rootsAreWholeParts() {
        for square in UInt128(0)...2000 {
            let found = root(of: square)
            #expect(found * found <= square && (found + 1) * (found + 1) > square)
        }
        let large: UInt128 = 1 << 126
        #expect(root(of: large) == 1 << 63 && root(of: large - 1) == (1 << 63) - 1)
    }

    @Test func giniOfFew() {
        #expect(gini([5, 5, 5, 5])?.description == "0.000")
        #expect(gini([0, 0, 0, 8])?.description == "0.750")
        #expect(gini([1, 2, 3])?.description == "0.222")
        #expect(gini([0, 0]) == nil)
    }

    @Test func ratiosRoundHalvesAwayFromNought() {
        #expect(Ratio(1, 8)?.description == "0.13" && Ratio(-1, 8)?.description == "-0.13")
        #expect(Ratio(1, -3, decimals: 3)?.description == "-0.333" && Ratio(7, 2, decimals: 0)?.description == "4")
        #expect(Ratio(1, 0) == nil && Ratio(-1, 1000)?.description == "0.00")
        #expect(HalfMilliseconds(count: 2 * 86_400_000 * 3 / 2).description == "1.50 d")
        #expect(HalfMilliseconds(count: 2 * 90_000).description == "1.50 min")
        #expect(HalfMilliseconds(count: 0).description == "0.00 s")
    }
}
