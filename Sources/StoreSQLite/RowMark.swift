internal import Crypto
internal import Journal
internal import Vocabulary

/// Eight bytes beside a row that no chain covers, taken from all its columns: SQLite hands out a flipped bit as if it had
/// been written. Against whoever can write the file they protect nothing.
struct RowMark {
    private var bytes: [UInt8] = []

    static func of(_ person: PersonRecord, destroyed: Int64) -> Int64 {
        var mark = RowMark()
        mark.add(person.person)
        mark.add(person.subject.text)
        mark.add(person.key?.bytes ?? [])
        mark.add(person.erased?.milliseconds ?? 0)
        mark.add(destroyed)
        return mark.value
    }

    static func of(_ importMark: ImportMark) -> Int64 {
        var mark = RowMark()
        mark.add(importMark.id)
        mark.add(importMark.startedAfter)
        mark.add(importMark.done ? 1 : 0)
        mark.add(importMark.state)
        return mark.value
    }

    static func of(_ reject: Reject, settled: String?) -> Int64 {
        var mark = RowMark()
        for text in [reject.importID, reject.file, reject.column, reject.value, reject.code, reject.reason] {
            mark.add(text)
        }
        mark.add(Int64(reject.line))
        mark.add(reject.raw)
        mark.add(settled ?? "")
        return mark.value
    }

    private mutating func add(_ text: String) { bytes.append(text: text) }
    private mutating func add(_ number: Int64) { bytes.append(signed: number) }

    private mutating func add(_ part: [UInt8]) {
        bytes.append(varint: UInt64(part.count))
        bytes.append(contentsOf: part)
    }

    private var value: Int64 {
        SHA256.hash(data: bytes).withUnsafeBytes { Int64(bigEndian: $0.loadUnaligned(as: Int64.self)) }
    }
}
