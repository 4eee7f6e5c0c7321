/// How people, firms and records are written: names, addresses, numbers.
struct Wording: Sendable {
    let people: People
    let lexicon = Lexicon.shared
    let site = SiteMap()

    /// HubSpot's number of a contact.
    static func contactNumber(_ person: Int) -> Int { 100_001 + person }
}

extension OutFile {
    mutating func contact(_ person: Int) { integer(Wording.contactNumber(person)) }

    /// The CRM's number of a person handed over.
    mutating func lead(_ person: Int) {
        text("00Q5e000")
        padded(person, 7)
    }

    mutating func account(_ account: Int) {
        text("0015e000")
        padded(account, 7)
    }

    mutating func deal(_ deal: Int) {
        text("0065e000")
        padded(deal, 7)
    }

    mutating func firstName(_ person: Int, _ wording: Wording) {
        let name = wording.people.name(person)
        word(wording.lexicon.firstNames[wording.people.territory(person).rawValue], name.first)
    }

    mutating func lastName(_ person: Int, _ wording: Wording) {
        let name = wording.people.name(person)
        let territory = wording.people.territory(person).rawValue
        guard wording.isMisspelled(person) else { return word(wording.lexicon.lastNames[territory], name.last) }
        var letters = wording.misspelledLastName(person)
        letters[letters.startIndex] -= 32  // ASCII capital
        raw(letters)
    }

    mutating func email(_ person: Int, _ wording: Wording) {
        let it = wording.people.persons[person]
        let territory = wording.people.territory(person).rawValue
        let name = wording.people.name(person)
        word(wording.lexicon.firstAddresses[territory], name.first)
        byte(".")
        if wording.isMisspelled(person) {
            raw(wording.misspelledLastName(person))
        } else {
            word(wording.lexicon.lastAddresses[territory], name.last)
        }
        if it.traits.contains(.freeMail) {
            integer(person)
            byte("@")
            word(wording.lexicon.freeMailDomains, person % wording.lexicon.freeMailDomains.count)
        } else {
            if name.round > 0 { integer(name.round + 1) }
            byte("@")
            domain(Int(it.account), wording)
        }
    }

    mutating func domain(_ account: Int, _ wording: Wording) {
        let firm = wording.firm(account)
        word(wording.lexicon.firmHeadAddresses, firm.head)
        byte("-")
        word(wording.lexicon.firmTailAddresses, firm.tail)
        if firm.round > 0 { integer(firm.round + 1) }
        text(".example")
    }

    /// The firm's name as a field of its own.
    mutating func firmName(_ account: Int, _ wording: Wording) {
        let start = beginField()
        firmText(account, wording)
        endField(start)
    }

    /// The firm's name within a field.
    mutating func firmText(_ account: Int, _ wording: Wording) {
        let firm = wording.firm(account)
        let territory = Country.all[Int(wording.people.accounts[account].country)].territory
        let forms = wording.lexicon.legalForms[territory.rawValue]
        word(wording.lexicon.firmHeads, firm.head)
        byte(" ")
        word(wording.lexicon.firmTails, firm.tail)
        if firm.round > 0 {
            byte(" ")
            integer(firm.round + 1)
        }
        word(forms, account % forms.count)
    }

    mutating func jobTitle(_ person: Int, offset: Int, _ wording: Wording) {
        let titles = wording.lexicon.titles[Int(wording.people.persons[person].level)]
        let start = beginField()
        word(titles, (person + offset) % titles.count)
        endField(start)
    }
}

extension Wording {
    func isMisspelled(_ person: Int) -> Bool {
        let it = people.persons[person]
        return it.twin != Person.nobody && it.traits.contains(.misspelled)
    }

    /// The second and third letters change places; where they are equal, the last one is lost.
    func misspelledLastName(_ person: Int) -> ArraySlice<UInt8> {
        let name = people.name(person)
        var letters = lexicon.lastAddresses[people.territory(person).rawValue][name.last]
        let (second, third) = (letters.startIndex + 1, letters.startIndex + 2)
        if letters[second] == letters[third] { return letters.dropLast() }
        letters.swapAt(second, third)
        return letters
    }

    /// Every combination of words is used once before a number is added. 2311 is prime and does not divide their count.
    func firm(_ account: Int) -> (head: Int, tail: Int, round: Int) {
        let all = lexicon.firmHeads.count * lexicon.firmTails.count
        let place = account * 2311 % all
        return (place / lexicon.firmTails.count, place % lexicon.firmTails.count, account / all)
    }

    func text(_ words: Words, _ index: Int) -> String { String(decoding: words[index], as: UTF8.self) }
}
