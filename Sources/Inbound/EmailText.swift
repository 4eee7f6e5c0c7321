internal import Intake

enum EmailText {
    /// The address in the form in which two writings of it are equal; `nil` for what is no address.
    static func normal(_ written: String) -> String? {
        var written = written
        return written.withUTF8 { bytes in
            do throws(UnreadableValue) {
                return try EmailAddress.read(bytes) { String(decoding: $0.text, as: UTF8.self) }
            } catch {
                return nil
            }
        }
    }
}
