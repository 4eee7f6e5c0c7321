internal import Access
internal import Hummingbird
internal import Roles

/// Who changed what of who may do what.
enum AuditPage {
    static let routes: [Route] = [Route(.get, "/audit", .seeAudit) { try await page($0) }]

    private static func page(_ asked: Asked) async throws -> Response {
        let (access, before) = (asked.site.access, Int64(asked.query["before"]) ?? .max)
        let entries = try await Blocking.run { try access.auditEntries(before: before, limit: 100) }
        let members = try await Blocking.run { try access.members() }
        let head = try await Blocking.run { try access.auditHead() }
        return Layout.page("Audit trail", at: "/audit", asked, content(entries, names(members), head))
    }

    /// The trail itself names nobody: it outlives whoever leaves.
    private static func names(_ members: [Member]) -> [String: String] {
        Dictionary(members.map { (Actor.member($0.id).text, $0.name) }) { first, _ in first }
    }

    private static func content(_ entries: [AuditEntry], _ names: [String: String], _ head: AuditHead) -> HTML {
        let rows = entries.html { entry in
            """
            <tr><td class="number">\(entry.sequence)</td><td>\(entry.at.shown)</td><td>\(named(entry.actor, names))</td>
            <td>\(entry.deed)</td><td>\(named(entry.subject, names))</td><td>\(entry.detail)</td></tr>
            """
        }
        let earlier: HTML =
            entries.last.map { $0.sequence > 1 } ?? false
            ? "<p class=\"pages\"><a href=\"/audit?before=\(entries.last?.sequence ?? 0)\">Earlier entries</a></p>" : ""
        return """
            <p>Each entry is tied to all before it. Head: <code>\(head.text)</code></p>
            <p class="soft">Write the head down where nobody can change it: then <code>interlock audit verify</code> proves that
            nothing was changed or is missing.</p>
            <div class="scroll" tabindex="0" role="region" aria-label="Entries"><table><thead><tr><th scope="col" class="number">No.</th><th scope="col">When</th>
            <th scope="col">Who</th><th scope="col">Did what</th><th scope="col">To whom or what</th>
            <th scope="col">More</th></tr></thead><tbody>\(rows)</tbody></table></div>\(earlier)
            """
    }

    private static func named(_ text: String, _ names: [String: String]) -> HTML {
        names[text].map { "\($0) <span class=\"soft\">(\(text))</span>" } ?? HTML(text)
    }
}
