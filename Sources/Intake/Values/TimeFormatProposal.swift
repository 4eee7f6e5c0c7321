/// Which formats a column of times may be written in; what the mapping wizard shows.
public struct TimeFormatProposal: Hashable, Sendable {
    /// The formats that read every sample, the plainest first; empty if none does.
    public let fitting: [String]
    /// True if the samples can be read with day before month as well as with month before day: a person must say.
    public let isDayMonthAmbiguous: Bool
}

/// Which of the known formats read all samples; blank ones say nothing and are passed over.
public func proposeTimeFormat(samples: [String]) -> TimeFormatProposal {
    let samples = samples.filter { !$0.withBytes(\.trimmed.isEmpty) }
    let fitting = samples.isEmpty ? [] : knownTimeFormats.filter { $0.reads(all: samples) }
    let orders = fitting.map(\.isDayFirst)
    return TimeFormatProposal(
        fitting: fitting.flatMap(\.alternatives),
        isDayMonthAmbiguous: orders.contains(true) && orders.contains(false))
}

extension TimeFormat {
    fileprivate func reads(all samples: [String]) -> Bool {
        samples.allSatisfy { $0.withBytes { (try? time($0)) != nil } }
    }
}

extension String {
    /// The text as field bytes, to try formats and styles on.
    func withBytes<Result>(_ body: (Bytes) -> Result) -> Result {
        var text = self
        return text.withUTF8(body)
    }
}

/// Dates and times as they were met in exports, combined; the plainest first.
private let knownTimeFormats: [TimeFormat] = {
    let dates = [
        "yyyy-MM-dd", "yyyy/MM/dd", "yyyyMMdd", "d.M.yyyy", "d.M.yy", "d/M/yyyy", "M/d/yyyy", "d-M-yyyy", "M-d-yyyy",
        "d/M/yy", "M/d/yy", "d MMM yyyy", "d MMM, yyyy", "MMM d, yyyy", "MMM d yyyy", "d-MMM-yyyy", "d-MMM-yy",
        "EEE, d MMM yyyy", "EEE MMM d yyyy",
    ]
    let clocks = ["H:mm", "H:mm:ss", "H:mm:ss.SSS", "h:mm a", "h:mm:ss a"]
    let times = [""] + [" ", ", ", "'T'"].flatMap { joint in clocks.map { joint + $0 } }
    let zoned = times.dropFirst().flatMap { time in ["Z", " Z", " 'UTC'"].map { time + $0 } }
    let patterns = dates.flatMap { date in (times + zoned).map { date + $0 } }
    // Every one of them compiles; a test reads each.
    return (["iso8601", "epoch seconds", "epoch milliseconds"] + patterns).map { try! TimeFormat($0) }
}()
