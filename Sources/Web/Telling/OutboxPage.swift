internal import Access
internal import HTTPTypes
internal import Hummingbird
internal import Roles
internal import Sync
internal import Vocabulary

/// What is still to be told, what could not be, and what to do about it; and where one click ends digests.
enum OutboxPage {
    static let routes: [Route] = [
        Route(.get, "/outbox", .tendOutbox) { try await page($0) },
        Route(.post, "/outbox/{key}/resend", .tendOutbox) { asked in
            try await change(asked) { try $0.resend(try asked.text("key"), at: asked.now) }
        },
        Route(.post, "/outbox/{key}/cancel", .tendOutbox) { asked in
            try await change(asked) { try $0.cancel(try asked.text("key"), why: "cancelled by hand", at: asked.now) }
        },
        Route(.post, "/outbox/reopen", .tendOutbox) { asked in
            try await change(asked) { outbox in
                try outbox.reopen(target: asked.form["target"])
                return true
            }
        },
        Route(.get, "/unsubscribe/{token}", .stopDigests) { try confirmation($0) },
        Route(.post, "/unsubscribe/{token}", .stopDigests, .api) { try await unsubscribe($0) },
    ]

    private static func change(
        _ asked: Asked, _ body: @escaping @Sendable (any OutboxStore) throws -> Bool
    ) async throws -> Response {
        guard let courier = asked.site.courier else { throw Problem.notFound }
        let outbox = courier.bag.outbox
        guard try await Blocking.run({ try body(outbox) }) else {
            throw Problem(
                .conflict, "not-so-any-more", "This message is in another state by now.",
                remedy: "Look at the outbox again.")
        }
        courier.forgetBooks()
        return .redirect(to: "/outbox")
    }

    // MARK: The page

    /// Where nothing is sent, it is said here.
    private static func roads(_ bag: CourierBag) -> HTML {
        guard bag.from == nil, bag.settings.slack.isEmpty, bag.settings.webhooks.isEmpty else { return "" }
        return """
            <p>This server decides who gets which lead, and shows notices to those who have a page open. It sends nothing: it was
            started without a mail server and without channels in a file of notices.</p>
            <p class="soft">See <code>interlock serve --help</code> and docs/notices.md.</p>
            """
    }

    private static func page(_ asked: Asked) async throws -> Response {
        guard let courier = asked.site.courier else { throw Problem.notFound }
        let outbox = courier.bag.outbox
        let (counts, dead, open, ended, last) = try await Blocking.run {
            (
                try outbox.counts(), try outbox.entries([.dead], limit: 100),
                try outbox.entries([.waiting, .claimed], limit: 100), try outbox.endedTargets(),
                try outbox.entries([.sent, .cancelled], limit: 50)
            )
        }
        let summary = OutboxEntry.State.allCases.map { "\(counts[$0, default: 0]) \($0.rawValue)" }.joined(
            separator: ", ")
        return Layout.page(
            "Outbox", at: "/outbox", asked,
            "<p>\(summary).</p>" + roads(courier.bag) + deadLetters(dead, asked) + endpoints(ended, asked)
                + waiting(open, asked)
                + done(last))
    }

    private static func deadLetters(_ entries: [OutboxEntry], _ asked: Asked) -> HTML {
        guard !entries.isEmpty else {
            return "<h2>Dead letters</h2><p class=\"soft\">None: whatever was sent arrived.</p>"
        }
        return """
            <h2>Dead letters</h2>
            <p>These were tried as often as is worth while. Mend what the problem names – an address, the settings, the mail
            server – and send them again; they keep their id, so nobody gets one twice.</p>
            \(table("Dead letters", entries, last: "Problem") { entry in
                """
                <td>\(entry.problem)</td><td>\(form("/outbox/\(entry.key)/resend", "Send again", entry, asked))</td>
                """
            })
            """
    }

