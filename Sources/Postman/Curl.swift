internal import CCurl
internal import Glibc
public import Sync

/// The network, through libcurl: mail over SMTP with TLS, calls over HTTP.
public struct Postman: Transport {
    /// `smtps://mail.acme.example:465` or `smtp://…:587`.
    public let mailServer: String
    private let login: Login?
    /// Whether addresses of this machine may be called, and mail may go to it without TLS: for trying things out.
    public let allowsLoopback: Bool
    private let limits: Limits

    /// What the mail server knows us by.
    public struct Login: Sendable {
        public let user: String
        public let password: String

        public init(user: String, password: String) { (self.user, self.password) = (user, password) }
    }

    /// How long anything may take.
    public struct Limits: Sendable {
        public var connecting: Int
        public var whole: Int

        public init(connecting: Int = 10, whole: Int = 20) { (self.connecting, self.whole) = (connecting, whole) }
    }

    public init(
        mailServer: String = "", login: Login? = nil, allowsLoopback: Bool = false, limits: Limits = Limits()
    ) {
        (self.mailServer, self.login, self.limits) = (mailServer, login, limits)
        self.allowsLoopback = allowsLoopback
        Postman.start()
    }

    /// Once for the whole process, before any thread of it sends.
    private static func start() { _ = started }
    private static let started: CURLcode = curl_global_init(Int(CURL_GLOBAL_ALL))

    public func send(_ mail: [UInt8], from: String, to: String) -> Delivered {
        guard Mail.isAddress(from), Mail.isAddress(to) else {
            return .refused(problem: "an address cannot be written into a mail")
        }
        guard let exchange = Exchange(limits) else { return .later(problem: "no memory", seconds: nil) }
        exchange.set(CURLOPT_URL, mailServer)
        exchange.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        exchange.set(CURLOPT_MAIL_FROM, "<\(from)>")
        if let login {
            exchange.set(CURLOPT_USERNAME, login.user)
            exchange.set(CURLOPT_PASSWORD, login.password)
        }
        exchange.setList(CURLOPT_MAIL_RCPT, ["<\(to)>"])
        exchange.upload(mail)
        // Nothing goes in clear to another machine.
        if !allowsLoopback { exchange.set(CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue)) }
        let result = exchange.perform()
        if result == CURLE_OK { return .accepted }
        let reply = exchange.status
        return (400..<600).contains(reply) ? Delivered(reply: reply) : .later(problem: result.words, seconds: nil)
    }

    public func post(_ body: [UInt8], to url: String, headers: [(name: String, value: String)]) -> Delivered {
        guard let exchange = Exchange(limits) else { return .later(problem: "no memory", seconds: nil) }
        exchange.set(CURLOPT_URL, url)
        exchange.set(CURLOPT_PROTOCOLS_STR, allowsLoopback ? "http,https" : "https")
        exchange.set(CURLOPT_FOLLOWLOCATION, 0)
        // A proxy would be asked for addresses that we refuse.
        exchange.set(CURLOPT_PROXY, "")
        exchange.refuseInnerAddresses(allowsLoopback: allowsLoopback)
        exchange.setList(CURLOPT_HTTPHEADER, headers.map { "\($0.name): \($0.value)" } + ["expect:"])
        exchange.set(CURLOPT_USERAGENT, "Interlock")
        exchange.post(body)
        let result = exchange.perform()
        guard result == CURLE_OK else {
            return .later(
                problem: exchange.hasRefusedAddress ? "the address lies inside, where nothing is called" : result.words,
                seconds: nil)
        }
        return Delivered(status: exchange.status, retryAfter: exchange.retryAfter)
    }
}

/// One transfer. Of one thread.
private final class Exchange {
    private let curl: UnsafeMutableRawPointer
    private let feed = Feed()
    private var lists: [UnsafeMutablePointer<curl_slist>] = []

    /// What is sent, and how far; and what addresses may be called.
    fileprivate final class Feed {
        var bytes: [UInt8] = []
        var sent = 0
        var allowsLoopback = false
        var hasRefused = false
        var received = 0
    }

