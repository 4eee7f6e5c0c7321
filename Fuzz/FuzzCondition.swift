/// Any text at all as a condition: read or refused, and what is read is printed and read back the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCondition(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 1 else { return 0 }
    let text = String(decoding: UnsafeBufferPointer(start: start + 1, count: count - 1), as: UTF8.self)
    let scopes = [ConditionScope.person, .deal, .profile, .routing, .dealKind]
    let scope = scopes[Int(start[0]) % scopes.count]
    let reading = ConditionCheck.condition(text, scope, names)
    precondition((reading.value == nil) == !reading.problems.isEmpty, "a condition, or what is wrong with it")
    // Parentheses can make a text longer than one may be.
    if let condition = reading.value, condition.text.utf8.count <= ConditionLexer.longest {
        precondition(ConditionCheck.condition(condition.text, scope, names).value == condition, "printed as read")
    }
    return 0
}

private let names: ConditionNames = {
    var names = ConditionNames()
    names.fields = [
        ("email", .email), ("employees", .number), ("country", .country), ("level", .choice(["vp", "staff"])),
        ("seen", .date), ("partner", .yesNo), ("budget", .money), ("company", .text),
    ]
    names.activities = ["demo", "visit"]
    names.stages = ["lead", "mql"]
    names.grades = ["A", "B"]
    names.purposes = ["mail"]
    names.pipelines = ["new"]
    names.dealStages = ["Proposal"]
    names.dealKinds = ["new"]
    return names
}()
