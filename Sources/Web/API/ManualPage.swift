internal import HTTPTypes
internal import Hummingbird
internal import Roles

/// How programs use the server, for whoever writes one: the same document, to be read by people.
enum ManualPage {
    static let routes: [Route] = [
        Route(.get, "/docs/api", .readManual) { asked in
            let title = "For programs"
            if case .member = asked.caller { return Layout.page(title, at: "/docs/api", asked, content) }
            return Layout.door(title, content + "<p><a href=\"/\">To the start</a></p>")
        },
        OpenAPI.route,
    ]

    private static var content: HTML {
        let groups = Operation.Group.allCases.html { group in
            let operations = OpenAPI.described.filter { $0.operation.group == group }
            return "<h2>\(group.rawValue)</h2>" + operations.html { section($0.route, $0.operation) }
        }
        return """
            <p>\(OpenAPI.introduction.filter { $0 != "`" })</p>
            <p>For tools there is the same as <a href="/v1/openapi.json">OpenAPI 3.1</a>.</p>
            """ + groups
    }

    private static func section(_ route: Route, _ operation: Operation) -> HTML {
        """
        <section class="operation" id="\(operation.id)"><h3><code>\(route.method.rawValue) \(route.path.text)</code></h3>
        <p>\(operation.summary).</p>\(detail(operation))<p class="soft">\(who(route.act))</p>
        \(parameters(operation))\(bodies(operation))\(answers(operation, route.act))</section>
        """
    }

    private static func detail(_ operation: Operation) -> HTML {
        operation.detail.isEmpty ? "" : "<p>\(operation.detail.filter { $0 != "`" })</p>"
    }

    private static func who(_ act: Act) -> String {
        guard let roles = act.roles else { return "Open to everybody." }
        let people = Role.allCases.filter(roles.contains).map(\.rawValue).joined(separator: ", ")
        let key = act.scope.map { "Keys that may \($0.rawValue)" }
        return [key, people.isEmpty ? nil : "people signed in as \(people)"].compactMap { $0 }.joined(separator: "; ")
            + "."
    }

    private static func parameters(_ operation: Operation) -> HTML {
        let path = operation.path.map { ($0.name, "in the path", $0.meaning, $0.example) }
        let query = (operation.query ?? []).map { parameter in
            let need = parameter.isRequired ? "needed" : parameter.mayRepeat ? "may be repeated" : ""
            return (parameter.name, need, parameter.meaning.capitalizedFirst + ".", parameter.example)
        }
        let rows = path + query
        guard !rows.isEmpty else { return "" }
        let cells = rows.html { name, need, meaning, example in
            """
            <tr><th scope="row"><code>\(name)</code> <span class="soft">\(need)</span></th><td>\(meaning)</td>
            <td><code>\(example)</code></td></tr>
            """
        }
        return """
            <div class="scroll" tabindex="0" role="region" aria-label="Parameters of \(operation.id)"><table><caption class="soft">Parameters of \(operation.id)</caption>
            <thead><tr><th scope="col">Parameter</th><th scope="col">Meaning</th><th scope="col">For example</th></tr></thead>
            <tbody>\(cells)</tbody></table></div>
            """
    }

    private static func bodies(_ operation: Operation) -> HTML {
        operation.bodies.html {
            "<p>Takes <code>\($0.type)</code>:</p><pre tabindex=\"0\"><code>\($0.example)</code></pre>"
        }
    }

    private static func answers(_ operation: Operation, _ act: Act) -> HTML {
        let good = operation.answers.html { answer in
            let example: HTML = answer.media.first.map { "<pre tabindex=\"0\"><code>\($0.example)</code></pre>" } ?? ""
            let types = answer.media.map(\.type).joined(separator: ", ")
            return
                "<p><strong>\(answer.status)</strong> \(answer.meaning) <span class=\"soft\">\(types)</span></p>\(example)"
        }
        let faults = operation.allFaults(act).map(String.init).joined(separator: ", ")
        return good + "<p class=\"soft\">Problem documents: \(faults).</p>"
    }
}
