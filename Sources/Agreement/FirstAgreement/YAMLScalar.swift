extension String {
    /// As one value, or one key, of a YAML file that every reader takes for this text, within brackets too.
    var yaml: String { isPlainYAML ? self : "'" + replacing("'", with: "''") + "'" }

    /// Words that need no quotes: begin with a letter, have nothing but letters, digits and a few signs, and mean nothing
    /// else to anybody.
    private var isPlainYAML: Bool {
        guard let first, first.isLetter, last != " ", !ambiguousNames.contains(lowercased()) else { return false }
        return unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "_.@+/- ".unicodeScalars.contains(scalar)
        }
    }
}
