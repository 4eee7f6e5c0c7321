/// How the times of a file are written where a preset cannot read them: a report writes them as its user's locale does.
struct PresetTimes {
    /// The formats with which every time column of the file is read, the preset's own first; `nil` where those do already, or
    /// where the file cannot tell which are right.
    private(set) var formats: [String]?
    /// What a person must say.
    private(set) var check: String?

    init(_ mapping: Mapping, _ sample: FileSample) {
        let own = mapping.times.isEmpty ? ["iso8601"] : mapping.times
        let proposals = PresetTimes.unread(mapping, sample, own).map { proposeTimeFormat(samples: $0) }
        guard !proposals.isEmpty, proposals.allSatisfy({ !$0.fitting.isEmpty }) else { return }
        // One column with a 31st tells for all of them.
        let orders = Set(
            proposals.filter { !$0.isDayMonthAmbiguous }.compactMap { PresetTimes.isDayFirst($0.fitting[0]) })
        if orders.count != 1, let unclear = proposals.first(where: \.isDayMonthAmbiguous) {
            check =
                "nothing in the file tells 03/04 from 04/03. Say how its times are written, as "
                + unclear.fitting.map { "`times: [\($0)]`" }.joined(separator: " or ") + "."
            return
        }
        formats = own
        for proposal in proposals {
            let fitting = proposal.fitting.filter { PresetTimes.isDayFirst($0).map { orders.contains($0) } ?? true }
            guard let format = fitting.first, formats?.contains(format) == false else { continue }
            formats?.append(format)
        }
    }

    /// The values of the file's time columns that the preset's formats do not read.
    private static func unread(_ mapping: Mapping, _ sample: FileSample, _ own: [String]) -> [[String]] {
        guard let format = try? TimeFormat(own) else { return [] }
        let times = Set(mapping.facts.flatMap(\.timesRead))
        return mapping.columns.compactMap { column in
            let isTime = times.contains(column.name) || column.type == .time || column.type == .date
            guard isTime, column.join == nil, column.formats.isEmpty,
                let found = column.named.lazy.compactMap({ name in sample.columns.first { $0.name == name } }).first
            else { return nil }
            let unread = found.written.filter { value in value.withBytes { (try? format.time($0)) == nil } }
            return unread.isEmpty ? nil : unread
        }
    }

    private static func isDayFirst(_ format: String) -> Bool? { (try? TimeFormat(format))?.isDayFirst }
}

extension FactRule {
    /// The columns that it reads as times, its values aside.
    fileprivate var timesRead: [String] {
        let own: [String] =
            switch time {
            case .at(let names, _), .since(let names): names
            case .asOf: []
            }
        return own + known + (toldSince ?? [])
    }
}
