/// A file with everything in it that makes an interrupted import hard: personal values, rows that cannot be read, ids used
/// twice with other content, equal rows without ids, rows the mapping does not want.
struct MessyContacts {
    let text: String

    init(_ random: inout SplitMix, rows: Int = 2000) {
        var lines = ["id,email,phone,stage,modified,visit"]
        for row in 0..<rows { lines.append(MessyContacts.line(row, &random)) }
        text = lines.joined(separator: "\n") + "\n"
    }

    private static func line(_ row: Int, _ random: inout SplitMix) -> String {
        let day = 1 + row % 28
        let date = "2026-01-\(day < 10 ? "0" : "")\(day)T08:00:00Z"
        let visit = ["/", "/pricing", "/docs"].randomElement(using: &random)!
        let good = "\(row),person\(row)@company\(row % 50).example,+49 30 \(100_000 + row),lead,\(date),\(visit)"
        switch Int.random(in: 0..<40, using: &random) {
        case 0: return "\(row),\"never closed,,lead,\(date),/"
        case 1: return "\(row),person\(row)@company.example,,lead,yesterday,/"
        case 2: return "\(row),too,few"
        case 3 where row > 30:
            let earlier = row - 1 - row % 28
            let then = "2026-01-01T08:00:00Z"
            return "\(earlier - earlier % 28),other\(row)@company.example,,customer,\(then),/pricing"
        case 4: return "anyone,a@b.example,,lead,2026-01-05T08:00:00Z,/pricing"
        case 5: return "\(row),,,test,\(date),/"
        default: return good
        }
    }

    /// With `withoutIDs` each row is a visit too, told apart by its content and by how often it came before.
    static func mapping(complete: Bool, withoutIDs: Bool) -> String {
        let record = """
            mapping: 1
            source: crm
            as_of: 2026-02-02
            complete: \(complete ? "yes" : "no")
            columns:
              email: {as: email}
              phone: {as: phone}
            only: {stage: {not: test}}
            facts:
              - fact: observed
                object: contact
                id: id
                since: modified
                person: {record: id, email: email}
                with: [email, phone, stage]

            """
        return withoutIDs
            ? record + """
                  - fact: activity
                    object: visit
                    id: row
                    at: modified
                    name: visit
                    person: {record: {object: contact, id: id}}

                """ : record
    }
}
