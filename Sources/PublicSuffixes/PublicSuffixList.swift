internal import CPSL

/// The Public Suffix List of this machine (publicsuffix.org): where names end under which anyone can register one of their
/// own. `acme.co.uk` is registrable, `co.uk` is a suffix.
public final class PublicSuffixList: @unchecked Sendable {
    /// Never written to after `init`, and the library only reads it.
    private let list: OpaquePointer?
    private let isOwned: Bool

    /// The newer of the system's file and the list that the library was built with.
    public init() {
        let latest = psl_latest(nil)
        (list, isOwned) = (latest ?? psl_builtin(), latest != nil)
    }

    deinit {
        if isOwned { psl_free(list) }
    }

    /// `mail.acme.co.uk` → `acme.co.uk`; `nil` for a suffix, and for what is no domain. In lower case, as identifiers are.
    public func registrableDomain(of domain: String) -> String? {
        let name = domain.lowercased()
        guard !name.hasPrefix("."), !name.hasSuffix("."), !name.utf8.contains(where: { $0 <= 0x20 }) else { return nil }
        return name.withCString { start in
            psl_registrable_domain(list, start).map { String(cString: $0) }
        }
    }
}
