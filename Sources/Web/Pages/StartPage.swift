internal import Hummingbird
internal import Roles

/// Where one arrives: at the score.
enum StartPage {
    static let routes: [Route] = [
        Route(.get, "/", .ownSession) { _ in .redirect(to: "/scoreboard") }
    ]
}
