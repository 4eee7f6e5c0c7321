import Intake

/// A pull over bytes in memory, `chunk` at a time, or in random chunks when given a generator's seed.
func pull(_ bytes: [UInt8], chunk: Int = 64 << 10) -> Pull {
    var next = 0
    return { room in
        let count = min(room.count, chunk, bytes.count - next)
        room.copyBytes(from: bytes[next..<next + count])
        next += count
        return count
    }
}

/// What a reader made of a file, in a form that is easy to compare and to read when it is wrong.
enum Read: Equatable, CustomStringConvertible {
    case row([String], line: Int, offset: Int)
    case malformed(String, line: Int, column: Int, raw: [UInt8])

    var description: String {
        switch self {
        case .row(let fields, let line, let offset): "\(line)@\(offset) \(fields)"
        case .malformed(let code, let line, let column, let raw):
            "\(line):\(column) \(code) \(String(decoding: raw, as: UTF8.self).debugDescription)"
        }
    }
}

func readAll(_ reader: any RowReader) throws -> [Read] {
    let row = Row()
    var all: [Read] = []
    while true {
        switch try reader.read(into: row) {
        case .row:
            all.append(.row((0..<row.count).map(row.text), line: row.position.line, offset: row.position.offset))
        case .malformed(let malformed):
            all.append(
                .malformed(
                    malformed.reason.rawValue, line: malformed.line, column: malformed.column, raw: malformed.raw))
        case .end: return all
        }
    }
}

/// SplitMix64, by S. Vigna: a seed reproduces a run.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
