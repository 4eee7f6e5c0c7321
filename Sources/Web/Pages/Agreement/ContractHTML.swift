internal import Agreement

/// Where clauses are linked to.
enum Clauses {
    /// An address as a fragment: no white space.
    static func anchor(_ address: String) -> String { address.replacing(" ", with: "%20") }
}

extension Contract {
    /// As `interlock describe` says it, within a page: the sections beside the clauses.
    var onPage: HTML {
        let numbered = sections.enumerated().map { (number: $0.offset + 1, section: $0.element) }
        let links = numbered.html { "<li><a href=\"#section-\($0.number)\">\($0.section.title)</a></li>" }
        return """
            <div class="contract">
            <nav class="sections" aria-label="Sections of the contract"><ol>\(links)</ol></nav>
            <div class="clauses">\(numbered.html { $0.section.html($0.number) })</div></div>
            """
    }
}

extension ContractSection {
    fileprivate func html(_ number: Int) -> HTML {
        """
        <section aria-labelledby="section-\(number)"><h3 id="section-\(number)">\(number). \(title)</h3>
        <ul>\(sentences.html(\.html))</ul></section>
        """
    }
}

extension Sentence {
    fileprivate var html: HTML {
        let anchors = clauses.html { "<span id=\"\(Clauses.anchor($0))\"></span>" }
        let source: HTML = reference.isEmpty ? "" : " <small>\(reference)</small>"
        return "<li>\(anchors)\(text)\(source)</li>"
    }
}

extension Sequence {
    func html(_ piece: KeyPath<Element, HTML>) -> HTML { html { $0[keyPath: piece] } }
}
