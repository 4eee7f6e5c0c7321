/// All the zones there are, as of one release of the IANA database. Its digest is a company fact: a change of zone data
/// is proposed, compared and adopted, never slipped in by an update of the machine.
public struct ZoneTable: Sendable {
    /// `2026a`, where the release could be found out.
    public let release: String?
    private let zones: [String: Zone]

    /// Of two zones with one name the last wins. Links (`Asia/Calcutta`) are zones with a name of their own.
    public init(_ zones: [Zone], release: String? = nil) {
        self.zones = Dictionary(zones.map { ($0.name, $0) }) { $1 }
        self.release = release
    }

    public subscript(name: String) -> Zone? { zones[name] }

    /// In order of their bytes.
    public var names: [String] { zones.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }

    /// What the digest is taken of: names, changes and rules, so that fat and slim files of one release, read on any
    /// machine, give the same bytes. The hash itself is the caller's, because this module imports nothing.
    ///
    /// A line for the format; for each zone in order of names a line `zone NAME`, a line `START OFFSET DAYLIGHT NAME` for
    /// each segment (milliseconds; `DAYLIGHT` is 0 or 1), and a line `then` where the last year repeats for ever.
    public var canonicalBytes: [UInt8] {
        var bytes = Array("interlock zones 1\n".utf8)
        for name in names { zones[name]!.appendCanonical(to: &bytes) }
        return bytes
    }
}

extension Zone {
    fileprivate func appendCanonical(to bytes: inout [UInt8]) {
        bytes.append(contentsOf: "zone \(name)\n".utf8)
        for (start, kind) in zip(starts, kinds) {
            let type = localTypes[Int(kind)]
            bytes.append(
                contentsOf: "\(start) \(type.offset) \(type.isDaylight ? 1 : 0) \(type.abbreviation)\n".utf8)
        }
        if rule != nil { bytes.append(contentsOf: "then\n".utf8) }
    }
}
