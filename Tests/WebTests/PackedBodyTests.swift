import CZlib
import HTTPTypes
import Roles
import Testing
import Web

/// Bodies that are sent as gzip.
@Suite struct PackedBodyTests {
    private static let call = #"{"messageId":"1","userId":"9","event":"Demo Requested"}"#

    /// As gzip writes it.
    private func packed(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        deflateInit2_(
            &stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        defer { deflateEnd(&stream) }
        var (input, output) = (bytes, [UInt8](repeating: 0, count: bytes.count + 1024))
        let size = output.count
        let count = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(size)
                deflate(&stream, Z_FINISH)
                return size - Int(stream.avail_out)
            }
        }
        return Array(output.prefix(count))
    }

    @Test func whatIsPackedIsTakenInOnceAsIfItWereNot() async throws {
        let house = try House()
        let key = try house.key([.send])
        let body = packed(Array(PackedBodyTests.call.utf8))
        for (encoding, member) in [("gzip", "accepted"), ("GZIP", "known"), ("x-gzip", "known")] {
            let answer = try await house.post("/v1/track", bytes: body, key: key, encoding: encoding)
            #expect(answer.status == 200 && answer.member(member) == "1", "\(encoding): \(answer.body)")
        }
        #expect(try await house.post("/v1/track", PackedBodyTests.call, key: key).member("known") == "1")
    }

    @Test func whatIsNoGzipOrBreaksOffIsRefused() async throws {
        let house = try House()
        let key = try house.key([.send])
        let body = packed(Array(PackedBodyTests.call.utf8))
        for (bytes, encoding, status, code) in [
            (Array(PackedBodyTests.call.utf8), "gzip", 400, "not-gzip"),
            (Array(body.dropLast(5)), "gzip", 400, "cut-short"),
            (body + [0], "gzip", 400, "not-gzip"), (body, "br", 415, "content-encoding"),
            (body, "gzip, gzip", 415, "content-encoding"),
        ] {
            let answer = try await house.post("/v1/track", bytes: bytes, key: key, encoding: encoding)
            #expect(answer.status == status && answer.body.contains(code), "\(code): \(answer.body)")
        }
    }

    /// A few kilobytes that would be many megabytes.
    @Test func aBombIsPutOutBeforeItGoesOff() async throws {
        let house = try House()
        let key = try house.key([.send])
        let bomb = packed([UInt8](repeating: 0x20, count: 20 << 20))
        #expect(bomb.count < 30_000)
        let answer = try await house.post("/v1/batch", bytes: bomb, key: key, encoding: "gzip")
        #expect(answer.status == 413, "\(answer.status)")
        // Within the ratio, and still more than the address takes.
        var random = UInt64(1)
        let noise = (0..<(600 << 10)).map { _ -> UInt8 in
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(0x61 + (random >> 60))
        }
        let large = try await house.post("/v1/batch", bytes: packed(noise), key: key, encoding: "gzip")
        #expect(large.status == 413 && large.body.contains("too-large"), "\(large.body)")
    }
}
