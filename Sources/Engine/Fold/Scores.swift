internal import Vocabulary

// Scores, as lists of contributions. A sum is exact only where it is needed: near a threshold, or when it is asked for.

extension AccountFold {
    /// Counts an occurrence of an engagement rule, unless a cap or an earlier equal value says no.
    mutating func score(_ rule: Int32, _ person: Int) {
        let engagement = program.engagement[rule]
        if world.versions.count > 1 {
            scored.append(
                Scored(
                    person: person, activity: program.name(engagement.activity), ordinal: ordinal(of: rule),
                    instant: present, points: engagement.points, fact: fact, version: version))
        }
        count(rule, engagement.points, version, person)
    }

    /// Which of the rules for its activity a rule is.
    private func ordinal(of rule: Int32) -> Int {
        let activity = program.engagement[rule].activity
        return program.engagement.indices.count { $0 < Int(rule) && program.engagement[$0].activity == activity }
    }

    /// Caps and what counts once are those of the version in force: all that scored is counted anew, with the points that
    /// were fixed when it happened.
    mutating func scoreAnew() {
        let (here, place) = (present, fact)
        for person in persons.indices { forgetEngagement(person) }
        for entry in scored {
            (present, fact) = (entry.instant, entry.fact)
            let rules = program.engagement.indices.filter {
                program.name(program.engagement[$0].activity) == entry.activity
            }
            let rule = entry.ordinal < rules.count ? rules[entry.ordinal] : -1
            count(Int32(rule), entry.points, entry.version, entry.person)
        }
        (present, fact) = (here, place)
    }

    private mutating func count(_ rule: Int32, _ points: Points, _ version: Int32, _ person: Int) {
        guard rule >= 0 else { return keep(rule, points, version, person, after: -1, value: -1) }
        let engagement = program.engagement[rule]
        let place = person * program.engagement.count + Int(rule)
        guard isUnderCap(engagement, lastOfRule[place]) else { return }
        var value: Int64 = -1
        if engagement.oncePer >= 0 {
            value = property(Int64(program.name(engagement.oncePer)))?.bits ?? -1
            guard isFirst(value, from: lastOfRule[place]) else { return }
        }
        keep(rule, points, version, person, after: lastOfRule[place], value: value)
        lastOfRule[place] = Int32(contributions.count - 1)
    }

    private mutating func keep(
        _ rule: Int32, _ points: Points, _ version: Int32, _ person: Int, after last: Int32, value: Int64
    ) {
        contributions.append(
            Contribution(
                rule: rule, instant: present, points: points, fact: fact, version: version,
                previous: persons[person].contribution, previousOfRule: last, value: value))
        persons[person].contribution = Int32(contributions.count - 1)
        addRoughly(points, person)
    }

    /// Fewer than n counted in (t − w, t].
    private func isUnderCap(_ rule: EngagementProgram, _ last: Int32) -> Bool {
        guard rule.cap > 0 else { return true }
        var (counted, at) = (Int32(0), last)
        while at >= 0, contributions[Int(at)].instant > present - rule.window {
            counted += 1
            if counted >= rule.cap { return false }
            at = contributions[Int(at)].previousOfRule
        }
        return true
    }

    private func isFirst(_ value: Int64, from last: Int32) -> Bool {
        var at = last
        while at >= 0 {
            if contributions[Int(at)].value == value { return false }
            at = contributions[Int(at)].previousOfRule
        }
        return true
    }

    /// In a detour that forgets: what was earned before is gone for good.
    mutating func forgetForGood(_ person: Int) {
        scored.removeAll { $0.person == person }
        forgetEngagement(person)
    }

    /// The sum starts anew, and so do caps and what counts once.
    mutating func forgetEngagement(_ person: Int) {
        persons[person].contribution = -1
        persons[person].contributions = 0
        (persons[person].rough, persons[person].roughMagnitude) = (0, 0)
        let width = program.engagement.count
        for rule in 0..<width { lastOfRule[person * width + rule] = -1 }
    }

    /// The exact sum of what is left of each contribution.
    func engagement(of person: Int, at instant: Instant) -> Points {
        guard persons[person].contribution >= 0 else { return .zero }
        let half = halfLife(person)
        var (sum, at) = (Int64(0), persons[person].contribution)
        while at >= 0 {
            let contribution = contributions[Int(at)]
            sum &+=
                HalfLife.left(of: contribution.points, after: instant - contribution.instant, halfLife: half)
                .micropoints
            at = contribution.previous
        }
        return Points(micropoints: sum)
    }

    /// The contributions of a person, oldest first.
    func contributionList(of person: Int) -> [Contribution] {
        var (list, at): ([Contribution], Int32) = ([], persons[person].contribution)
        while at >= 0 {
            list.append(contributions[Int(at)])
            at = contributions[Int(at)].previous
        }
        return list.reversed()
    }

    func halfLife(_ person: Int) -> Elapsed {
        if let halfLife = program.halfLife { return halfLife }
        guard let budget = budget(program.program.halfLife, for: person) else { return .zero }
        return Elapsed(milliseconds: Int64(budget.count) * budget.unit.elapsed.milliseconds)
    }

    /// Compares by a bound where that is enough: the contributions are rounded to a millionth each and the bound errs by
    /// less than one part in a million, so it decides unless the threshold lies within both together.
    func engagement(of person: Int, is comparison: ProgramComparison, _ threshold: Int64) -> Bool {
        let state = persons[person]
        guard state.contributions > 0 else { return comparison.holds(0, threshold) }
        if program.halfLife != nil {
            let left = HalfLife.roughly(present.milliseconds - state.roughAt, halfLife(person).milliseconds)
            let about = state.rough * left
            let error =
                Double(state.contributions) + state.roughMagnitude * left * 1e-6 * Double(state.contributions) + 1
            if abs(about - Double(threshold)) > error { return comparison.holds(Int64(about), threshold) }
        }
        return comparison.holds(engagement(of: person, at: present).micropoints, threshold)
    }

    private mutating func addRoughly(_ points: Points, _ person: Int) {
        if program.halfLife != nil, persons[person].contributions > 0 {
            let left = HalfLife.roughly(present.milliseconds - persons[person].roughAt, halfLife(person).milliseconds)
            persons[person].rough *= left
            persons[person].roughMagnitude *= left
        }
        persons[person].rough += Double(points.micropoints)
        persons[person].roughMagnitude += Double(points.micropoints.magnitude)
        persons[person].roughAt = present.milliseconds
        persons[person].contributions += 1
    }

    func fit(of person: Int) -> Points {
        if let known = persons[person].fit, program.fitNeedsFieldsOnly { return known }
        return sumOfFit(person)
    }

    func sumOfFit(_ person: Int) -> Points {
        var sum: Int64 = 0
        for index in program.fit.indices where holds(program.fit[index].when, person) {
            sum &+= program.fit[index].points.micropoints
        }
        return Points(micropoints: sum)
    }

    /// The index of the highest grade that is reached; −1: none.
    func grade(of fit: Points) -> Int32 {
        for index in program.grades.indices where program.grades[index].from <= fit { return Int32(index) }
        return -1
    }

    /// The property of the fact that is being judged, by the history's number of its name.
    func property(_ name: Int64) -> PropertyTable.Property? {
        guard fact >= 0, name >= 0 else { return nil }
        let act = history.acts[Int(history.act[Int(fact)])]
        return history.properties.property(Int32(name), of: act.properties)
    }
}
