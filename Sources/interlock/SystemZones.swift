import Foundation
import Vocabulary

/// The zones of this machine's zone data, read when first asked for.
enum SystemZones {
    static func zone(_ name: String) -> Zone? {
        if name == "UTC" { return .utc }
        guard let data = FileManager.default.contents(atPath: folder + "/" + name) else { return nil }
        return try? Zone(name: name, tzif: Array(data))
    }

    private static var folder: String { ProcessInfo.processInfo.environment["TZDIR"] ?? "/usr/share/zoneinfo" }
}
