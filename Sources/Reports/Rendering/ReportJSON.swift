public import Journal
internal import Vocabulary

extension Report {
    /// One JSON object: the question, the tables with a handle for each cell, and the warnings.
    public var json: String {
        var json = JSONText()
        json.object { json in
            json.member("report", name)
            json.member("title", title)
            json.member("question")
            question.write(to: &json)
            json.member("sections")
            json.array { json in for section in sections { write(section, to: &json) } }
            json.member("warnings")
            json.array { json in
                for warning in warnings {
                    json.object {
                        $0.member("code", warning.code)
                        $0.member("sentence", warning.sentence)
                    }
                }
            }
            json.member("handle", handle.description)
        }
        return json.text
    }

    private func write(_ section: ReportSection, to json: inout JSONText) {
        json.object { json in
            json.member("key", section.key)
            json.member("title", section.title)
            json.member("rows_are", section.rowsAre)
            json.member("columns")
            json.array { json in for column in section.columns { column.write(to: &json) } }
            json.member("rows")
            json.array { json in for row in section.rows { write(row, of: section, to: &json) } }
        }
    }

    private func write(_ row: ReportRow, of section: ReportSection, to json: inout JSONText) {
        json.object { json in
            json.member("key", row.key)
            json.member("name", row.name)
            json.member("is_total", row.isTotal)
            json.member("cells")
            json.object { json in
                for (column, cell) in zip(section.columns, row.cells) {
                    json.member(column.key)
                    json.object { json in
                        json.member("value")
                        cell.value.write(to: &json)
                        json.member("text", cell.value.description)
                        json.member("records", Int64(cell.records.count))
                        let address = CellAddress(section: section.key, row: row.key, column: column.key)
                        json.member("handle", handle.at(address).description)
                    }
                }
            }
        }
    }
}

extension CellRecords {
    /// One JSON object: the cell's value and its records, each with its columns by key.
    public var json: String {
        var json = JSONText()
        json.object { write(to: &$0) }
        return json.text
    }

    /// The members of that object.
    public func write(to json: inout JSONText) {
        json.member("section", section)
        json.member("row", row)
        json.member("column", column)
        json.member("value")
        value.write(to: &json)
        json.member("records")
        json.array { json in
            for (number, row) in rows.enumerated() {
                json.object { json in
                    if let isInPart { json.member("in_part", isInPart[number]) }
                    for (column, value) in zip(columns, row) {
                        json.member(column.key)
                        value.write(to: &json)
                    }
                }
            }
        }
    }
}

extension ReportColumn {
    fileprivate func write(to json: inout JSONText) {
        json.object {
            $0.member("key", key)
            $0.member("title", title)
            $0.member("kind", kind.rawValue)
        }
    }
}

extension Question {
    fileprivate func write(to json: inout JSONText) {
        json.object { json in
            json.member("population", population)
            json.member("measure", measure)
            json.member("mode", mode)
            json.member("from")
            ReportValue(from).write(to: &json)
            json.member("to", to.description)
            json.member("until", until.description)
            json.member("known_by")
            ReportValue(knownBy).write(to: &json)
            json.member("by", segment)
            json.member("only")
            json.array { json in for text in chosen { json.string(text) } }
            json.member("zone", zone)
            json.member("currency", currency)
            json.member("agreement", agreement)
            json.member("company", company)
        }
    }
}

extension ReportValue {
    /// Numbers that JSON readers take for floating point are written as texts, so that nobody rounds them.
    fileprivate func write(to json: inout JSONText) {
        switch self {
        case .nothing: json.literal("null")
        case .count(let count): json.literal(String(count))
        case .share(let share):
            json.object {
                $0.member("part", Int64(share.part))
                $0.member("whole", Int64(share.whole))
            }
        case .duration(let time, let measure):
            json.object {
                $0.member("seconds", time.seconds)
                $0.member("time", measure.rawValue)
            }
        case .money(let sums):
            json.array { json in
                for money in sums {
                    json.object {
                        $0.member("minor_units", money.minorUnits)
                        $0.member("currency", money.currency.code)
                    }
                }
            }
        case .number(let ratio): json.string(ratio.description)
        case .flag(let flag): json.literal(flag ? "true" : "false")
        case .fact(let number): json.literal(String(number))
        case .text(let text): json.string(text)
        case .instant(let instant): json.string(instant.description)
        case .date(let date): json.string(date.description)
        }
    }
}

extension HalfMilliseconds {
    /// Seconds as a decimal, exactly: `7200`, `0.0005`.
    var seconds: String { Number(mantissa: count * 5, scale: 4).description }
}
