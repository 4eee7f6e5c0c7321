/// The word lists from which people, firms and pages are made. Nobody in them exists; every domain is below `.example`
/// (RFC 2606), so that no address can ever be delivered to.
struct Lexicon: Sendable {
    /// First and last names by territory; at the same index, how the name is written in an address.
    let firstNames = Territory.allCases.map { Words(Lexicon.firstNames[$0.rawValue]) }
    let lastNames = Territory.allCases.map { Words(Lexicon.lastNames[$0.rawValue]) }
    let firstAddresses = Territory.allCases.map { Words(Lexicon.firstNames[$0.rawValue].map(Lexicon.address)) }
    let lastAddresses = Territory.allCases.map { Words(Lexicon.lastNames[$0.rawValue].map(Lexicon.address)) }

    let firmHeads = Words(Lexicon.heads)
    let firmTails = Words(Lexicon.tails)
    let firmHeadAddresses = Words(Lexicon.heads.map(Lexicon.address))
    let firmTailAddresses = Words(Lexicon.tails.map(Lexicon.address))
    /// Legal forms by territory; the English ones bring a comma, which a reader of the files must survive.
    let legalForms = [
        Words([" GmbH", " AG", " KG", " GmbH & Co. KG", " SE"]), Words([" Ltd", " plc", " BV", " AB", " SA", ""]),
        Words([", Inc.", " LLC", " Corp.", ""]),
    ]
    let industries = Words([
        "Chemicals", "Food and Beverage", "Pharmaceuticals", "Water", "Energy", "Machinery", "Automotive", "Paper",
    ])
    let freeMailDomains = Words(["freemail.example", "postfach.example", "inbox.example"])
    let competitors = Words(["Halvorsen Messtechnik", "Brightgauge", "Ostrava Sensorik", "Delmarva Controls"])

    /// Titles by level, the most usual first; `Geschäftsführer` and `CEO` are aliases of the agreement's `c_level`.
    let titles = [
        Words(["CEO", "Geschäftsführer", "COO", "CTO"]),
        Words(["VP Operations", "VP Engineering", "Vice President Production"]),
        Words(["Director of Maintenance", "Plant Director", "Head of Engineering", "Director, Quality"]),
        Words(["Maintenance Manager", "Process Manager", "Production Manager", "Instandhaltungsleiter"]),
        Words(["Process Engineer", "Technician", "Buyer", "Automation Engineer", "Student"]),
    ]
    let levels = Words(["c_level", "vp", "director", "manager", "staff"])

    /// A name as it stands in an address: lower case, letters and digits of ASCII, umlauts written out.
    static func address(_ name: String) -> String {
        let spelled: [Character: String] = [
            "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e", "ç": "c", "å": "a", "ø": "o", "ł": "l",
            "ń": "n", "ó": "o",
        ]
        return name.lowercased().map { spelled[$0] ?? ($0.isASCII && $0.isLetter ? String($0) : "") }.joined()
    }

    private static let firstNames: [[String]] = [
        [
            "Anna", "Andreas", "Birgit", "Bernd", "Claudia", "Christian", "Daniela", "Dieter", "Elena", "Florian",
            "Franziska", "Georg", "Hannah", "Heiko", "Ingrid", "Jan", "Johanna", "Jörg", "Julia", "Jürgen", "Katrin",
            "Klaus", "Lea", "Lukas", "Manuela", "Markus", "Martina", "Matthias", "Monika", "Nils", "Petra", "Philipp",
            "Ralf", "Sabine", "Sebastian", "Silke", "Stefan", "Susanne", "Tanja", "Thomas", "Ulrike", "Uwe", "Verena",
            "Volker", "Werner", "Yvonne", "Zoë", "Günter",
        ],
        [
            "Aisha", "Alan", "Alice", "Anders", "Antoine", "Bartosz", "Beatrice", "Brendan", "Camille", "Catherine",
            "Ciara", "Colin", "Daan", "Deirdre", "Edward", "Elise", "Emma", "Fiona", "Giulia", "Graham", "Harriet",
            "Hugo", "Imogen", "Ingmar", "Isabelle", "Jack", "Jeroen", "Joanna", "Karin", "Katarzyna", "Laurent",
            "Lorenzo", "Maeve", "Malcolm", "Marta", "Nadia", "Niall", "Olivia", "Paolo", "Pierre", "Rebecca", "Rhys",
            "Saoirse", "Sanne", "Sven", "Tomasz", "Victoria", "William",
        ],
        [
            "Aaron", "Abigail", "Amber", "Ashley", "Benjamin", "Brandon", "Brianna", "Caleb", "Carla", "Chloe", "Cody",
            "Danielle", "Derek", "Diego", "Elijah", "Erin", "Ethan", "Gabriela", "Gavin", "Hailey", "Hector", "Isaac",
            "Jasmine", "Jason", "Jordan", "Kayla", "Keith", "Kevin", "Lauren", "Logan", "Luis", "Madison", "Megan",
            "Miguel", "Naomi", "Nathan", "Noah", "Paige", "Patrick", "Rachel", "Ryan", "Samantha", "Sean", "Sierra",
            "Tara", "Travis", "Vanessa", "Zachary",
        ],
    ]

