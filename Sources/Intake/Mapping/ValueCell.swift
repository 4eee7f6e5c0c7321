internal import Journal
internal import Vocabulary

/// How one property of a fact is read from a row and written into a body. Everything that can be decided before the
/// first row has been.
struct ValueCell {
    var property: String
    var column: String
    var source: FieldSource
    var isPersonal: Bool
    /// What an empty field stands for, as written bytes; `nil` when it stands for nothing.
    var empty: [UInt8]?
    /// Lower-case, trimmed words and what they are written as.
    var aliases: [[UInt8]: [UInt8]]
    var choices: Set<[UInt8]>
    /// The only words a fact of its kind may have here.
    var allowed: Set<[UInt8]>?
    /// A record row says with an empty field that there is no value; an event row just says nothing.
    var clearsWhenEmpty: Bool
    var isRequired: Bool
    var conversion: Conversion

    enum Conversion {
        case constant([UInt8])
        /// Whether the field is not empty.
        case isKnown
        case text
        case choice
        case email
        case phone
        case domain
        case country
        case flag
        case list(separator: [UInt8])
        case number(NumberStyle)
        case money(NumberStyle, CurrencyCell)
        case instant(InstantReader)
        case date(TimeFormat)
    }

    enum CurrencyCell {
        case written
        case fixed(Currency)
        case column(FieldSource, else: Currency?)
    }

    enum Outcome {
        case written
        case writtenPersonal
        case nothing
    }

    /// Appends tag and payload to `body`, or nothing when the row says nothing here.
    func write(
        _ view: RowView, to body: inout [UInt8], _ notices: inout Notices
    ) throws(MappingFault) -> Outcome {
        if case .constant(let bytes) = conversion {
            body.append(contentsOf: bytes)
            return .written
        }
        if case .isKnown = conversion {
            body.append(view.withField(source) { $0.trimmed.isEmpty } ? ValueTag.no : ValueTag.yes)
            return .written
        }
        let line = view.row.position.line
        let missing = view.isMissing(source)
        return try view.withField(source) { field throws(MappingFault) -> Outcome in
            let trimmed = field.trimmed
            if trimmed.isEmpty { return try writeEmpty(missing, line, to: &body, &notices) }
            guard !aliases.isEmpty, let alias = aliases[lowercased(trimmed)] else {
                return try convert(trimmed, view, line, to: &body, &notices)
            }
            return try alias.withUnsafeBufferPointer { alias throws(MappingFault) -> Outcome in
                try convert(alias, view, line, to: &body, &notices)
            }
        }
    }

    private func writeEmpty(
        _ isMissing: Bool, _ line: Int, to body: inout [UInt8], _ notices: inout Notices
    ) throws(MappingFault) -> Outcome {
        if let empty, !isMissing || isRequired {
            notices.note(Notice(.filledIn, column: column, value: String(decoding: empty, as: UTF8.self)), line: line)
            body.append(isPersonal ? ValueTag.personal : ValueTag.text)
            empty.withUnsafeBufferPointer { body.append(text: $0) }
            return isPersonal ? .writtenPersonal : .written
        }
        if isRequired, isMissing || !clearsWhenEmpty { throw MappingFault(.missingValue, column: column) }
        guard clearsWhenEmpty, !isMissing else { return .nothing }
        body.append(ValueTag.cleared)
        return .written
    }

    private func convert(
        _ written: Bytes, _ view: RowView, _ line: Int, to body: inout [UInt8], _ notices: inout Notices
    ) throws(MappingFault) -> Outcome {
        if let allowed, !allowed.contains(Array(written)) {
            throw MappingFault(.notAllowed, column: column, value: written.text)
        }
        switch conversion {
        case .constant, .isKnown: preconditionFailure("written before the field is read")
        case .text, .phone: return appendText(written, to: &body)
        case .choice:
            if !choices.contains(Array(written)) { notices.note(notice(.notListed, written), line: line) }
            return appendText(written, to: &body)
        case .email: return appendEmail(written, line, to: &body, &notices)
        case .domain: return appendText(lowercased(written), to: &body)
        case .country: return appendCountry(written, line, to: &body, &notices)
        case .flag:
            let flag = try reading(written) { bytes throws(UnreadableValue) in try boolean(bytes) }
            body.append(flag ? ValueTag.yes : ValueTag.no)
        case .list(let separator): appendList(written, separator, to: &body)
        case .number(let style):
            body.append(number: try reading(written) { bytes throws(UnreadableValue) in try style.number(bytes).value })
        case .money(let style, let currency): body.append(money: try money(written, style, currency, view))
        case .instant(let reader):
            let (instant, doubt) = try reading(written) { bytes throws(UnreadableValue) in try reader.instant(bytes) }
            switch doubt {
            case .none: break
            case .unclear: notices.note(notice(.unclearLocalTime, written), line: line)
            case .utcAssumed: notices.note(Notice(.utcAssumed, column: column), line: line)
            }
            body.append(ValueTag.instant)
            body.append(signed: instant.milliseconds)
        case .date(let format):
            let time = try reading(written) { bytes throws(UnreadableValue) in try format.time(bytes) }
            body.append(ValueTag.date)
            body.append(signed: Int64(time.date.daysSinceEpoch))
        }
        return .written
    }

