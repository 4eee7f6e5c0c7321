/// `consent.rules.2.marketing_email`: an address through a list whose members have only numbers. The outermost such list
/// counts; what lies deeper belongs to the member.
struct NumberedAddress: Hashable {
    let list: String
    let number: Int
    let rest: String

    init?(_ address: String) {
        self.init(address) { _ in true }
    }

    /// Through the outermost list whose members all count together.
    init?(unordered address: String) {
        self.init(address) { !NumberedAddress.isOrdered($0) }
    }

    private init?(_ address: String, where isMeant: (_ list: String) -> Bool) {
        let parts = address.split(separator: ".", omittingEmptySubsequences: false)
        for index in parts.indices.dropFirst() {
            guard let number = Int(parts[index]) else { continue }
            let list = parts[..<index].joined(separator: ".")
            guard isMeant(list) else { continue }
            (self.list, self.number) = (list, number)
            rest = parts[(index + 1)...].joined(separator: ".")
            return
        }
        return nil
    }

    /// Whether the place of a member in the list means something.
    var isOrdered: Bool { NumberedAddress.isOrdered(list) }

    private static func isOrdered(_ list: String) -> Bool {
        let isLadder = list.hasPrefix("promises.") && list.hasSuffix(".then")
        return !isLadder && !["scoring.fit.rules", "alerts", "mission.boundaries"].contains(list)
    }
}
