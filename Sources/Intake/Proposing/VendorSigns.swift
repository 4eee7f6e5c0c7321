/// By what a file shows which vendor's system it is from.
enum VendorSigns {
    /// Every preset with its mapping.
    static let presets: [(preset: Preset, mapping: Mapping)] = Preset.all.compactMap { preset in
        (try? MappingText(preset.text).mapping).map { (preset, $0) }
    }

    /// The vendor whose presets alone read a column of this name; `nil` for a name that others use too, or that is made of
    /// words which anybody may use.
    static func vendor(ofColumn name: String) -> String? {
        if let vendor = unread[name] { return vendor }
        guard let vendors = vendors[name], vendors.count == 1, !isAnybodys(name) else { return nil }
        return vendors.first
    }

    /// The vendor that a file's name mentions: `sf_account_data.csv`, `hubspot-crm-exports-all-contacts.csv`.
    static func vendor(ofFile name: String) -> String? {
        HeaderWords(name).words.lazy.compactMap { fileWords[$0] }.first
    }

    /// Whether files named so are a connector's table of more than one word, `deal_stage`: `leads` may be anybody's.
    static func isOfTable(_ pattern: String) -> Bool { pattern.replacing("_data", with: "").contains("_") }

    private static let vendors: [String: Set<String>] = presets.reduce(into: [:]) { vendors, entry in
        for column in entry.mapping.columns where column.join == nil {
            for name in column.named { vendors[name, default: []].insert(entry.preset.vendor) }
        }
    }

    /// Columns that no preset reads and only one vendor has.
    private static let unread = [
        "portal_id": "hubspot", "portalId": "hubspot", "PhotoUrl": "salesforce", "CreatedById": "salesforce",
        "LastModifiedById": "salesforce", "sfdcType": "marketo", "sfdcAccountId": "marketo",
    ]

    private static func isAnybodys(_ name: String) -> Bool {
        HeaderWords(name).words.allSatisfy { anybodysWords.contains($0) }
    }

    private static let fileWords = [
        "hubspot": "hubspot", "hs": "hubspot", "marketo": "marketo", "mkto": "marketo", "salesforce": "salesforce",
        "sf": "salesforce", "sfdc": "salesforce",
    ]

    private static let anybodysWords: Set<String> = [
        "account", "active", "address", "amount", "annual", "archived", "at", "birth", "by", "call", "category", "city",
        "close", "closed", "company", "contact", "count", "country", "created", "createdate", "currency", "customer",
        "date",
        "deleted", "department", "description", "do", "domain", "duration", "email", "employees", "end", "event", "fax",
        "first", "firstname", "full", "fullname", "group", "hidden", "id", "industry", "is", "job", "jobtitle", "key",
        "label", "last", "lastname", "link", "manager", "method", "middle", "mobile", "mobilephone", "modified",
        "name", "not", "number", "numberofemployees", "of", "on", "owner", "person", "phone", "postal",
        "postcode", "price", "priority", "product", "quantity", "rating", "reason", "revenue", "role", "sales",
        "salutation", "score", "source", "stage", "start", "state", "status", "street", "subject", "surname", "team",
        "text",
        "time", "timestamp", "title", "total", "type", "unsubscribed", "updated", "updatedate", "url", "user", "userid",
        "username", "value", "version", "website", "when", "zip",
    ]
}
