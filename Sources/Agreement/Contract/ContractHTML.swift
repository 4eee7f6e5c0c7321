// The contract as one page that needs nothing else: it follows the reader's choice of dark or light, prints in two columns, and
// every clause can be linked to by its address.

extension Contract {
    /// A whole document.
    public var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(escapedHTML(title))</title>
        <style>
        \(contractStyle)
        </style>
        </head>
        <body>
        <main>
        <h1>\(escapedHTML(title))</h1>
        <nav aria-label="Sections"><ol>
        \(sections.enumerated().map { $0.element.link(number: $0.offset + 1) }.joined(separator: "\n"))
        </ol></nav>
        \(sections.enumerated().map { $0.element.html(number: $0.offset + 1) }.joined(separator: "\n"))
        </main>
        </body>
        </html>

        """
    }
}

extension ContractSection {
    fileprivate func link(number: Int) -> String { "<li><a href=\"#section-\(number)\">\(escapedHTML(title))</a></li>" }

    fileprivate func html(number: Int) -> String {
        """
        <section aria-labelledby="section-\(number)">
        <h2 id="section-\(number)">\(number). \(escapedHTML(title))</h2>
        <ul>
        \(sentences.map(\.html).joined(separator: "\n"))
        </ul>
        </section>
        """
    }
}

extension Sentence {
    fileprivate var html: String {
        let anchors = clauses.map { "<span id=\"\(escapedFragment($0))\"></span>" }.joined()
        let source = reference.isEmpty ? "" : " <small>\(escapedHTML(reference))</small>"
        return "<li>\(anchors)\(escapedHTML(text))\(source)</li>"
    }
}

/// An address as an id: no white space, nothing that ends an attribute.
func escapedFragment(_ address: String) -> String {
    escapedHTML(address.split(separator: " ", omittingEmptySubsequences: false).joined(separator: "%20"))
}

func escapedHTML(_ text: String) -> String {
    var escaped = ""
    for character in text {
        switch character {
        case "&": escaped += "&amp;"
        case "<": escaped += "&lt;"
        case ">": escaped += "&gt;"
        case "\"": escaped += "&quot;"
        case "'": escaped += "&#39;"
        default: escaped.append(character)
        }
    }
    return escaped
}

private let contractStyle = """
    :root { color-scheme: light dark; --ink: #1b1b1b; --paper: #ffffff; --quiet: #595959; --link: #0b57a4; }
    @media (prefers-color-scheme: dark) { :root { --ink: #ececec; --paper: #161616; --quiet: #b0b0b0; --link: #8ab8f0; } }
    body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
    main { max-width: 44rem; margin: 0 auto; padding: 1rem; }
    h1 { line-height: 1.2; } h2 { font-size: 1.2rem; margin: 2rem 0 0.5rem; }
    ul { padding-left: 1.2rem; margin: 0; } li { margin: 0.2rem 0; overflow-wrap: anywhere; }
    li:has(:target) { outline: 2px solid var(--link); outline-offset: 2px; }
    a { color: var(--link); } small { color: var(--quiet); font-family: ui-monospace, monospace; font-size: 0.75em; }
    @media print {
      @page { size: A4; margin: 12mm; }
      :root { --ink: #000; --paper: #fff; --quiet: #444; }
      body { font-size: 7.5pt; line-height: 1.25; } main { max-width: none; padding: 0; columns: 2; column-gap: 8mm; }
      nav { display: none; } h1 { font-size: 14pt; margin: 0 0 3mm; column-span: all; }
      h2 { font-size: 9pt; margin: 2mm 0 1mm; break-after: avoid; } li { margin: 0; break-inside: avoid; }
    }
    """
