import Foundation
import Intake
import Testing

/// Real exports lie outside the repository: in `INTERLOCK_DATA`, or in `../shared/data` beside the package.
private let data = URL(
    fileURLWithPath: ProcessInfo.processInfo.environment["INTERLOCK_DATA"] ?? "../shared/data", isDirectory: true)

private let isDataAbsent = !FileManager.default.fileExists(atPath: data.path)

private func open(_ path: String) throws -> CSVReader {
    try CSVReader(pull: pull([UInt8](Data(contentsOf: data.appendingPathComponent(path))), chunk: 4096))
}

@Test(
    "Real exports are read whole",
    .disabled(if: isDataAbsent, "Set INTERLOCK_DATA to the folder of real exports to run this test."),
    arguments: [
        ("maven_crm/sales_pipeline.csv", 8, 8800), ("maven_crm/accounts.csv", 7, 85),
        ("olist_funnel/olist_marketing_qualified_leads_dataset.csv", 4, 8000),
        ("olist_funnel/olist_closed_deals_dataset.csv", 14, 842), ("attribution_paths/paths.csv", 4, 10_000),
        ("vendor_exports/salesforce/sf_lead_data.csv", 382, 1),
    ])
func realExports(_ path: String, _ columns: Int, _ rows: Int) throws {
    let reader = try open(path)
    let reads = try readAll(reader)
    #expect(reader.header.names.count == columns)
    #expect(reader.counts.rows == rows && reader.counts.malformed == 0, "\(reader.counts) \(reads.suffix(2))")
}

@Test(
    "Every vendor export is read without a malformed row",
    .disabled(if: isDataAbsent, "Set INTERLOCK_DATA to the folder of real exports to run this test."))
func vendorExports() throws {
    var files = 0
    for system in ["hubspot", "marketo", "salesforce"] {
        let folder = data.appendingPathComponent("vendor_exports/\(system)")
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
            let reader = try open("vendor_exports/\(system)/\(name)")
            _ = try readAll(reader)
            #expect(reader.counts.malformed == 0, "\(name): \(reader.counts)")
            files += 1
        }
    }
    #expect(files > 40)
}
