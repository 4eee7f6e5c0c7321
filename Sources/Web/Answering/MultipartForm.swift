internal import Foundation

/// A form that carries files (RFC 7578).
struct MultipartForm {
    struct Part {
        let name: String
        /// `nil` for a field.
        let fileName: String?
        let bytes: ArraySlice<UInt8>
    }

    let parts: [Part]

    /// `nil` for what is no such form, or was cut off.
    init?(_ body: [UInt8], type: String) {
        guard let boundary = MultipartForm.boundary(in: type) else { return nil }
        let mark = Array("\r\n--\(boundary)".utf8)
        // The first mark has no line before it.
        guard body.starts(with: mark.dropFirst(2)) else { return nil }
        var parts: [Part] = []
        var start = mark.count - 2
        while true {
            let rest = body[start...]
            if rest.starts(with: [0x2D, 0x2D]) { break }
            guard rest.starts(with: [0x0D, 0x0A]),
                let end = MultipartForm.place(of: mark, in: body, from: start + 2),
                let part = Part(body[(start + 2)..<end])
            else { return nil }
            parts.append(part)
            start = end + mark.count
        }
        self.parts = parts
    }

    static func isOne(_ type: String) -> Bool { type.lowercased().hasPrefix("multipart/form-data") }

    subscript(_ name: String) -> String {
        parts.first { $0.name == name && $0.fileName == nil }.map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
    }

    func file(_ name: String) -> Part? { parts.first { $0.name == name && $0.fileName?.isEmpty == false } }

    private static func boundary(in type: String) -> String? {
        guard isOne(type), let range = type.range(of: "boundary=") else { return nil }
        let rest = type[range.upperBound...].prefix { $0 != ";" }.filter { $0 != "\"" && $0 != " " }
        return (1...70).contains(rest.utf8.count) ? String(rest) : nil
    }

    /// Where a mark begins at or after a place.
    private static func place(of mark: [UInt8], in body: [UInt8], from start: Int) -> Int? {
        body.withUnsafeBufferPointer { bytes in
            var place = start
            while place + mark.count <= bytes.count {
                if bytes[place] == 0x0D, mark.indices.allSatisfy({ bytes[place + $0] == mark[$0] }) { return place }
                place += 1
            }
            return nil
        }
    }
}

extension MultipartForm.Part {
    /// Its head, a blank line, what it carries.
    fileprivate init?(_ bytes: ArraySlice<UInt8>) {
        let blank: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A]
        guard let end = bytes.indices.first(where: { bytes[$0] == 0x0D && bytes[$0...].starts(with: blank) }),
            end - bytes.startIndex <= 4096
        else { return nil }
        let head = String(decoding: bytes[..<end], as: UTF8.self)
        let disposition = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-disposition:") }
        guard let disposition, let name = MultipartForm.Part.value("name", in: disposition) else { return nil }
        self.init(
            name: name, fileName: MultipartForm.Part.value("filename", in: disposition), bytes: bytes[(end + 4)...])
    }

    /// Browsers write quotes within as `%22` (HTML standard, multipart form data).
    private static func value(_ name: String, in disposition: Substring) -> String? {
        guard let range = disposition.range(of: "; \(name)=\"") else { return nil }
        return String(disposition[range.upperBound...].prefix { $0 != "\"" }).replacing("%22", with: "\"")
    }
}
