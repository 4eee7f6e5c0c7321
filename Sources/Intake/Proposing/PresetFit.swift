/// How well a preset fits a file.
public struct PresetFit: Hashable, Sendable {
    public let preset: Preset
    /// Columns of the file that the preset reads, in the order of the file.
    public let understood: [String]
    public let notUnderstood: [String]
    /// Columns that the preset cannot do without and the file does not have, by the preset's names for them.
    public let lacking: [String]
    /// Whether the file is named as files of this kind often are.
    public let isNamedSo: Bool
    /// Whether a column or the file's name says which system it is from. Columns such as `id`, `email` and `created_at` are in
    /// every system's files and say nothing, however many of them a preset reads. Of staff only a column can tell.
    public let isOfVendor: Bool
    /// In thousandths: the share of the file's columns that are understood, plus the share of the preset's columns that are
    /// there, plus 400 where the file is named so. 0 where a needed column is lacking, where
    /// fewer than three are understood, or where neither half of the file's columns nor half of the preset's are.
    public let score: Int

    init(_ preset: Preset, _ mapping: Mapping, fileName: String, columns: [String]) {
        self.preset = preset
        let here = Set(columns)
        let own = mapping.columns.filter { $0.join == nil }
        let found = own.compactMap { column in column.named.first { here.contains($0) } }
        let read = Set(found)
        understood = columns.filter { read.contains($0) }
        notUnderstood = columns.filter { !read.contains($0) }
        lacking = own.filter { column in !column.isOptional && !column.named.contains { here.contains($0) } }
            .map { $0.named.joined(separator: " or ") }
        let lower = Array(fileName.lowercased().utf8)
        isNamedSo = preset.files.contains { Pattern($0).matches(lower) }
        let isNamedByVendor =
            VendorSigns.vendor(ofFile: fileName) == preset.vendor
            || preset.files.contains { VendorSigns.isOfTable($0) && Pattern($0).matches(lower) }
        isOfVendor =
            columns.contains { VendorSigns.vendor(ofColumn: $0) == preset.vendor }
            || isNamedByVendor && !preset.isOfStaff
        let ofFile = understood.count * 1000 / max(columns.count, 1)
        let ofPreset = found.count * 1000 / max(own.count, 1)
        let isLike = lacking.isEmpty && understood.count > 2 && max(ofFile, ofPreset) >= 500
        score = isLike ? ofFile + ofPreset + (isNamedSo ? 400 : 0) : 0
    }

    /// From here on a preset is proposed rather than a mapping made for the file, where the file is of its vendor.
    private static let enough = 700

    var isProposed: Bool { score >= PresetFit.enough && isOfVendor }

    /// The presets that fit at all, best first.
    static func ranked(fileName: String, columns: [String]) -> [PresetFit] {
        VendorSigns.presets.map { preset, mapping in
            PresetFit(preset, mapping, fileName: fileName, columns: columns)
        }
        .filter { $0.score > 0 }
        .sorted { ($1.score, $0.preset.name) < ($0.score, $1.preset.name) }
    }
}
