import Testing

@testable import Postman
@testable import Sync

@Suite struct PostmanTests {
    private let limits = Postman.Limits(connecting: 2, whole: 3)

    /// Nothing is even connected to: the address is looked at first.
    @Test(arguments: [
        "https://127.0.0.1:9/", "https://localhost:9/", "https://[::1]:9/", "https://10.0.0.1:9/",
        "https://169.254.169.254/",
        "https://2130706433:9/", "https://0x7f.1:9/", "https://[::ffff:127.0.0.1]:9/",
    ])
    func nothingInsideIsCalled(_ url: String) {
        let answer = Postman(limits: limits).post([], to: url, headers: [])
        #expect(answer == .later(problem: "the address lies inside, where nothing is called", seconds: nil))
    }

    @Test(arguments: ["http://example.com/", "ftp://example.com/", "file:///etc/passwd", "gopher://127.0.0.1/", ""])
    func nothingButHTTPSIsSpoken(_ url: String) {
        guard case .later(let problem, _) = Postman(limits: limits).post([], to: url, headers: []) else {
            Issue.record("it was called")
            return
        }
        #expect(!problem.isEmpty)
    }

    @Test func anAddressThatSaysMoreIsRefused() {
        let postman = Postman(mailServer: "smtp://127.0.0.1:9", allowsLoopback: true, limits: limits)
        let answer = postman.send([], from: "a@b.example", to: "c@d.example>\r\nDATA")
        #expect(answer == .refused(problem: "an address cannot be written into a mail"))
    }

    @Test func whereNobodyListensIsTriedAgain() {
        let postman = Postman(mailServer: "smtp://127.0.0.1:9", allowsLoopback: true, limits: limits)
        guard case .later = postman.send(Array("a".utf8), from: "a@b.example", to: "c@d.example") else {
            Issue.record("it was sent")
            return
        }
    }
}
