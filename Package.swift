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
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")

let package = Package(
    name: "interlock",
    products: [.executable(name: "interlock", targets: ["interlock"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .systemLibrary(name: "CLibical", pkgConfig: "libical", providers: [.apt(["libical-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CPSL", pkgConfig: "libpsl", providers: [.apt(["libpsl-dev"])]),
        module("Vocabulary"),
        module("ICalendar", ["Vocabulary", "CLibical"]),
        module("Findings", [yams]),
        module("Journal", ["Vocabulary", crypto]),
        module("PublicSuffixes", ["CPSL"]),
        module("Identity", ["Vocabulary", "Journal"]),
        module("Engine", ["Vocabulary", "Journal", "Identity"]),
        module("Reports", ["Vocabulary", "Findings", "Engine", "Journal", "Agreement"]),
        module("Agreement", ["Vocabulary", "Findings", "Engine", "Journal"]),
        module("Intake", ["Vocabulary", "Findings", "Journal", crypto]),
        module("StoreSQLite", ["Vocabulary", "Journal", grdb, sqlite, crypto]),
        module("Sample", ["Vocabulary"]),
        .executableTarget(
            name: "interlock",
            dependencies: [
                "Vocabulary", "ICalendar", "Findings", "Agreement", "Journal", "Intake", "StoreSQLite", "Sample",
                "Identity", "Engine", "Reports", "PublicSuffixes", "CZlib",
                arguments,
                crypto,
            ],
            swiftSettings: strict),
        .target(
            name: "JournalContract", dependencies: ["Journal", "Vocabulary"], path: "Tests/JournalContract",
            swiftSettings: strict),
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
        tests("SampleTests", ["Sample", "Vocabulary", yams], resources: [.copy("Golden")]),
        tests(
            "InterlockTests",
            [
                "interlock", "Agreement", "Engine", "Identity", "PublicSuffixes", "StoreSQLite", "Intake", "Journal",
                "Vocabulary",
            ]),
    ]
)
