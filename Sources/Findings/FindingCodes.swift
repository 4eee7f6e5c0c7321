/// What can be wrong with any file of this kind, before what it says is looked at.
extension FindingCode {
    public static let tooLarge = FindingCode("too-large")
    public static let notText = FindingCode("not-text")
    public static let tooDeep = FindingCode("too-deep")
    public static let unsupportedYAML = FindingCode("unsupported-yaml")
    public static let notYAML = FindingCode("not-yaml")
    public static let duplicateKey = FindingCode("duplicate-key")

    public static let ofAnyFile: [FindingCode] = [
        .tooLarge, .notText, .tooDeep, .unsupportedYAML, .notYAML, .duplicateKey,
    ]
}
