/// How columns of people are called in German, French, Spanish, Italian, Portuguese, Dutch, Polish, Czech, Swedish, Danish,
/// Norwegian and Finnish, in small letters, with accents and without. English is in `HeaderWords`.
enum PersonalWords {
    /// What is said of a person only: names, where somebody lives, when somebody was born.
    static let ofPersons: Set<String> = [
        // de
        "vorname", "nachname", "zuname", "familienname", "geburtsname", "vollname", "kontaktname", "kundenname",
        "ansprechpartner", "straße", "strasse", "anschrift", "adresse", "geburtsdatum", "geburtstag",
        // fr
        "prénom", "prenom", "prénoms", "prenoms", "naissance", "rue", "civilité", "civilite",
        // es
        "apellido", "apellidos", "dirección", "direccion", "calle", "nacimiento",
        // it
        "cognome", "indirizzo", "nascita", "nominativo",
        // pt
        "apelido", "sobrenome", "morada", "endereço", "endereco", "nascimento",
        // nl
        "voornaam", "achternaam", "tussenvoegsel", "voorletters", "adres", "straat", "geboortedatum",
        // pl
        "imię", "imie", "nazwisko", "ulica", "urodzenia",
        // cs
        "jméno", "jmeno", "příjmení", "prijmeni", "ulice", "narození", "narozeni",
        // sv, da, no
        "förnamn", "fornamn", "efternamn", "adress", "gatuadress", "personnummer", "födelsedatum", "fodelsedatum",
        "fornavn", "efternavn", "etternavn", "fødselsdato", "fodselsdato",
        // fi
        "etunimi", "sukunimi", "osoite", "katuosoite", "syntymäaika", "syntymaaika",
    ]

    /// “Name”: a person's, unless the column says that it is a company's.
    static let name: Set<String> = ["nom", "nombre", "nome", "naam", "namn", "navn", "nimi"]

    static let company: Set<String> = [
        "firma", "firmenname", "unternehmen", "société", "societe", "entreprise", "empresa", "compañía", "compania",
        "azienda", "società", "societa", "bedrijf", "bedrijfsnaam", "företag", "foretag", "virksomhed", "bedrift",
        "yritys",
        "organisatie", "organisationsnamn", "konto",
    ]

    static let person: Set<String> = [
        "kunde", "kunden", "kontakt", "kontakte", "interessent", "interessenten", "ansprechpartner", "client",
        "clients",
        "cliente", "clientes", "clienti", "contacto", "contactos", "contatto", "contatti", "contato", "contatos",
        "klant",
        "klanten", "klient", "klienci", "kontakty", "kund", "kunder", "kontakter", "asiakas", "asiakkaat",
    ]

    static let phones: Set<String> = [
        "tel", "tlf", "gsm", "handy", "handynummer", "rufnummer", "portable", "móvil", "movil", "celular", "cellulare",
        "mobiel", "telemóvel", "telemovel", "komórka", "komorka", "puhelin", "matkapuhelin",
    ]

    /// `Telefonnummer`, `téléphone`, `Mobilnummer`.
    static let phoneStems = ["telef", "téléph", "teleph", "teléf", "mobil"]
}
