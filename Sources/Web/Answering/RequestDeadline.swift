internal import HTTPTypes
internal import NIOCore
internal import NIOHTTPTypes

/// How long a connection may take for what. Whoever sends a byte now and then is not idle, so idleness tells nothing: a
/// request's header and its body have an end by which they must be there.
public struct Patience: Sendable {
    /// From the connection, or the last answer, to a whole header.
    public var header: Duration
    /// For a body, before the least speed counts.
    public var body: Duration
    /// Bytes a second.
    public var leastSpeed: Int
    /// From a whole request to the end of its answer, which a slow reader delays; of a stream of events, from one to the
    /// next.
    public var answer: Duration

    public init(
        header: Duration = .seconds(15), body: Duration = .seconds(15), leastSpeed: Int = 8 * 1024,
        answer: Duration = .seconds(60)
    ) {
        (self.header, self.body, self.leastSpeed, self.answer) = (header, body, leastSpeed, answer)
    }
}

/// Closes a connection that is slower than patience lets it be. Behind the decoder: it sees whole headers only.
final class RequestDeadline: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart

    private let patience: Patience
    private var phase = RequestPhase()
    private var timer: Scheduled<Void>?

    init(_ patience: Patience) { self.patience = patience }

    func handlerAdded(context: ChannelHandlerContext) { wait(context) }

    func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: phase.headerCame()
        case .body(let part): phase.bodyCame(part.readableBytes)
        case .end: phase.requestEnded()
        }
        wait(context)
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head): phase.answerBegan(isStream: head.headerFields[.contentType] == "text/event-stream")
        case .body:
            // Whoever no longer reads takes no more events, so that this moment stays where it is.
            if phase.streamGoesOn() { wait(context) }
        case .end:
            phase.answerEnded()
            wait(context)
        }
        context.write(data, promise: promise)
    }

    /// A new phase has a new end; within a body only the end moves.
    private func wait(_ context: ChannelHandlerContext) {
        let deadline = phase.deadline(patience)
        if phase.isReadingBody, timer != nil, phase.bodyBytes > 0 { return }
        timer?.cancel()
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(deadline: deadline) {
            let (handler, context) = bound.value
            handler.timer = nil
            // A body that kept up has won time meanwhile.
            if handler.phase.deadline(handler.patience) > .now() {
                handler.wait(context)
            } else {
                context.close(promise: nil)
            }
        }
    }
}

/// Where in its exchange a connection stands.
struct RequestPhase {
    private(set) var bodyBytes = 0
    private(set) var isReadingBody = false
    private var unanswered = 0
    private var isStreaming = false
    private var since = NIODeadline.now()

    mutating func headerCame() {
        (isReadingBody, bodyBytes, since) = (true, 0, .now())
        unanswered += 1
    }

    mutating func bodyCame(_ count: Int) { bodyBytes += count }

    mutating func requestEnded() { (isReadingBody, since) = (false, .now()) }

    mutating func answerBegan(isStream: Bool) { isStreaming = isStream }

    /// Whether it is a stream, which has until the next event from here on.
    mutating func streamGoesOn() -> Bool {
        if isStreaming { since = .now() }
        return isStreaming
    }

    mutating func answerEnded() {
        (unanswered, isStreaming) = (unanswered - 1, false)
        if !isReadingBody { since = .now() }
    }

    /// By when this phase must be over.
    func deadline(_ patience: Patience) -> NIODeadline {
        if isReadingBody {
            return since + TimeAmount(patience.body)
                + .milliseconds(Int64(bodyBytes * 1000 / max(1, patience.leastSpeed)))
        }
        return since + TimeAmount(unanswered > 0 ? patience.answer : patience.header)
    }
}
