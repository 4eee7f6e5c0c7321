internal import Vocabulary

// Who promises what to whom, what happens when a promise is broken, and how a hand-over is answered.

extension Promise {
    /// One for each form it takes.
    func sentences(_ body: (Terms) -> [Sentence]) -> [Sentence] {
        let special = cases.flatMap { form in
            let sentences = body(form.terms)
            return ["Where \(form.condition): \(sentences[0])"] + sentences.dropFirst()
        }
        let general = body(otherwise)
        return special + (cases.isEmpty ? general : ["In all other cases: \(general[0])"] + general.dropFirst())
    }
}

extension Agreement {
    var salesPromiseSentences: [Sentence] {
        let sales = promises.sales
        var sentences = sales.respond.flatMap { $0.sentences(\.sentences) }
        sentences += sales.decide.flatMap {
            $0.sentences {
                ["Sales accepts or rejects every hand-over of a person as \($0.about) within \($0.within)."]
            }
        }
        sentences += sales.explain.flatMap {
            $0.sentences { ["Sales gives the reason or the mark of \($0.about) within \($0.within)."] }
        }
        sentences += sales.pursue.flatMap {
            $0.sentences {
                [
                    """
                    Before giving a person up, sales tries at least \($0.touches) times by \
                    \($0.channels, as: $0.channels.value.map(\.spoken).listed("or")), over \($0.over).
                    """
                ]
            }
        }
        sentences += sales.qualify.flatMap { $0.sentences { [$0.sentence] } }
        if let permission = sales.permission {
            sentences.append("Of all outward contacts by sales, consent allowed \(permission).")
        }
        return sentences + pauseSentences
    }

    private var pauseSentences: [Sentence] {
        guard let pauses = promises.pauses else { return [] }
        return [
            """
            The clock of a promise stops while a person has asked for later: until \(pauses.until), for at most \
            \(pauses.atMost).
            """
        ]
    }

    var marketingPromiseSentences: [Sentence] {
        let marketing = promises.marketing
        return sentences(marketing.deliver, \.sentences)
            + sentences(marketing.quality) { ["Of the hand-overs, sales accepts at least \($0.acceptance)."] }
            + sentences(marketing.complete) {
                ["Of the hand-overs, \($0.requiredFields) come with every required field filled."]
            }
            + sentences(marketing.consent) { ["Of the hand-overs, \($0.valid) come with a valid consent."] }
            + sentences(marketing.pipeline) {
                ["Marketing is the source of pipeline worth \($0.sourced)."]
            }
            + sentences(marketing.coverage) {
                [
                    """
                    Pipeline is worth at least \($0.atLeast) times what remains of the quota at \($0.at), counted for \
                    \($0.each).
                    """
                ]
            }
            + sentences(marketing.targetAccounts) { [$0.sentence] }
    }

    private func sentences<Terms>(_ promise: Promise<Terms>?, _ body: (Terms) -> [Sentence]) -> [Sentence] {
        promise?.sentences(body) ?? []
    }

    var verdictSentences: [Sentence] {
        var sentences: [Sentence] = verdicts.rejectReasons.map {
            "When a hand-over is rejected for \($0.name.spaced), \($0.leadsTo)."
        }
        if let mark = verdicts.acceptMark {
            sentences.append("An acceptance carries a mark of quality \(mark).")
        }
        if let silence = verdicts.silence {
            sentences.append("A hand-over that nobody answers within \(silence.after) counts as \(silence.means).")
        }
        if let dispute = verdicts.dispute {
            sentences.append(
                """
                A verdict may be disputed by \(dispute.by) within \(dispute.within); \(dispute.arbiter) rules within \
                \(dispute.rulingWithin).
                """)
        }
        return sentences
    }
}

extension Respond {
    fileprivate var sentences: [Sentence] {
        let promise: Sentence = """
            Sales turns to everybody handed over as \(to) within \(within), by \
            \(by, as: by.value.map(\.spoken).listed("or"))\("; the owner is warned when ", warnAt, " of the time is over").
            """
        return [promise]
            + then.map { "If nobody has turned to the person \($0.after) after the hand-over, \($0.action)." }
    }
}

extension Qualify {
    fileprivate var sentence: Sentence {
        "Sales takes a person from \(from) to \(to) within \(within)\("; else the person goes to ", otherwise)."
    }
}

extension Deliver {
    fileprivate var sentences: [Sentence] {
        amounts.enumerated().map { number, amount -> Sentence in
            let what = amount.what == "visitors" ? "visitors" : "people as \(amount.what)"
            return number == 0
                ? "Marketing brings \(what): \(amount.volume), and this and the next amounts are counted for \(each)."
                : "Marketing brings \(what): \(amount.volume)."
        }.orIfEmpty("What marketing brings is counted for \(each).")
    }
}

extension [Sentence] {
    fileprivate func orIfEmpty(_ sentence: Sentence) -> [Sentence] { isEmpty ? [sentence] : self }
}

extension TargetAccountsReached {
    fileprivate var sentence: Sentence {
        let goals: [Sentence] = [
            reached.map { "\($0) are reached" }, engaged.map { "\($0) are engaged" },
            withPipeline.map { "\($0) have pipeline" },
        ].compactMap(\.self)
        return "Of the target accounts, by \(by): \(goals.joined(", ", last: " and "))."
    }
}
