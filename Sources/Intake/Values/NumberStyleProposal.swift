/// In which styles a column of numbers may be written; what the mapping wizard shows.
public struct NumberStyleProposal: Hashable, Sendable {
    /// The styles that read every sample, the strictest first; empty if none does.
    public let fitting: [NumberStyle]
    /// True if the samples can be read with a point as well as with a comma for decimals, and mean something else.
    public let isDecimalSignAmbiguous: Bool
}

/// Which of the styles read all samples; blank ones say nothing and are passed over.
public func proposeNumberStyle(samples: [String]) -> NumberStyleProposal {
    let samples = samples.filter { !$0.withBytes(\.trimmed.isEmpty) }
    let styles = NumberStyle.Grouping.allCases.flatMap { grouping in
        NumberStyle.DecimalSign.allCases.map { NumberStyle(decimalSign: $0, grouping: grouping) }
    }
    let fitting = samples.isEmpty ? [] : styles.filter { $0.reads(all: samples) }
    let point = fitting.first { $0.decimalSign == .point }
    let comma = fitting.first { $0.decimalSign == .comma }
    let isAmbiguous = samples.contains { sample in point?.value(sample) != comma?.value(sample) }
    return NumberStyleProposal(
        fitting: fitting, isDecimalSignAmbiguous: point != nil && comma != nil && isAmbiguous)
}

extension NumberStyle {
    fileprivate func reads(all samples: [String]) -> Bool { samples.allSatisfy { value($0) != nil } }

    fileprivate func value(_ sample: String) -> WrittenNumber? {
        sample.withBytes { try? number($0) }
    }
}
