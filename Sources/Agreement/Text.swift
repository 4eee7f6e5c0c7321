extension String {
    /// With a capital first letter.
    var sentence: String { prefix(1).uppercased() + dropFirst() }
}
