import Answers
import ArgumentParser
import Crypto
import Foundation
import Importing
import Journal
import Vocabulary

struct ZonesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "zones",
        abstract: "Show which time zone data this machine has, by digest.",
        discussion: """
            Due dates depend on zone data, so its digest is part of what a result is made from: two machines with the same \
            digest give the same due dates. Fat and slim files of one release give the same digest.
            """)

    @Flag(help: "Print it as JSON.") var json = false
    @Flag(help: "Print the names of all zones.") var names = false

    func run() throws {
        try reportingTrouble {
            let table = try SystemZones.load()
            let digest = Hex.text(Array(SHA256.hash(data: table.canonicalBytes)))
            if names { return print(table.names.joined(separator: "\n")) }
            print(json ? line(table, digest) : text(table, digest))
        }
    }

    private func text(_ table: ZoneTable, _ digest: String) -> String {
        let release = table.release.map { "release \($0)" } ?? "of unknown release"
        return "\(grouped(table.names.count)) zones, \(release), from \(SystemZones.folder.path)\nsha256:\(digest)"
    }

    private func line(_ table: ZoneTable, _ digest: String) -> String {
        var json = JSONText()
        json.object { json in
            json.member("release", table.release ?? "")
            json.member("zones", Int64(table.names.count))
            json.member("digest", "sha256:" + digest)
        }
        return json.text
    }
}
