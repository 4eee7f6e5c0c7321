internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1

/// The line to the company's issuer: the only place where the server asks anybody anything.
///
/// Redirects are not followed, answers have an end in time and length, and the addresses are those of the configured issuer.
/// A connection for each question: there are few, and none is held meanwhile.
enum CompanyLine {
    private static let longest = 512 * 1024
    private static let patience = TimeAmount.seconds(10)

    static func get(_ address: String) async throws -> [UInt8] {
        let answer = try await ask(HTTPClientRequest(url: address))
        guard answer.status == 200 else { throw CompanyFault.silent("issuer-status-\(answer.status)") }
        return answer.body
    }

    static func post(
        _ address: String, form: [(name: String, value: String)], authorization: String?
    ) async throws -> (status: Int, body: [UInt8]) {
        var request = HTTPClientRequest(url: address)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
        if let authorization { request.headers.add(name: "Authorization", value: authorization) }
        let pairs = form.map { "\(PercentText.encoded($0.name))=\(PercentText.encoded($0.value))" }
        request.body = .bytes(ByteBuffer(string: pairs.joined(separator: "&")))
        return try await ask(request)
    }

    private static func ask(_ request: HTTPClientRequest) async throws -> (status: Int, body: [UInt8]) {
        var request = request
        request.headers.add(name: "Accept", value: "application/json")
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout = .init(connect: .seconds(5), read: .seconds(5))
        let asked = request
        do {
            return try await HTTPClient.withHTTPClient(configuration: configuration) { client in
                let response = try await client.execute(asked, timeout: patience)
                let body = try await response.body.collect(upTo: longest)
                return (Int(response.status.code), Array(body.readableBytesView))
            }
        } catch {
            throw CompanyFault.silent("issuer-unreachable")
        }
    }
}
