/// Yes and no as systems write them: `true`/`false`, `yes`/`no`, `t`/`f`, `y`/`n`, `1`/`0`, in any case.
public func boolean(_ written: Bytes) throws(UnreadableValue) -> Bool {
    let word = written.trimmed
    switch word.count {
    case 0: throw .empty
    case 1: return try letter(ASCII.lowercased(word[0]))
    default:
        if ASCII.matches(word, "true") || ASCII.matches(word, "yes") { return true }
        if ASCII.matches(word, "false") || ASCII.matches(word, "no") { return false }
        throw .notABoolean
    }
}

private func letter(_ letter: UInt8) throws(UnreadableValue) -> Bool {
    switch letter {
    case UInt8(ascii: "1"), UInt8(ascii: "t"), UInt8(ascii: "y"): true
    case UInt8(ascii: "0"), UInt8(ascii: "f"), UInt8(ascii: "n"): false
    default: throw .notABoolean
    }
}
