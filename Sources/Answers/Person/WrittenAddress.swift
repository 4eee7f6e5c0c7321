internal import Intake
package import Journal

/// An address as somebody wrote it on a list.
package struct WrittenAddress {
    package let written: String
    /// `nil`: it is no address.
    package let identifier: Identifier?

    package init(_ written: String) {
        self.written = written
        var written = written
        identifier = written.withUTF8 { bytes in
            try? EmailAddress.read(bytes) { Identifier.email(String(decoding: $0.text, as: UTF8.self)) }
        }
    }
}
