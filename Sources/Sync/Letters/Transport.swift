/// How an attempt to hand something to another system went.
public enum Delivered: Hashable, Sendable {
    case accepted
    /// Not now; perhaps not before so many seconds.
    case later(problem: String, seconds: Int64?)
    /// Never as it stands.
    case refused(problem: String)
    /// The endpoint is gone for good.
    case gone
}

/// What carries letters: the network, or a test.
public protocol Transport: Sendable {
    /// Blocks until the server has taken the mail over, or has not.
    func send(_ mail: [UInt8], from: String, to: String) -> Delivered

    /// Blocks until the endpoint has answered, or has not.
    func post(_ body: [UInt8], to url: String, headers: [(name: String, value: String)]) -> Delivered
}

extension Delivered {
    /// What an answer by HTTP means: anything but 2xx is tried again, redirects too; 410 ends the endpoint.
    public init(status: Int, retryAfter: Int64?) {
        switch status {
        case 200..<300: self = .accepted
        case 410: self = .gone
        default: self = .later(problem: "answered \(status)", seconds: retryAfter)
        }
    }

    /// What an SMTP server said last (RFC 5321, 4.2): 5yz is final.
    public init(reply: Int) {
        switch reply {
        case 200..<400: self = .accepted
        case 500..<600: self = .refused(problem: "the mail server said \(reply)")
        default: self = .later(problem: "the mail server said \(reply)", seconds: nil)
        }
    }
}
