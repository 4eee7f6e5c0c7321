package import Foundation
package import Vocabulary

/// The time zone database of this machine, as Debian's tzdata and most other systems install it.
package enum SystemZones {
    /// `TZDIR`, as the C library understands it, else the usual folder.
    package static var folder: URL {
        let named = ProcessInfo.processInfo.environment["TZDIR"].flatMap { $0.isEmpty ? nil : $0 }
        return URL(fileURLWithPath: named ?? "/usr/share/zoneinfo", isDirectory: true)
    }

    /// One zone, for who needs no table of all: `nil` when there is none of that name.
    package static func zone(_ name: String) -> Zone? {
        guard name != "UTC" else { return .utc }
        guard Zone.isName(name), let bytes = tzif(at: folder.appendingPathComponent(name)) else { return nil }
        return try? Zone(name: name, tzif: bytes)
    }

    /// Reads every zone there is; links are zones of their own name. A file that is no zone is passed over, a damaged zone
    /// is an error: an agreement must not silently lose the one it names.
    package static func load(from folder: URL = folder) throws -> ZoneTable {
        var zones: [Zone] = []
        for name in zoneNames(in: folder) {
            guard let bytes = tzif(at: folder.appendingPathComponent(name)) else { continue }
            do throws(ZoneError) {
                zones.append(try Zone(name: name, tzif: bytes))
            } catch {
                throw Trouble(
                    "the time zone file \(folder.path)/\(name) cannot be used: \(error)",
                    remedy: "Install the time zone data again: apt-get install --reinstall tzdata")
            }
        }
        guard !zones.isEmpty else {
            throw Trouble(
                "there is no time zone data in \(folder.path)",
                remedy: "Install it with: apt-get install tzdata (or let TZDIR name the folder it is in)")
        }
        return ZoneTable(zones, release: release(in: folder))
    }

    /// Sorted, without the trees that repeat all zones (`posix/`) or count leap seconds (`right/`) and without what only
    /// this machine means by a name.
    private static func zoneNames(in folder: URL) -> [String] {
        let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return paths.filter { path in
            Zone.isName(path) && !path.hasPrefix("posix/") && !path.hasPrefix("right/")
                && path != "localtime" && path != "posixrules"
        }.sorted()
    }

    private static func tzif(at file: URL) -> [UInt8]? {
        guard let data = try? Data(contentsOf: file), data.starts(with: "TZif".utf8) else { return nil }
        return Array(data)
    }

    /// `tzdata.zi` begins with `# version 2026a`.
    private static func release(in folder: URL) -> String? {
        guard let handle = try? FileHandle(forReadingFrom: folder.appendingPathComponent("tzdata.zi")),
            let start = try? handle.read(upToCount: 64)
        else { return nil }
        let words = String(decoding: start, as: UTF8.self).prefix { $0 != "\n" }.split(separator: " ")
        return words.count == 3 && words[1] == "version" ? String(words[2]) : nil
    }
}
