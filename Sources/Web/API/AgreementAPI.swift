internal import Agreement
internal import Answers
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Journal
internal import Roles
internal import Vocabulary

/// The agreement: which is in force, which versions there are, and what each says.
enum AgreementAPI {
    static let routes: [Route] = [
        .reading("/v1/agreement", .seeAgreement, inForce) { asked, type in
            let versions = try await asked.site.company.present().versions
            guard let version = versions.inForce(at: asked.now) else {
                throw Problem(
                    .notFound, "no-agreement", "No agreement is in force.",
                    remedy: "Sign one: `interlock sign status` says what is missing.")
            }
            return try await Blocking.run { version.reply(type, at: asked.now) }
        },
        .reading("/v1/agreement/versions", .seeAgreement, listing) { asked, _ in
            let versions = try await asked.site.company.present().versions
            return .json { json in json.list("data", versions.all) { $1.write(to: &$0, at: asked.now) } }
        },
        .reading("/v1/agreement/versions/{digest}", .seeAgreement, reading) { asked, type in
            let (versions, digest) = (try await asked.site.company.present().versions, asked.parameters["digest"] ?? "")
            guard let version = versions.all.first(where: { $0.digest == digest || $0.name == digest }) else {
                throw Problem(
                    .notFound, "unknown-version", "Nobody proposed an agreement of this digest.",
                    remedy: "/v1/agreement/versions lists those there are.")
            }
            return try await Blocking.run { version.reply(type, at: asked.now) }
        },
    ]

    private static let media: [Operation.Media] = [
        .json("VersionWithContract", Examples.version),
        Operation.Media(
            type: "text/html", schema: #"{"type":"string"}"#, example: "<!DOCTYPE html>\n<html lang=\"en\">…</html>\n"),
        Operation.Media(
            type: "text/plain", schema: #"{"type":"string"}"#, example: "The agreement of Birch Pumps\n"),
        Operation.Media(
            type: "text/markdown", schema: #"{"type":"string"}"#, example: "# The agreement of Birch Pumps\n"),
    ]

    private static let inForce = Operation(
        id: "readAgreement", group: .agreement, summary: "The agreement in force, as a contract",
        detail: "In plain language, defaults included: as JSON, as a page that prints, as text or as Markdown.",
        answers: [Operation.Answer(status: 200, meaning: "The contract.", media: media, isTagged: true)], faults: [404])

    private static let listing = Operation(
        id: "listVersions", group: .agreement, summary: "Every version there is, who signed it, and what is missing",
        answers: [
            Operation.Answer(
                status: 200, meaning: "Those that take force in that order, then the others as they were proposed.",
                media: [.json("VersionList", Examples.versionList)], isTagged: true,
                links: [
                    Operation.Link(
                        name: "version", operation: "readVersion", parameter: "path.digest",
                        value: "$response.body#/data/0/digest")
                ])
        ])

    private static let reading = Operation(
        id: "readVersion", group: .agreement, summary: "One version, as a contract",
        path: [
            Operation.PathParameter(
                name: "digest", meaning: "The version's digest, or its first twelve digits.",
                schema: #"{"type":"string","pattern":"^([0-9a-f]{12}|[0-9a-f]{64})$"}"#, example: "3f2a9c41b7d0")
        ],
        answers: [Operation.Answer(status: 200, meaning: "The contract.", media: media, isTagged: true)], faults: [404])
}

extension AgreementVersion {
    fileprivate func reply(_ type: String, at instant: Instant) -> Reply {
        let contract = Contract(agreement)
        switch type {
        case "text/html":
            var reply = Reply(contract.html)
            reply.contentPolicy = "default-src 'none'; style-src \(contract.html.styleSource); frame-ancestors 'none'"
            return reply
        case "text/plain": return Reply(contract.text())
        case "text/markdown": return Reply(contract.markdown)
        default:
            return .json { json in
                write(to: &json, at: instant)
                json.member("contract")
                json.object { contract.write(to: &$0) }
            }
        }
    }
}

extension String {
    /// What lets a page have the one style it brings along, and no other.
    fileprivate var styleSource: String {
        guard let start = range(of: "<style>"), let end = range(of: "</style>"), start.upperBound <= end.lowerBound,
            let digest = Hex.bytes(Hex.digest(of: Array(self[start.upperBound..<end.lowerBound].utf8)))
        else { return "'none'" }
        return "'sha256-\(Data(digest).base64EncodedString())'"
    }
}
