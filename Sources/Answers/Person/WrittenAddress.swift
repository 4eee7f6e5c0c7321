internal import Intake
package import Journal

/// An address as somebody wrote it on a list.
package struct WrittenAddress {
    package let written: String
    /// `nil`: it is no address.
    package let identifier: Identifier?

    package init(_ written: String) { self.init(written, read: written) }

    private init(_ written: String, read address: String) {
        var address = address
        self.written = written
        identifier = address.withUTF8 { bytes in
            try? EmailAddress.read(bytes) { Identifier.email(String(decoding: $0.text, as: UTF8.self)) }
        }
    }

    private init(_ written: String, _ identifier: Identifier) {
        (self.written, self.identifier) = (written, identifier)
    }

    /// An address, or an identifier such as `record:crm/contact/501`.
    package init(naming written: String) {
        if let identifier = Identifier(text: written), identifier.scheme != .email {
            self.init(written, identifier)
        } else {
            self.init(written, read: written.hasPrefix("email:") ? String(written.dropFirst(6)) : written)
        }
    }
}
