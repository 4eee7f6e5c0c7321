/// Addresses that belong to a task and not to a person: whoever reads `info@` is not one human being, so such an address
/// joins nobody.
///
/// The names are those of RFC 2142 and of the lists by which mail services tell role addresses (Mailchimp, "Limits on
/// role-based addresses"), with their usual names in German, French, Spanish, Italian, Dutch and Portuguese.
public enum RoleMailbox {
    public static func isOne(_ address: String) -> Bool {
        guard let at = address.lastIndex(of: "@") else { return false }
        let local = address[..<at].lowercased()
        return names.contains(String(local.prefix { $0 != "+" }))
    }

    public static let names = Set(
        """
        abuse accounting accounts admin administrator all billing board career careers ceo compliance contact customercare \
        customerservice cv devnull dns donotreply editor enquiries enquiry events everyone expenses feedback finance ftp \
        hello help helpdesk hi hostmaster hr inbox info information inquiries inquiry invest investor-relations invoice \
        invoices ir it jobs legal list list-request listserv mail mailer-daemon maildaemon majordomo management marketing \
        media news newsletter no-reply nobody noc noreply null office order orders partners payments payroll people phish \
        phishing post postbox postmaster pr press privacy procurement purchasing reception recruiting registrar remove \
        reply request returns root sales secretary security service services shop spam staff subscribe support sysadmin \
        team tech techsupport undisclosed-recipients unsubscribe usenet usteam uucp web webadmin webmaster website welcome \
        www \
        auskunft bestellung bestellungen bewerbung buchhaltung datenschutz einkauf empfang kontakt kundenservice \
        personal presse rechnung rechnungen redaktion sekretariat technik verkauf vertrieb verwaltung zentrale \
        accueil achats bonjour commercial communication compta comptabilite direction recrutement secretariat ventes \
        administracion atencionalcliente clientes compras contabilidad contacto empleo facturacion hola pedidos prensa \
        rrhh soporte ventas \
        acquisti amministrazione assistenza clienti commerciale contatti ordini segreteria stampa ufficio vendite \
        administratie bestellingen boekhouding inkoop klantenservice verkoop \
        administracao atendimento comercial contato contabilidade faturamento financeiro suporte vendas
        """.split(separator: " ").map(String.init))
}
