/// Names of values that tell of one human being: they are kept apart from the facts and can be erased.
enum PersonalNames {
    /// Compared in small letters, without `_`, `-` and spaces: `first_name`, `firstName` and `First Name` are one.
    private static let names: Set<String> = [
        "email", "emailaddress", "workemail", "personalemail", "phone", "phonenumber", "mobile", "mobilephone", "fax",
        "firstname", "lastname", "middlename", "givenname", "familyname", "surname", "fullname", "displayname",
        "username",
        "nickname", "salutation", "address", "address1", "address2", "street", "streetaddress", "postaladdress",
        "birthday",
        "birthdate", "dateofbirth", "dob", "age", "gender", "avatar", "photo", "picture", "ip", "ipaddress", "linkedin",
        "linkedinurl", "twitter", "twitterhandle", "facebook", "github", "ssn", "passport", "latitude", "longitude",
    ]

    /// Names that are a person's when said of a person: `name` of a group is a company's.
    private static let ofPersons: Set<String> = ["name"]

    static func holds(_ name: String, ofPerson: Bool) -> Bool {
        let plain = name.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " }
        return names.contains(plain) || ofPerson && ofPersons.contains(plain)
    }
}
