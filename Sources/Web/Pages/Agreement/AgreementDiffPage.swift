internal import Agreement
internal import Answers
internal import Hummingbird
internal import Vocabulary

/// What one version says that another does not, in words.
enum AgreementDiffPage {
    static func page(_ asked: Asked) async throws -> Response {
        let present = try await asked.site.company.present()
        let (from, to) = (try present.version(asked.query["from"]), try present.version(asked.query["to"]))
        let diff = try await Blocking.run { AgreementDiff(from: from.agreement, to: to.agreement) }
        return Layout.page(
            "What changed", at: "/agreement", asked,
            """
            <p>From <a href="\(from.link)">version \(from.name)</a> to <a href="\(to.link)">version \(to.name)</a>.
            <a href="/agreement/diff?from=\(to.name)&amp;to=\(from.name)">The other way round</a></p>
            \(diff.html { to.link(toClause: $0) })
            """)
    }
}

extension AgreementDiff {
    /// Under the contract's sections. `link` leads to a clause of the new text; `nil`: it is nowhere yet.
    func html(_ link: (String) -> String?) -> HTML {
        guard !changes.isEmpty else { return "<p>Both say the same.</p>" }
        var titles: [String] = []
        for change in changes where !titles.contains(change.section) { titles.append(change.section) }
        return titles.html { title in
            """
            <section class="changes"><h3>\(title.isEmpty ? "Elsewhere" : title)</h3>
            <ul>\(changes.filter { $0.section == title }.html { $0.html(link) })</ul></section>
            """
        }
    }

    /// `3 clauses differ; 2 of them need new signatures.`
    var summary: String {
        let signed = changes.count { $0.needsSignatures }
        let count = counted(changes.count, "clause") + (changes.count == 1 ? " differs" : " differ")
        return signed == 0 ? "\(count); nothing of it needs signatures." : "\(count); \(signed) need new signatures."
    }
}

extension AgreementDiff.Change {
    fileprivate func html(_ link: (String) -> String?) -> HTML {
        let own: HTML = "<code>\(address)</code>"
        let place: HTML = isGone ? own : link(address).map { "<a href=\"\($0)\">\(own)</a>" } ?? own
        let said: HTML = sentence.isEmpty ? "" : "<p class=\"said\">\(isGone ? "Until now" : "Now"): \(sentence)</p>"
        let people = touched.isEmpty ? "" : "Touches: \(touched.joined(separator: ", ")). "
        return """
            <li>\(place) \(words)\(said)
            <p class="soft">\(people)\(needsSignatures ? "" : "Needs no new signatures.")</p></li>
            """
    }

    private var isGone: Bool {
        if case .removed = kind { true } else { false }
    }

    /// Before and after meet the eye, and say so to whoever does not see them.
    private var words: HTML {
        switch kind {
        case .added(let new): "new: <ins>\(new)</ins>"
        case .removed(let old): "no longer: <del>\(old)</del>"
        case .changed(let old, let new): "changed from <del>\(old)</del> to <ins>\(new)</ins>"
        case .moved(let old, let new): "moved from \(old) to \(new)"
        case .renamed(let old, let new): "\(old) is now called \(new)"
        }
    }
}
