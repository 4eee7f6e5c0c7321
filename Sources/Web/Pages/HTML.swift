/// Text of a page. What is interpolated is escaped, unless it is itself `HTML`: there is no way to forget it.
///
///     let cell: HTML = "<td>\(name)</td>"
struct HTML: ExpressibleByStringInterpolation, Sendable {
    private(set) var text: String

    init(stringLiteral text: String) { self.text = text }

    init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

    /// A text as it is, escaped.
    init(_ text: String) {
        self.text = ""
        self.text.append(escaping: text)
    }

    struct Interpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity * 2) }

        mutating func appendLiteral(_ literal: String) { text += literal }
        mutating func appendInterpolation(_ html: HTML) { text += html.text }
        mutating func appendInterpolation(_ plain: String) { text.append(escaping: plain) }
        mutating func appendInterpolation(_ number: some BinaryInteger) { text += String(number) }
    }

    static func + (a: HTML, b: HTML) -> HTML {
        var sum = a
        sum.text += b.text
        return sum
    }
}

extension DefaultStringInterpolation {
    /// A piece of a page put into plain text would show its tags: say of the text that it is `HTML`.
    @available(*, unavailable, message: "this is plain text: say of it that it is HTML")
    mutating func appendInterpolation(_ html: HTML) {}
}

extension Sequence {
    /// One piece of a page for each element, one after the other.
    func html(_ piece: (Element) -> HTML) -> HTML { reduce("") { $0 + piece($1) } }
}

extension String {
    /// Safe in text and in quoted attributes (HTML standard, 13.1.2).
    fileprivate mutating func append(escaping plain: String) {
        for scalar in plain.unicodeScalars {
            switch scalar {
            case "&": append("&amp;")
            case "<": append("&lt;")
            case ">": append("&gt;")
            case "\"": append("&quot;")
            case "'": append("&#39;")
            default: unicodeScalars.append(scalar)
            }
        }
    }
}