    private static func endpoints(_ targets: Set<String>, _ asked: Asked) -> HTML {
        guard !targets.isEmpty else { return "" }
        let rows = targets.sorted().html { target in
            """
            <li><code>\(target)</code> <form class="row" method="post" action="/outbox/reopen">\(asked.formToken)
            <input type="hidden" name="target" value="\(target)"><button class="quiet" aria-label="Open \(target) again">Open again</button></form></li>
            """
        }
        return "<h2>Endpoints that said they are gone</h2><ul>\(rows)</ul>"
    }

    private static func waiting(_ entries: [OutboxEntry], _ asked: Asked) -> HTML {
        guard !entries.isEmpty else { return "<h2>Waiting</h2><p class=\"soft\">Nothing waits.</p>" }
        return """
            <h2>Waiting</h2>
            \(table("Waiting", entries, last: "Due") { entry in
                """
                <td>\(entry.due.shown)\(entry.problem.isEmpty ? "" : HTML(" – \(entry.problem), tried \(entry.attempts) times"))</td>
                <td>\(entry.state == .waiting ? form("/outbox/\(entry.key)/cancel", "Cancel", entry, asked) : "is being sent")</td>
                """
            })
            """
    }

    private static func done(_ entries: [OutboxEntry]) -> HTML {
        guard !entries.isEmpty else { return "" }
        return """
            <h2>Latest</h2>
            \(table("Latest", entries, last: "Ended") { entry in
                "<td>\(entry.ended.map(\.shown) ?? "")</td><td>\(entry.state.rawValue)\(entry.problem.isEmpty ? "" : HTML(": \(entry.problem)"))</td>"
            })
            """
    }

    private static func table(
        _ name: String, _ entries: [OutboxEntry], last: String, _ cells: (OutboxEntry) -> HTML
    ) -> HTML {
        let rows = entries.html { entry in
            """
            <tr><td>\(entry.made.shown)</td><td>\(entry.kind)</td><td>\(entry.recipient)</td><td>\(entry.target)</td>\(cells(entry))</tr>
            """
        }
        return """
            <div class="scroll" tabindex="0" role="region" aria-label="\(name)"><table><thead><tr><th scope="col">Noted</th>
            <th scope="col">What</th><th scope="col">For</th><th scope="col">By</th><th scope="col">\(last)</th>
            <th scope="col">State</th></tr></thead><tbody>\(rows)</tbody></table></div>
            """
    }

    private static func form(_ path: String, _ word: String, _ entry: OutboxEntry, _ asked: Asked) -> HTML {
        """
        <form class="row" method="post" action="\(path)">\(asked.formToken)<button class="quiet"
        aria-label="\(word): \(entry.kind) for \(entry.recipient)">\(word)</button></form>
        """
    }

    // MARK: One click

    private static func address(_ asked: Asked) throws -> String {
        guard let address = asked.site.access.text(inLinkToken: try asked.text("token"), for: .digests)
        else {
            throw Problem(
                .notFound, "unknown-link", "This link is none of ours, or was cut off.",
                remedy: "Copy the whole of it from the mail.")
        }
        return address
    }

    /// Following a link changes nothing: whoever opens it is asked.
    private static func confirmation(_ asked: Asked) throws -> Response {
        let (address, token) = (try address(asked), try asked.text("token"))
        return Layout.door(
            "End digests",
            """
            <p>Mails that gather what came since the last one will no longer be sent to \(address).</p>
            <form method="post" action="/unsubscribe/\(token)"><button>End them</button></form>
            """)
    }

    /// As mail programs send it (RFC 8058), and from the page.
    private static func unsubscribe(_ asked: Asked) async throws -> Response {
        let address = try address(asked)
        guard let courier = asked.site.courier else { throw Problem.notFound }
        let (outbox, now) = (courier.bag.outbox, asked.now)
        try await Blocking.run { try outbox.stopDigests(of: address, at: now) }
        return Layout.door("Digests are ended", "<p>No more digests go to \(address).</p>")
    }
}
