internal import Findings

extension Check {
    static let requiredFieldUnwritable = Check(
        "required-field-unwritable", .error,
        finds: "A required field that no entry point may write, where there are entry points."
    ) { checked in
        let (fields, points) = (checked.agreement.fields, checked.agreement.entryPoints)
        guard !points.isEmpty else { return [] }
        return fields.compactMap { field in
            guard let required = field.requiredAt, !points.contains(where: { $0.mayWrite.value.contains(field.name) })
            else { return nil }
            return Concern(
                at: required.place,
                "\(field.name) must be filled from \(required.value) on, and no entry point may write it: nobody would ever be handed over.",
                remedy: "Let an entry point write it, or do not require it.",
                example:
                    "\(points[0].name): {may_write: [\((points[0].mayWrite.value + [field.name]).joined(separator: ", "))]}",
                related: points.map(\.mayWrite.place))
        }
    }
}
