extension String {
    /// With a capital first letter.
    var sentence: String { prefix(1).uppercased() + dropFirst() }
}

/// The bytes of a text with line breaks and backslashes escaped.
func escaped(_ text: String) -> [UInt8] {
    text.utf8.flatMap { byte -> [UInt8] in
        switch byte {
        case 10: Array("\\n".utf8)
        case 92: Array("\\\\".utf8)
        default: [byte]
        }
    }
}