    private static let lastNames: [[String]] = [
        [
            "Albrecht", "Bauer", "Baumann", "Becker", "Berger", "Brandl", "Brunner", "Dietrich", "Eberhard", "Egger",
            "Engel", "Fischer", "Frank", "Fuchs", "Graf", "Gruber", "Haas", "Hartmann", "Hauser", "Heinrich", "Hofer",
            "Hoffmann", "Huber", "Jansen", "Kaiser", "Keller", "Klein", "Koch", "Köhler", "Krämer", "Kraus", "Kuhn",
            "Lang", "Lehmann", "Leitner", "Lorenz", "Maier", "Meier", "Moser", "Müller", "Neumann", "Pichler", "Pohl",
            "Richter", "Roth", "Sauer", "Schäfer", "Schmid", "Schneider", "Schröder", "Schubert", "Seidel", "Simon",
            "Steiner", "Vogel", "Vogt", "Wagner", "Walter", "Weber", "Weiß", "Winkler", "Winter", "Wolf", "Zimmermann",
        ],
        [
            "Ashworth", "Bakker", "Barlow", "Bennett", "Bianchi", "Bianco", "Blake", "Boyle", "Brennan", "Byrne",
            "Carter", "Chapman", "Clarke", "Colombo", "Conti", "Davies", "Dekker", "Doyle", "Dubois", "Dupont",
            "Ellison", "Eriksson", "Fletcher", "Fontaine", "Foster", "Gallagher", "Garnier", "Harper", "Hendriks",
            "Holm", "Hughes", "Johansson", "Kavanagh", "Kowalski", "Lambert", "Larsson", "Lewandowski", "Lindqvist",
            "Marchetti", "Mercier", "Moreau", "Morgan", "Murphy", "Nowak", "Nyström", "Okafor", "Palmer", "Patel",
            "Pearce", "Quinn", "Reid", "Ricci", "Rousseau", "Russo", "Shaw", "Smit", "Thornton", "Visser", "Walsh",
            "Watts", "Whitfield", "Wilkes", "Zawadzki", "de Vries",
        ],
        [
            "Adams", "Alvarez", "Anderson", "Bailey", "Bishop", "Brooks", "Burke", "Campbell", "Castillo", "Coleman",
            "Collins", "Cooper", "Cruz", "Daniels", "Dawson", "Delgado", "Dixon", "Ellis", "Evans", "Ferguson",
            "Fisher", "Flores", "Freeman", "Garcia", "Gibson", "Gonzalez", "Grant", "Hayes", "Henderson", "Hicks",
            "Holmes", "Hunter", "Jenkins", "Johnson", "Kelley", "Kim", "Lawson", "Lopez", "Marshall", "Martinez",
            "Mason", "McDonald", "Mitchell", "Nguyen", "Nichols", "O'Connor", "Ortiz", "Parker", "Peterson", "Porter",
            "Ramirez", "Reynolds", "Rivera", "Robinson", "Sanders", "Shelton", "Stone", "Sullivan", "Torres", "Turner",
            "Wallace", "Warren", "Webb", "Young",
        ],
    ]

    private static let heads: [String] = [
        "Adler", "Alpen", "Amber", "Anker", "Argent", "Aster", "Atlas", "Balmoral", "Barden", "Basalt", "Beacon",
        "Bergfeld", "Birken", "Blauwasser", "Borealis", "Brackwater", "Bridgeford", "Calder", "Cardinal", "Castell",
        "Cedar", "Cobalt", "Corvus", "Crestline", "Dalton", "Danube", "Delta", "Dorn", "Eastgate", "Eisen", "Elbtal",
        "Ember", "Eschen", "Falken", "Fenwick", "Ferro", "Fjord", "Flint", "Foxglove", "Garnet", "Glacier", "Granite",
        "Greenfield", "Hafen", "Halcyon", "Harbour", "Hawthorn", "Helios", "Holm", "Horizon", "Ilmen", "Inntal",
        "Ironwood", "Isar", "Juniper", "Kestrel", "Kiefer", "Kings", "Kupfer", "Lakeview", "Lech", "Linden", "Lumen",
        "Main", "Maple", "Meridian", "Midland", "Mistral", "Monolith", "Nordsee", "Northgate", "Oakridge", "Orion",
        "Osprey", "Pegasus", "Pinnacle", "Polar", "Quarz", "Raven", "Redwood", "Rhein", "Riverside", "Rowan", "Saale",
        "Sable", "Sentinel", "Silber", "Solway", "Stein", "Sterling", "Summit", "Tannen", "Tauern", "Thistle",
    ]

    private static let tails: [String] = [
        "Anlagenbau", "Antriebe", "Aqua", "Beverages", "Biotech", "Brewing", "Castings", "Ceramics", "Chemicals",
        "Chemie", "Coatings", "Components", "Dairy", "Energy", "Engineering", "Extrusion", "Fertilisers", "Filtration",
        "Foods", "Forging", "Foundry", "Gase", "Glass", "Hydraulics", "Industries", "Kunststoffe", "Logistics",
        "Machinery", "Maschinenbau", "Materials", "Metals", "Milling", "Mineralöl", "Molkerei", "Nutrition",
        "Packaging", "Paper", "Papier", "Pharma", "Plastics", "Polymers", "Power", "Präzision", "Process", "Pumpen",
        "Recycling", "Refining", "Rubber", "Stahl", "Steel", "Sugar", "Systems", "Technik", "Textiles", "Timber",
        "Turbines", "Utilities", "Verpackung", "Wasser", "Werke",
    ]
}
