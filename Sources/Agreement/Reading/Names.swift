internal import Findings

// Clauses refer to each other in any order, so the names are gathered first. What is wrong with them is said where they are
// read, not here.

extension AgreementReader {
    mutating func gatherNames(_ root: Section) {
        names.stages = Array(keys(root["stages"]).prefix(Self.mostStages))
        detourNames = keys(root["detours"])
        teamNames = keys(root["teams"])
        calendarNames = keys(root["calendars"])
        checkInNames = keys(root["check_ins"])
        names.activities = keys(root["activities"])
        names.grades = keys(root["scoring"]?["fit"]?["grades"])
        names.purposes = keys(root["consent"]?["purposes"])
        names.pipelines = keys(root["deals"]?["pipelines"])
        names.dealKinds = keys(root["deals"]?["kind"])
        names.dealStages = pipelineStages(root["deals"]?["pipelines"])
        names.fields = fieldTypes(root["fields"])
    }

    private func keys(_ syntax: Syntax?) -> [String] {
        guard case .mapping(let entries)? = syntax?.content else { return [] }
        return entries.map(\.key)
    }

    private func pipelineStages(_ pipelines: Syntax?) -> [String] {
        guard case .mapping(let entries)? = pipelines?.content else { return [] }
        return entries.flatMap { entry in
            ["open", "won", "lost"].flatMap { key -> [String] in
                guard let stages = entry.value[key] else { return [] }
                if case .list(let members) = stages.content { return members.compactMap(\.text) }
                return stages.text.map { [$0] } ?? []
            }
        }
    }

    private func fieldTypes(_ fields: Syntax?) -> [(name: String, type: ValueType)] {
        guard case .mapping(let entries)? = fields?.content else { return [] }
        return entries.map { ($0.key, fieldType($0.value).valueType) }
    }

    /// Text where it is not said or not understood.
    private func fieldType(_ field: Syntax) -> FieldType {
        var choices: [String] = []
        if case .list(let members)? = field["of"]?.content { choices = members.compactMap(\.text) }
        return FieldType(name: field["type"]?.text ?? "", choices: choices) ?? .text
    }
}

extension Syntax {
    /// The value of a key, where this is a mapping that has it.
    subscript(key: String) -> Syntax? {
        guard case .mapping(let entries) = content else { return nil }
        return entries.first { $0.key == key }?.value
    }
}

extension FieldType {
    /// `nil` where there is no such type.
    init?(name: String, choices: [String]) {
        switch name {
        case "text": self = .text
        case "email": self = .email
        case "phone": self = .phone
        case "country": self = .country
        case "integer": self = .integer
        case "number": self = .number
        case "date": self = .date
        case "money": self = .money
        case "yes_no": self = .yesNo
        case "choice": self = .choice(choices)
        default: return nil
        }
    }
}
