internal import HTTPTypes
internal import Hummingbird

/// Under which name people reach the server.
public struct SiteOrigin: Sendable {
    /// `https://interlock.example`; `nil` where the server is reached on this machine only, under any of its own names.
    private let publicOrigin: String?

    /// Takes `https://interlock.example` or `http://…`, without a path. `nil` for anything else.
    public init?(publicURL: String?) {
        guard let publicURL else {
            publicOrigin = nil
            return
        }
        let origin = publicURL.lowercased()
        let bare = origin.hasSuffix("/") ? String(origin.dropLast()) : origin
        guard let host = SiteOrigin.host(of: bare), !host.isEmpty, !host.contains("/"), !host.contains("@") else {
            return nil
        }
        publicOrigin = bare
    }

    private static func host(of origin: String) -> String? {
        for scheme in ["https://", "http://"] where origin.hasPrefix(scheme) {
            return String(origin.dropFirst(scheme.count))
        }
        return nil
    }

    public var isSecure: Bool { publicOrigin?.hasPrefix("https://") ?? false }

    /// Where a path is, for links that leave the server. `listening` is where the server listens.
    public func url(_ path: String, listening: String) -> String { (publicOrigin ?? "http://\(listening)") + path }

    // MARK: Names

    private static let ownNames: Set<String> = ["localhost", "127.0.0.1", "[::1]"]

    func isOurs(host: String) -> Bool {
        let host = host.lowercased()
        if let publicOrigin, SiteOrigin.host(of: publicOrigin) == host { return true }
        let isPort = host.hasPrefix("[") ? host.hasSuffix("]") == false : host.contains(":")
        let name = isPort ? host[..<(host.lastIndex(of: ":") ?? host.endIndex)] : host[...]
        return SiteOrigin.ownNames.contains(String(name))
    }

    /// Whether a form was sent from one of our own pages, as far as the browser says.
    func isOurs(_ request: Request) -> Bool {
        if let site = request.headers[.secFetchSite], site != "same-origin", site != "none" { return false }
        guard let origin = request.headers[.origin] else { return true }
        if let publicOrigin { return origin.lowercased() == publicOrigin }
        return origin.lowercased() == "http://\((request.head.authority ?? "").lowercased())"
    }

    // MARK: Cookies

    /// Over https a name that no other server of the domain can set a cookie under (RFC 6265bis, 4.1.3.2).
    var cookieName: String { name(of: .signIn) }

    private func name(of cookie: Cookie) -> String { (isSecure ? "__Host-" : "") + cookie.rawValue }

    enum Cookie: String {
        case signIn = "interlock"
        /// On the way to the company's issuer and back.
        case wayToIssuer = "interlock-company"
    }

    func cookie(in request: Request, for cookie: Cookie = .signIn) -> String? {
        let name = name(of: cookie)
        for header in request.headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                let sides = pair.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
                if sides.count == 2, sides[0] == name { return String(sides[1]) }
            }
        }
        return nil
    }

    /// The header that gives a browser its cookie; an empty one takes it away.
    func setCookie(_ value: String, seconds: Int, for cookie: Cookie = .signIn) -> String {
        "\(name(of: cookie))=\(value); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Lax"
            + (isSecure ? "; Secure" : "")
    }

    /// Where a request comes from. Behind a proxy that is what the proxy says last.
    func address(of request: Request, _ connection: Connection) -> String {
        guard publicOrigin != nil, let forwarded = request.headers[.forwardedFor]?.split(separator: ",").last else {
            return connection.address
        }
        return String(forwarded.filter { $0 != " " })
    }
}

extension HTTPField.Name {
    static let secFetchSite = HTTPField.Name("Sec-Fetch-Site")!
    static let forwardedFor = HTTPField.Name("X-Forwarded-For")!
    static let frameOptions = HTTPField.Name("X-Frame-Options")!
    static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
    static let openerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy")!
    static let resourcePolicy = HTTPField.Name("Cross-Origin-Resource-Policy")!
}
