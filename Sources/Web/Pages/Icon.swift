internal import Hummingbird
internal import Roles

/// Two rings that hold each other.
enum Icon {
    static let route = Route(.get, "/icon.svg", .lookWhetherItRuns, .api) { _ in
        var response = Response.text(text, type: "image/svg+xml")
        response.headers[.cacheControl] = "public, max-age=86400"
        return response
    }

    private static let text = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="none" stroke-width="4"><circle cx="12" cy="16"
        r="8" stroke="#0b5c8a"/><path d="M16 9.1A8 8 0 1 1 16 22.900" stroke="#c46a1b"/></svg>

        """
}