    private func reading<Result>(
        _ written: Bytes, _ read: (Bytes) throws(UnreadableValue) -> Result
    ) throws(MappingFault) -> Result {
        do throws(UnreadableValue) {
            return try read(written)
        } catch {
            throw MappingFault(error, column: column, value: written.text)
        }
    }

    private func notice(_ code: Notice.Code, _ written: Bytes) -> Notice {
        Notice(code, column: column, value: isPersonal ? "" : written.text)
    }

    private func appendText(_ text: Bytes, to body: inout [UInt8]) -> Outcome {
        body.append(isPersonal ? ValueTag.personal : ValueTag.text)
        body.append(text: text)
        return isPersonal ? .writtenPersonal : .written
    }

    private func appendText(_ text: [UInt8], to body: inout [UInt8]) -> Outcome {
        text.withUnsafeBufferPointer { appendText($0, to: &body) }
    }

    private func appendEmail(
        _ written: Bytes, _ line: Int, to body: inout [UInt8], _ notices: inout Notices
    ) -> Outcome {
        do throws(UnreadableValue) {
            return try EmailAddress.read(written) { appendText($0.text, to: &body) }
        } catch {
            notices.note(Notice(.notAnEmail, column: column), line: line)
            return appendText(written, to: &body)
        }
    }

    private func appendCountry(
        _ written: Bytes, _ line: Int, to body: inout [UInt8], _ notices: inout Notices
    ) -> Outcome {
        do throws(UnreadableValue) {
            return appendText(Array(try Country.read(written).description.utf8), to: &body)
        } catch {
            notices.note(notice(.notACountry, written), line: line)
            return appendText(written, to: &body)
        }
    }

    private func appendList(_ written: Bytes, _ separator: [UInt8], to body: inout [UInt8]) {
        let items = ListItems.of(written, separator)
        body.append(ValueTag.list)
        body.append(varint: UInt64(items.count))
        for item in items { item.withUnsafeBufferPointer { body.append(text: $0) } }
    }

    private func money(
        _ written: Bytes, _ style: NumberStyle, _ cell: CurrencyCell, _ view: RowView
    ) throws(MappingFault) -> Money {
        let number = try reading(written) { bytes throws(UnreadableValue) in try style.number(bytes) }
        guard let currency = currency(number, cell, view) else {
            throw MappingFault(.noCurrency, column: column, value: written.text)
        }
        if let beside = number.currency, !beside.canMean(currency) {
            throw MappingFault(.otherCurrency, column: column, value: written.text)
        }
        do {
            return try Money(number.value, currency)
        } catch {
            throw MappingFault(.numberTooLarge, column: column, value: written.text)
        }
    }

    /// The column's own currency, then what is written beside the amount, then the mapping's.
    private func currency(_ number: WrittenNumber, _ cell: CurrencyCell, _ view: RowView) -> Currency? {
        var written: Currency?
        if case .code(let currency)? = number.currency { written = currency }
        switch cell {
        case .written: return written
        case .fixed(let currency): return written ?? currency
        case .column(let source, let otherwise):
            return view.withField(source) { field in Currency(code: field.trimmed.text.uppercased()) } ?? written
                ?? otherwise
        }
    }
}

/// The items of a field that holds several: `5;7;9`, `[5, 7]`, `["a","b"]`.
enum ListItems {
    static func of(_ written: Bytes, _ separator: [UInt8]) -> [[UInt8]] {
        let inner =
            written.first == UInt8(ascii: "[") && written.last == UInt8(ascii: "]")
            ? Bytes(rebasing: written.dropFirst().dropLast()) : written
        return split(inner, separator.first ?? UInt8(ascii: ";"))
    }

    private static func split(_ bytes: Bytes, _ separator: UInt8) -> [[UInt8]] {
        bytes.split(separator: separator).compactMap { part in
            let item = Bytes(rebasing: part).trimmed
            let isQuoted = item.count >= 2 && item.first == UInt8(ascii: "\"") && item.last == item.first
            let plain = isQuoted ? Array(item.dropFirst().dropLast()) : Array(item)
            return plain.isEmpty ? nil : plain
        }
    }
}

func lowercased(_ bytes: Bytes) -> [UInt8] {
    bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
}