    init?(_ limits: Postman.Limits) {
        guard let curl = curl_easy_init() else { return nil }
        self.curl = curl
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_CONNECTTIMEOUT, limits.connecting)
        set(CURLOPT_TIMEOUT, limits.whole)
        _ = curl_set_pointer(curl, CURLOPT_WRITEDATA, pointer)
        // What is answered is of no interest, and a long answer is cut off.
        _ = curl_set_bytes(curl, CURLOPT_WRITEFUNCTION) { _, size, count, data in
            guard let data else { return 0 }
            let feed = Unmanaged<Feed>.fromOpaque(data).takeUnretainedValue()
            feed.received += size * count
            return feed.received > 1 << 20 ? 0 : size * count
        }
    }

    deinit {
        curl_easy_cleanup(curl)
        for list in lists { curl_slist_free_all(list) }
    }

    private var pointer: UnsafeMutableRawPointer { Unmanaged.passUnretained(feed).toOpaque() }

    func set(_ option: CURLoption, _ value: Int) { _ = curl_set_long(curl, option, value) }
    func set(_ option: CURLoption, _ value: String) { _ = value.withCString { curl_set_text(curl, option, $0) } }

    func setList(_ option: CURLoption, _ values: [String]) {
        var list: UnsafeMutablePointer<curl_slist>?
        for value in values { list = curl_slist_append(list, value) }
        guard let list else { return }
        lists.append(list)
        _ = curl_set_list(curl, option, list)
    }

    func upload(_ bytes: [UInt8]) {
        feed.bytes = bytes
        set(CURLOPT_UPLOAD, 1)
        _ = curl_set_pointer(curl, CURLOPT_READDATA, pointer)
        _ = curl_set_bytes(curl, CURLOPT_READFUNCTION) { buffer, size, count, data in
            guard let data, let buffer else { return 0 }
            let feed = Unmanaged<Feed>.fromOpaque(data).takeUnretainedValue()
            let part = feed.bytes[feed.sent...].prefix(size * count)
            for (place, byte) in part.enumerated() { buffer[place] = CChar(bitPattern: byte) }
            feed.sent += part.count
            return part.count
        }
    }

    func post(_ bytes: [UInt8]) {
        set(CURLOPT_POST, 1)
        set(CURLOPT_POSTFIELDSIZE, bytes.count)
        bytes.withUnsafeBytes { bytes in
            let base = bytes.baseAddress.map { UnsafeMutableRawPointer(mutating: $0) }
            _ = curl_set_pointer(curl, CURLOPT_COPYPOSTFIELDS, base)
        }
    }

    /// Looked at when the connection is made, after names were looked up: a name cannot change in between.
    func refuseInnerAddresses(allowsLoopback: Bool) {
        feed.allowsLoopback = allowsLoopback
        _ = curl_set_pointer(curl, CURLOPT_OPENSOCKETDATA, pointer)
        _ = curl_set_opensocket(curl) { data, _, address in
            guard let data, let address else { return CURL_SOCKET_BAD }
            let feed = Unmanaged<Feed>.fromOpaque(data).takeUnretainedValue()
            guard Exchange.mayCall(address, allowsLoopback: feed.allowsLoopback) else {
                feed.hasRefused = true
                return CURL_SOCKET_BAD
            }
            return socket(address.pointee.family, address.pointee.socktype, address.pointee.protocol)
        }
    }

    private static func mayCall(_ address: UnsafeMutablePointer<curl_sockaddr>, allowsLoopback: Bool) -> Bool {
        // The address may be longer than the field that begins it.
        let bytes = UnsafeRawPointer(address) + (MemoryLayout<curl_sockaddr>.offset(of: \.addr) ?? 16)
        func part(_ range: Range<Int>) -> [UInt8] { range.map { bytes.load(fromByteOffset: $0, as: UInt8.self) } }
        switch address.pointee.family {
        case AF_INET: return InnerAddress.mayCall(v4: part(4..<8), allowsLoopback: allowsLoopback)
        case AF_INET6: return InnerAddress.mayCall(v6: part(8..<24), allowsLoopback: allowsLoopback)
        default: return false
        }
    }

    var hasRefusedAddress: Bool { feed.hasRefused }

    func perform() -> CURLcode { curl_easy_perform(curl) }

    var status: Int {
        var status = 0
        _ = curl_get_long(curl, CURLINFO_RESPONSE_CODE, &status)
        return status
    }

    var retryAfter: Int64? {
        var seconds: curl_off_t = 0
        _ = curl_get_offset(curl, CURLINFO_RETRY_AFTER, &seconds)
        return seconds > 0 ? Int64(seconds) : nil
    }
}

extension CURLcode {
    /// In words, without names or addresses.
    fileprivate var words: String { curl_easy_strerror(self).map { String(cString: $0) } ?? "error \(rawValue)" }
}
