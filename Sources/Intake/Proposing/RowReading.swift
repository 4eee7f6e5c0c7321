/// What the rows of a file are: records or events, by which id, when, and whom they concern.
struct RowReading {
    struct Choice {
        var column: ColumnReading
        var why: String
    }

    /// What the records are called: `lead`.
    let object: String
    /// `nil` where no column tells rows apart.
    let id: Choice?
    /// When a record was last changed.
    let modified: Choice?
    /// When an event happened.
    let happened: Choice?
    /// What an event is called.
    let name: Choice?
    let person: Choice?
    let email: ColumnReading?
    let account: Choice?

    /// Whether any column is about people.
    private let isAboutPeople: Bool

    init(_ sample: FileSample, _ columns: [ColumnReading]) {
        object = RowReading.object(sample.fileName)
        let id = RowReading.id(sample, columns)
        self.id = id
        let times = columns.filter { $0.type == .time || $0.type == .date }
        modified = times.first { HeaderWords($0.header).isModified }.map {
            Choice(column: $0, why: "it is called so")
        }
        happened = RowReading.happened(times, modified?.column)
        email = columns.first { $0.type == .email }
        account = columns.first { HeaderWords($0.header).isAccount && $0.type == .text && $0.certainty != .check }
            .map { Choice(column: $0, why: "it is called so") }
        person = RowReading.person(columns, id: id?.column, besides: account?.column, object)
        name = columns.first { $0.type == .choice && HeaderWords($0.header).isEventName }
            .map { Choice(column: $0, why: "it is called so, and few values occur") }
        isAboutPeople =
            email != nil || person != nil || HeaderWords(object).isPerson
            || columns.contains { $0.isPersonal || $0.type == .phone }
    }

    /// The column, marked as personal where it is free text of which nothing is known, in a file about people.
    func keepingApart(_ column: ColumnReading) -> ColumnReading {
        let words = HeaderWords(column.header)
        let isKnown =
            column.isPersonal || column.type != .text || words.isID || words.isAccount
            || words.isNumbered
        let isUsed = [id?.column, account?.column, person?.column].contains(column)
        guard isAboutPeople, !isKnown, !isUsed else { return column }
        var marked = column
        marked.takeForPersonal()
        return marked
    }

    /// Whether rows are records, of which a later file may say something else, or events that happened once.
    var areRecords: Bool { id != nil || person == nil && email == nil || happened == nil }

    /// `crm-contacts-2026-02-02.csv` holds `crm_contacts`.
    private static func object(_ fileName: String) -> String {
        let stem = fileName.split(separator: ".").first.map(String.init) ?? "row"
        let words = HeaderWords(stem).words.filter { word in !word.utf8.allSatisfy { ASCII.isDigit($0) } }
        return words.isEmpty ? "row" : words.joined(separator: "_")
    }

    private static func id(_ sample: FileSample, _ columns: [ColumnReading]) -> Choice? {
        let unique = zip(sample.columns, columns).filter { sampled, _ in
            sampled.distinct.count == sample.rows && sample.rows > 0
        }.map { $1 }
        let called =
            unique.first { HeaderWords($0.header).words == ["id"] }
            ?? unique.first { HeaderWords($0.header).isID }
            ?? unique.first { HeaderWords($0.header).isNumbered && $0.type == .text }
            ?? unique.first { $0.type == .email }
        if let called {
            return Choice(column: called, why: "different in each of the \(sample.rows) rows read, and called so")
        }
        guard let first = unique.first, first.header == columns.first?.header, first.type == .text else { return nil }
        return Choice(column: first, why: "the first column, and different in each of the \(sample.rows) rows read")
    }

    private static func happened(_ times: [ColumnReading], _ modified: ColumnReading?) -> Choice? {
        let others = times.filter { $0 != modified }
        let best =
            others.first { HeaderWords($0.header).words.contains("timestamp") }
            ?? others.first { $0.type == .time } ?? others.first
        return best.map { column in
            let alone = others.count == 1
            return Choice(column: column, why: alone ? "the only time of the row" : "the first time of the row")
        }
    }

    private static func person(
        _ columns: [ColumnReading], id: ColumnReading?, besides account: ColumnReading?, _ object: String
    ) -> Choice? {
        if let id, HeaderWords(id.header).isPerson || HeaderWords(object).isPerson, id.type == .text {
            return Choice(column: id, why: "each row is about one person, going by the names")
        }
        let named = columns.first { column in
            let words = HeaderWords(column.header)
            return column.type == .text && words.isPerson && words.isID && column != account
        }
        return named.map { Choice(column: $0, why: "it is called so") }
    }
}
