internal import Foundation
internal import Journal
public import Logging
internal import Synchronization
public import Vocabulary

/// One JSON object a line, on the standard error: what a log collector reads without being told how.
///
///     {"at":"2026-02-02T08:00:00.000Z","level":"info","message":"answered","method":"GET","route":"/journal","status":"200"}
///
/// No line names a person, an address or a path: routes stand by their templates.
public struct LogLines: LogHandler {
    public var metadata: Logger.Metadata = [:]
    public var logLevel: Logger.Level
    private let clock: @Sendable () -> Instant
    private let write: @Sendable ([UInt8]) -> Void

    public init(
        level: Logger.Level = .info, clock: @escaping @Sendable () -> Instant,
        write: (@Sendable ([UInt8]) -> Void)? = nil
    ) {
        (logLevel, self.clock) = (level, clock)
        self.write = write ?? { FileHandle.standardError.write(Data($0)) }
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var json = JSONText()
        json.object { json in
            json.member("at", clock().fixedWidthText)
            json.member("level", event.level.rawValue)
            json.member("message", event.message.description)
            let all = metadata.merging(event.metadata ?? [:]) { $1 }
            for (name, value) in all.sorted(by: { $0.key < $1.key }) { json.member(name, value.description) }
        }
        write(json.bytes + [0x0A])
    }
}
