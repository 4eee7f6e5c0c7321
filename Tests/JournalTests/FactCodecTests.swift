import JournalContract
import Testing
import Vocabulary

@testable import Journal

struct FactCodecTests {
    /// Whatever bytes stand where a body should: a fact or an error, never a crash, and a fact writes the same bytes.
    @Test(arguments: 1...300)
    func damagedBodiesAreReadOrRefused(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let fact = Example.ofEveryValue.randomElement(using: &random)!
        var batch = FactBatch()
        batch.append(fact)
        for _ in 0..<50 {
            var body = batch.bodies
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                body[Int.random(in: body.indices, using: &random)] = UInt8(truncatingIfNeeded: random.next())
            }
            if Bool.random(using: &random) { body.removeLast(Int.random(in: 0...body.count, using: &random)) }
            let stored = stored(body, batch.shapes[0])
            guard let read = try? stored.asWritten(reveal: { _ in nil }) else { continue }
            var again = FactBatch()
            again.append(read)
            let reread = try self.stored(again.bodies, batch.shapes[0]).asWritten { _ in nil }
            #expect(reread == read)
        }
    }

    @Test func aBodyWithMoreThanItsShapeSaysIsDamaged() throws {
        var batch = FactBatch()
        batch.append(Example.click("1"))
        #expect(throws: JournalError.damaged("fact 1 cannot be read: bytes follow the last value, at byte 32")) {
            try stored(batch.bodies + [0], batch.shapes[0]).asWritten { _ in nil }
        }
    }

    @Test(arguments: [0, 1, 127, 128, 16_383, 16_384, UInt64.max - 1, .max])
    func lengthsReadBack(_ value: UInt64) throws {
        var bytes: [UInt8] = []
        bytes.append(varint: value)
        let read = try bytes.withUnsafeBufferPointer { bytes in
            var reader = BodyReader(bytes)
            return try reader.varint()
        }
        #expect(read == value)
    }

    @Test(arguments: [0, -1, 1, -64, 64, .min, Int64.max])
    func signedNumbersReadBack(_ value: Int64) throws {
        var bytes: [UInt8] = []
        bytes.append(signed: value)
        let read = try bytes.withUnsafeBufferPointer { bytes in
            var reader = BodyReader(bytes)
            return try reader.signed()
        }
        #expect(read == value)
    }

    private func stored(_ body: [UInt8], _ shape: FactShape) -> StoredFact {
        StoredFact(
            sequence: 1, shape: shape, id: "1", aspect: "", occurred: Example.hour(0), known: Example.hour(0),
            recorded: Example.hour(0), body: body, person: nil)
    }
}
