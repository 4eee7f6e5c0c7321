// swift-tools-version: 6.2
import PackageDescription

/// Every module obeys the same rules; ARCHITECTURE.md gives the reason for each.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// The core: pure, and the table in Tests/InterlockTests/ModuleBoundaryTests.swift says what each may import.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTesting: Target.Dependency = .product(name: "HummingbirdTesting", package: "hummingbird")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPTypes: Target.Dependency = .product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let jwtKit: Target.Dependency = .product(name: "JWTKit", package: "jwt-kit")
let httpClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let serviceLifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")

let package = Package(
    name: "interlock",
    products: [.executable(name: "interlock", targets: ["interlock"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    ],
    targets: [
        .systemLibrary(name: "CLibical", pkgConfig: "libical", providers: [.apt(["libical-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CPSL", pkgConfig: "libpsl", providers: [.apt(["libpsl-dev"])]),
        module("Vocabulary"),
        module("ICalendar", ["Vocabulary", "CLibical"]),
        module("Findings", [yams]),
        module("Journal", ["Vocabulary", crypto]),
        module("PublicSuffixes", ["CPSL"]),
        module("Identity", ["Vocabulary", "Journal"]),
        module("Engine", ["Vocabulary", "Journal", "Identity"]),
        module("Reports", ["Vocabulary", "Findings", "Engine", "Journal", "Agreement"]),
        module(
            "Answers",
            [
                "Vocabulary", "Findings", "Engine", "Identity", "Journal", "Agreement", "Reports", "Intake",
                "ICalendar",
                "PublicSuffixes",
            ]),
        module("Agreement", ["Vocabulary", "Findings", "Engine", "Journal"]),
        module("Intake", ["Vocabulary", "Findings", "Journal", crypto]),
        module("SQLiteFiles", [grdb]),
        module("StoreSQLite", ["Vocabulary", "Journal", "SQLiteFiles", grdb, sqlite, crypto]),
        module("Sample", ["Vocabulary"]),
        module("Sync", ["Vocabulary", "Findings", "Journal", "Engine", crypto]),
        module("OutboxSQLite", ["Vocabulary", "Sync", "SQLiteFiles", grdb]),
        module("Postman", ["Sync", "CCurl"]),
        module("Roles"),
        module("OpenID", ["Vocabulary", crypto, jwtKit]),
        module("Inbound", ["Vocabulary", "Journal", "Intake", crypto]),
        module(
            "Importing",
            ["Vocabulary", "Findings", "Journal", "Intake", "Answers", "StoreSQLite", "CZlib", crypto]),
        module("Access", ["Vocabulary", "Journal", "Roles", "SQLiteFiles", "CSodium", crypto, grdb]),
        module(
            "Web",
            [
                "Vocabulary", "Findings", "Journal", "Engine", "Agreement", "Reports", "Answers", "Intake", "Importing",
                "Inbound", "Roles", "Sync", "CZlib",
                "Access", "OpenID", httpClient, hummingbird, hummingbirdCore, httpTypes, logging,
                nioCore, nioHTTP1, nioHTTPTypes, nioPosix,
                serviceLifecycle, unixSignals,
            ]),
        .executableTarget(
            name: "interlock",
            dependencies: [
                "Vocabulary", "ICalendar", "Findings", "Agreement", "Journal", "Intake", "Importing", "StoreSQLite",
                "Sample",
                "Identity", "Engine", "Reports", "Answers", "PublicSuffixes", "CZlib", "Access", "OpenID", "Roles",
                "Web", "Sync", "OutboxSQLite", "Postman",
                arguments,
                crypto,
                logging,
            ],
            swiftSettings: strict),
        .target(
            name: "JournalContract", dependencies: ["Journal", "Vocabulary"], path: "Tests/JournalContract",
            swiftSettings: strict),
        .target(
            name: "OutboxContract", dependencies: ["Sync", "Vocabulary"], path: "Tests/OutboxContract",
            swiftSettings: strict),
        tests("SyncTests", ["Sync", "OutboxContract", "Engine", "Findings", "Journal", "Vocabulary"]),
        tests("OutboxSQLiteTests", ["OutboxSQLite", "OutboxContract", "Sync", "Vocabulary", grdb]),
        tests("PostmanTests", ["Postman", "Sync"]),
        tests("VocabularyTests", ["Vocabulary"]),
        tests(
            "AgreementTests", ["Agreement", "Engine", "Findings", "ICalendar", "Journal", "Vocabulary", yams],
            resources: [.copy("Golden"), .copy("Findings")]),
        tests("IdentityTests", ["Identity", "PublicSuffixes", "Journal", "Vocabulary"]),
        tests(
            "CaseTests",
            ["Agreement", "Engine", "Reports", "Findings", "Identity", "PublicSuffixes", "Journal", "Vocabulary", yams]),
        tests(
            "EngineTests",
            ["Engine", "Identity", "PublicSuffixes", "Intake", "Sample", "StoreSQLite", "Journal", "Vocabulary"]),
        tests(
            "ReportsTests",
            [
                "Reports", "Engine", "Agreement", "Findings", "ICalendar", "Identity", "PublicSuffixes", "Intake",
                "Journal", "Sample", "StoreSQLite", "Vocabulary", grdb,
            ]),
        tests("JournalTests", ["Journal", "JournalContract", "Vocabulary", crypto]),
        tests("IntakeTests", ["Intake", "Findings", "Journal", "Vocabulary"]),
        tests("StoreSQLiteTests", ["StoreSQLite", "Journal", "JournalContract", "Vocabulary", grdb, sqlite]),
        tests("RolesTests", ["Roles"]),
        tests("InboundTests", ["Inbound", "Intake", "Journal", "Vocabulary"]),
        tests("OpenIDTests", ["OpenID", "Vocabulary"]),
        tests("AccessTests", ["Access", "Roles", "Vocabulary", grdb]),
        tests(
            "WebTests",
            [
                "Web", "Access", "Agreement", "Answers", "Findings", "OpenID", "Roles", "Journal", "Sync", "Engine",
                "Reports", "Vocabulary", "CZlib", hummingbird, crypto, cryptoExtras,
                hummingbirdTesting, httpTypes, logging,
                nioCore,
            ]),
        tests("SampleTests", ["Sample", "Vocabulary", yams], resources: [.copy("Golden")]),
        tests(
            "InterlockTests",
            [
                "interlock", "Answers", "Agreement", "Engine", "Identity", "PublicSuffixes", "StoreSQLite", "Importing",
                "Intake", "Journal", "OutboxSQLite", "Sync", "Vocabulary", crypto,
            ]),
    ]
)
