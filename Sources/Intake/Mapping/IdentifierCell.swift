internal import Crypto
internal import Journal

/// How a row names a person, an account or an actor.
struct IdentifierCell {
    var scheme: Identifier.Scheme
    /// `source/object` for records, the source for anonymous ids, as written in bodies: length and bytes.
    var namespace: [UInt8]
    var column: String
    var source: FieldSource
    var constant: [UInt8]?
    /// Actors are our own staff: written in clear.
    var isActor = false

    /// Appends the identifier to `body`; false when the row does not name anyone here.
    func write(_ view: RowView, to body: inout [UInt8], _ notices: inout Notices) -> Bool {
        if let constant { return constant.withUnsafeBufferPointer { append($0, to: &body) } }
        return view.withField(source) { field in
            let value = field.trimmed
            switch scheme {
            case _ where value.isEmpty: return false
            case .record, .anonymous, .phone: return append(value, to: &body)
            case .domain: return lowercased(value).withUnsafeBufferPointer { append($0, to: &body) }
            case .email: return appendEmail(value, view.row.position.line, to: &body, &notices)
            }
        }
    }

    var isPersonal: Bool { scheme.isPersonal && !isActor }

    private func appendEmail(
        _ value: Bytes, _ line: Int, to body: inout [UInt8], _ notices: inout Notices
    ) -> Bool {
        do throws(UnreadableValue) {
            return try EmailAddress.read(value) { append($0.text, to: &body) }
        } catch {
            notices.note(Notice(.notAnEmail, column: column), line: line)
            return false
        }
    }

    private func append(_ value: Bytes, to body: inout [UInt8]) -> Bool {
        body.append(scheme.rawValue | (isPersonal ? SchemeMark.personal : 0))
        body.append(contentsOf: namespace)
        body.append(text: value)
        return true
    }
}

/// How a row's id is put together for the key.
struct IdentityCell {
    enum Part {
        case field(FieldSource, column: String, isPersonal: Bool)
        /// Digest of the row and ordinal among equal rows.
        case row
    }

    var parts: [Part]

    /// Appends the id to `keys`. `row` gives digest and ordinal of the whole row.
    ///
    /// Several parts are joined by `|`, and a `|` or `\` within a part is written with a `\` before it, so that different
    /// parts never give the same id.
    func write(
        _ view: RowView, to keys: inout [UInt8], row: () throws -> [UInt8]
    ) throws {
        var isEmpty = true
        for (index, part) in parts.enumerated() {
            if index > 0 { keys.append(IdentityCell.joint) }
            switch part {
            case .row:
                keys.append(contentsOf: try row())
                isEmpty = false
            case .field(let source, let column, let isPersonal):
                try view.withField(source) { (field: Bytes) throws(MappingFault) in
                    let value = field.trimmed
                    isEmpty = isEmpty && value.isEmpty
                    try append(value, column, isPersonal, to: &keys)
                }
            }
        }
        if isEmpty { throw MappingFault(.emptyID, column: columns) }
    }

    private static let joint = UInt8(ascii: "|")
    private static let escape = UInt8(ascii: "\\")

    private var columns: String {
        parts.map { if case .field(_, let column, _) = $0 { column } else { "row" } }.joined(separator: ", ")
    }

    private func append(
        _ value: Bytes, _ column: String, _ isPersonal: Bool, to keys: inout [UInt8]
    ) throws(MappingFault) {
        for byte in value where byte < 0x20 { throw MappingFault(.controlCharacter, column: column, value: value.text) }
        // A key outlives an erasure, so an address used as an id is hashed in it.
        if isPersonal, !value.isEmpty {
            keys.append(contentsOf: Subject.digest(String(decoding: lowercased(value), as: UTF8.self)).utf8)
        } else if parts.count == 1 {
            keys.append(contentsOf: value)
        } else {
            for byte in value {
                if byte == IdentityCell.joint || byte == IdentityCell.escape { keys.append(IdentityCell.escape) }
                keys.append(byte)
            }
        }
    }
}
