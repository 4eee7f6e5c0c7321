internal import Findings

extension Check {
    static let needlessComplexity = Check(
        "needless-complexity", .warning,
        finds: """
            More than seven fields that must be filled before a verdict can be asked for, or more than two changes of owner \
            before the first touch.
            """
    ) { checked in
        [tooManyFields(checked.agreement), tooManyOwners(checked.agreement)].compactMap { $0 }
    }

    private static func tooManyFields(_ agreement: Agreement) -> Concern? {
        let names = agreement.stages.map(\.name)
        guard let first = agreement.stages.firstIndex(where: { $0.handOver != nil }) else { return nil }
        let required = agreement.fields.compactMap(\.requiredAt).filter { names[...first].contains($0.value) }
        guard required.count > 7 else { return nil }
        return Concern(
            at: required[7].place,
            "\(required.count) fields must be filled before anybody is handed over in \(names[first]).",
            remedy: "Ask for at most seven; ask for the others at a later stage.", related: required.map(\.place))
    }

    private static func tooManyOwners(_ agreement: Agreement) -> Concern? {
        guard let respond = agreement.promises.sales.respond.first?.otherwise,
            let last = agreement.stages.firstIndex(where: { $0.name == respond.to.value })
        else { return nil }
        let sides = agreement.stages[...last].map(\.side.value.words)
        let owners = sides + [agreement.stages[last].handOver?.value.words].compactMap { $0 }
        let changes = zip(owners, owners.dropFirst()).count { $0 != $1 }
        guard changes > 2 else { return nil }
        return Concern(
            at: agreement.stages[last].side.place,
            "A lead changes its owner \(changes) times before anybody turns to it: \(owners.joined(separator: ", ")).",
            remedy: "Let fewer sides hold it before the first touch.",
            related: agreement.stages[..<last].map(\.side.place))
    }
}
