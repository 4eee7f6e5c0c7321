/// ISO 3166-1: the two codes, the English short name as people use it, then other names that were met. A line that
/// begins with a bar goes on with the names of the line before.
let countryTable = """
    AD AND Andorra|Principality of Andorra
    AE ARE United Arab Emirates|UAE|Emirates
    AF AFG Afghanistan|Islamic Republic of Afghanistan
    AG ATG Antigua and Barbuda
    AI AIA Anguilla
    AL ALB Albania|Republic of Albania
    AM ARM Armenia|Republic of Armenia
    AO AGO Angola|Republic of Angola
    AQ ATA Antarctica
    AR ARG Argentina|Argentine Republic
    AS ASM American Samoa
    AT AUT Austria|Republic of Austria|Österreich|Oesterreich|Osterreich
    AU AUS Australia
    AW ABW Aruba
    AX ALA Åland Islands|Aland Islands
    AZ AZE Azerbaijan|Republic of Azerbaijan
    BA BIH Bosnia and Herzegovina|Republic of Bosnia and Herzegovina|Bosnia|Bosnia-Herzegovina
    BB BRB Barbados
    BD BGD Bangladesh|People's Republic of Bangladesh
    BE BEL Belgium|Kingdom of Belgium|België|Belgique|Belgien|Belgie
    BF BFA Burkina Faso
    BG BGR Bulgaria|Republic of Bulgaria
    BH BHR Bahrain|Kingdom of Bahrain
    BI BDI Burundi|Republic of Burundi
    BJ BEN Benin|Republic of Benin
    BL BLM Saint Barthélemy|St. Barthélemy|Saint Barthelemy|St. Barthelemy
    BM BMU Bermuda
    BN BRN Brunei|Brunei Darussalam
    BO BOL Bolivia|Bolivia, Plurinational State of|Plurinational State of Bolivia
    BQ BES Bonaire, Sint Eustatius and Saba|Caribbean Netherlands|Bonaire
    BR BRA Brazil|Federative Republic of Brazil|Brasil
    BS BHS Bahamas|Commonwealth of the Bahamas
    BT BTN Bhutan|Kingdom of Bhutan
    BV BVT Bouvet Island
    BW BWA Botswana|Republic of Botswana
    BY BLR Belarus|Republic of Belarus|Byelorussia
    BZ BLZ Belize
    CA CAN Canada
    CC CCK Cocos Islands|Cocos (Keeling) Islands|Keeling Islands
    CD COD Democratic Republic of the Congo|Congo, The Democratic Republic of the|DRC|DR Congo
        |Congo, Democratic Republic of the|Congo-Kinshasa|Zaire
    CF CAF Central African Republic
    CG COG Republic of the Congo|Congo-Brazzaville|Congo, Republic of the
    CH CHE Switzerland|Swiss Confederation|Schweiz|Suisse|Svizzera
    CI CIV Côte d'Ivoire|Republic of Côte d'Ivoire|Ivory Coast|Cote d'Ivoire|Republic of Cote d'Ivoire
    CK COK Cook Islands
    CL CHL Chile|Republic of Chile
    CM CMR Cameroon|Republic of Cameroon
    CN CHN China|People's Republic of China|PR China|P.R.C.|Mainland China
    CO COL Colombia|Republic of Colombia
    CR CRI Costa Rica|Republic of Costa Rica
    CU CUB Cuba|Republic of Cuba
    CV CPV Cabo Verde|Republic of Cabo Verde|Cape Verde
    CW CUW Curaçao|Curacao
    CX CXR Christmas Island
    CY CYP Cyprus|Republic of Cyprus
    CZ CZE Czechia|Czech Republic|Czech Rep|Česko|Cesko
    DE DEU Germany|Federal Republic of Germany|Deutschland|GER
    DJ DJI Djibouti|Republic of Djibouti
    DK DNK Denmark|Kingdom of Denmark|Danmark
    DM DMA Dominica|Commonwealth of Dominica
    DO DOM Dominican Republic
    DZ DZA Algeria|People's Democratic Republic of Algeria
    EC ECU Ecuador|Republic of Ecuador
    EE EST Estonia|Republic of Estonia
    EG EGY Egypt|Arab Republic of Egypt
    EH ESH Western Sahara
    ER ERI Eritrea|State of Eritrea
    ES ESP Spain|Kingdom of Spain|España|Espana
    ET ETH Ethiopia|Federal Democratic Republic of Ethiopia
    FI FIN Finland|Republic of Finland|Suomi
    FJ FJI Fiji|Republic of Fiji
    FK FLK Falkland Islands|Falkland Islands (Malvinas)|Malvinas
    FM FSM Micronesia|Micronesia, Federated States of|Federated States of Micronesia
    FO FRO Faroe Islands
    FR FRA France|French Republic|Frankreich
    GA GAB Gabon|Gabonese Republic
    GB GBR United Kingdom|United Kingdom of Great Britain and Northern Ireland|UK|Great Britain|Britain|England
        |Scotland|Wales|Northern Ireland|United Kingdom (UK)
    GD GRD Grenada
    GE GEO Georgia
    GF GUF French Guiana
    GG GGY Guernsey
    GH GHA Ghana|Republic of Ghana
    GI GIB Gibraltar
    GL GRL Greenland
    GM GMB Gambia|Republic of the Gambia
    GN GIN Guinea|Republic of Guinea
    GP GLP Guadeloupe
    GQ GNQ Equatorial Guinea|Republic of Equatorial Guinea
    GR GRC Greece|Hellenic Republic|EL|Hellas
    GS SGS South Georgia and the South Sandwich Islands
    GT GTM Guatemala|Republic of Guatemala
    GU GUM Guam
    GW GNB Guinea-Bissau|Republic of Guinea-Bissau
    GY GUY Guyana|Republic of Guyana
    HK HKG Hong Kong|Hong Kong Special Administrative Region of China|Hong Kong SAR|Hong Kong SAR China
    HM HMD Heard Island and McDonald Islands
    HN HND Honduras|Republic of Honduras
    HR HRV Croatia|Republic of Croatia
    HT HTI Haiti|Republic of Haiti
    HU HUN Hungary
    ID IDN Indonesia|Republic of Indonesia
    IE IRL Ireland|Éire|Republic of Ireland|Eire
    IL ISR Israel|State of Israel
    IM IMN Isle of Man
    IN IND India|Republic of India|Bharat
    IO IOT British Indian Ocean Territory
    IQ IRQ Iraq|Republic of Iraq
    IR IRN Iran|Iran, Islamic Republic of|Islamic Republic of Iran
    IS ISL Iceland|Republic of Iceland
    IT ITA Italy|Italian Republic|Italia
    JE JEY Jersey
    JM JAM Jamaica
    JO JOR Jordan|Hashemite Kingdom of Jordan
    JP JPN Japan|Nippon
    KE KEN Kenya|Republic of Kenya
    KG KGZ Kyrgyzstan|Kyrgyz Republic|Kirghizia
    KH KHM Cambodia|Kingdom of Cambodia
    KI KIR Kiribati|Republic of Kiribati
    KM COM Comoros|Union of the Comoros
    KN KNA Saint Kitts and Nevis|St. Kitts and Nevis
    KP PRK North Korea|Korea, Democratic People's Republic of|Democratic People's Republic of Korea|Korea North|DPRK
    KR KOR South Korea|Korea, Republic of|Korea|Republic of Korea|Korea South
    KW KWT Kuwait|State of Kuwait
    KY CYM Cayman Islands
    KZ KAZ Kazakhstan|Republic of Kazakhstan|Kazakstan
    LA LAO Laos|Lao People's Democratic Republic|Lao PDR
    LB LBN Lebanon|Lebanese Republic
    LC LCA Saint Lucia|St. Lucia
    LI LIE Liechtenstein|Principality of Liechtenstein
    LK LKA Sri Lanka|Democratic Socialist Republic of Sri Lanka|Ceylon
    LR LBR Liberia|Republic of Liberia
    LS LSO Lesotho|Kingdom of Lesotho
    LT LTU Lithuania|Republic of Lithuania
    LU LUX Luxembourg|Grand Duchy of Luxembourg|Luxemburg
    LV LVA Latvia|Republic of Latvia
    LY LBY Libya
    MA MAR Morocco|Kingdom of Morocco
    MC MCO Monaco|Principality of Monaco
    MD MDA Moldova|Moldova, Republic of|Republic of Moldova|Moldavia
    ME MNE Montenegro
    MF MAF Saint Martin|Saint Martin (French part)|St. Martin|St. Martin (French part)
    MG MDG Madagascar|Republic of Madagascar
    MH MHL Marshall Islands|Republic of the Marshall Islands
    MK MKD North Macedonia|Republic of North Macedonia|Macedonia|FYROM|Macedonia, the former Yugoslav Republic of
    ML MLI Mali|Republic of Mali
    MM MMR Myanmar|Republic of Myanmar|Burma
    MN MNG Mongolia
    MO MAC Macao|Macao Special Administrative Region of China|Macau|Macau SAR|Macao SAR|Macao SAR China
    MP MNP Northern Mariana Islands|Commonwealth of the Northern Mariana Islands
    MQ MTQ Martinique
    MR MRT Mauritania|Islamic Republic of Mauritania
    MS MSR Montserrat
    MT MLT Malta|Republic of Malta
    MU MUS Mauritius|Republic of Mauritius
    MV MDV Maldives|Republic of Maldives
    MW MWI Malawi|Republic of Malawi
    MX MEX Mexico|United Mexican States|México
    MY MYS Malaysia
    MZ MOZ Mozambique|Republic of Mozambique
    NA NAM Namibia|Republic of Namibia
    NC NCL New Caledonia
    NE NER Niger|Republic of the Niger
    NF NFK Norfolk Island
    NG NGA Nigeria|Federal Republic of Nigeria
    NI NIC Nicaragua|Republic of Nicaragua
    NL NLD Netherlands|Kingdom of the Netherlands|Holland|Nederland
    NO NOR Norway|Kingdom of Norway|Norge
    NP NPL Nepal|Federal Democratic Republic of Nepal
    NR NRU Nauru|Republic of Nauru
    NU NIU Niue
    NZ NZL New Zealand|Aotearoa|Aotearoa New Zealand
    OM OMN Oman|Sultanate of Oman
    PA PAN Panama|Republic of Panama
    PE PER Peru|Republic of Peru
    PF PYF French Polynesia
    PG PNG Papua New Guinea|Independent State of Papua New Guinea
    PH PHL Philippines|Republic of the Philippines|Philippine Islands
    PK PAK Pakistan|Islamic Republic of Pakistan
    PL POL Poland|Republic of Poland|Polska
    PM SPM Saint Pierre and Miquelon|St. Pierre and Miquelon
    PN PCN Pitcairn|Pitcairn Islands
    PR PRI Puerto Rico
    PS PSE Palestine|Palestine, State of|State of Palestine|Palestinian Territories|Palestinian Territory, Occupied
        |West Bank and Gaza
    PT PRT Portugal|Portuguese Republic
    PW PLW Palau|Republic of Palau
    PY PRY Paraguay|Republic of Paraguay
    QA QAT Qatar|State of Qatar
    RE REU Réunion|Reunion
    RO ROU Romania|Roumania|Rumania
    RS SRB Serbia|Republic of Serbia
    RU RUS Russia|Russian Federation
    RW RWA Rwanda|Rwandese Republic
    SA SAU Saudi Arabia|Kingdom of Saudi Arabia|KSA
    SB SLB Solomon Islands
    SC SYC Seychelles|Republic of Seychelles
    SD SDN Sudan|Republic of the Sudan
    SE SWE Sweden|Kingdom of Sweden|Sverige
    SG SGP Singapore|Republic of Singapore
    SH SHN Saint Helena, Ascension and Tristan da Cunha|Saint Helena|St. Helena, Ascension and Tristan da Cunha
        |St. Helena
    SI SVN Slovenia|Republic of Slovenia
    SJ SJM Svalbard and Jan Mayen|Svalbard
    SK SVK Slovakia|Slovak Republic
    SL SLE Sierra Leone|Republic of Sierra Leone
    SM SMR San Marino|Republic of San Marino
    SN SEN Senegal|Republic of Senegal
    SO SOM Somalia|Federal Republic of Somalia
    SR SUR Suriname|Republic of Suriname
    SS SSD South Sudan|Republic of South Sudan
    ST STP Sao Tome and Principe|Democratic Republic of Sao Tome and Principe
    SV SLV El Salvador|Republic of El Salvador
    SX SXM Sint Maarten|Sint Maarten (Dutch part)|St. Maarten
    SY SYR Syria|Syrian Arab Republic
    SZ SWZ Eswatini|Kingdom of Eswatini|Swaziland
    TC TCA Turks and Caicos Islands
    TD TCD Chad|Republic of Chad
    TF ATF French Southern Territories
    TG TGO Togo|Togolese Republic
    TH THA Thailand|Kingdom of Thailand
    TJ TJK Tajikistan|Republic of Tajikistan
    TK TKL Tokelau
    TL TLS Timor-Leste|Democratic Republic of Timor-Leste|East Timor
    TM TKM Turkmenistan
    TN TUN Tunisia|Republic of Tunisia
    TO TON Tonga|Kingdom of Tonga
    TR TUR Türkiye|Republic of Türkiye|Turkey|Turkiye|Republic of Turkiye
    TT TTO Trinidad and Tobago|Republic of Trinidad and Tobago|Trinidad
    TV TUV Tuvalu
    TW TWN Taiwan|Taiwan, Province of China|Republic of China|Taiwan, Republic of China|Chinese Taipei
    TZ TZA Tanzania|Tanzania, United Republic of|United Republic of Tanzania
    UA UKR Ukraine
    UG UGA Uganda|Republic of Uganda
    UM UMI United States Minor Outlying Islands|US Minor Outlying Islands
    US USA United States|United States of America|America|U.S. of A.|United States (US)
    UY URY Uruguay|Eastern Republic of Uruguay
    UZ UZB Uzbekistan|Republic of Uzbekistan
    VA VAT Vatican City|Holy See (Vatican City State)|Holy See|Vatican|Vatican City State
    VC VCT Saint Vincent and the Grenadines|St. Vincent and the Grenadines
    VE VEN Venezuela|Venezuela, Bolivarian Republic of|Bolivarian Republic of Venezuela
    VG VGB British Virgin Islands|Virgin Islands, British
    VI VIR US Virgin Islands|Virgin Islands, U.S.|Virgin Islands of the United States|United States Virgin Islands
    VN VNM Vietnam|Socialist Republic of Viet Nam
    VU VUT Vanuatu|Republic of Vanuatu
    WF WLF Wallis and Futuna
    WS WSM Samoa|Independent State of Samoa
    YE YEM Yemen|Republic of Yemen
    YT MYT Mayotte
    ZA ZAF South Africa|Republic of South Africa|RSA|Republic South Africa
    ZM ZMB Zambia|Republic of Zambia
    ZW ZWE Zimbabwe|Republic of Zimbabwe
    """
