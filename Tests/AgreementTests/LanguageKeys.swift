import Findings
import Foundation

@testable import Agreement

/// A key of the language: in what, and its name; names that companies choose stand as `<stage>` and `<purpose>`.
struct LanguageKey: Hashable, CustomStringConvertible {
    let what: String
    let name: String

    var description: String { "\(what): \(name)" }

    init(of what: String, _ name: String, stages: [String] = [], purposes: [String] = []) {
        let isPromise = what.hasPrefix("The promise ")
        if isPromise, name == "where" || (name == "otherwise" && !what.contains(".qualify")) {
            (self.what, self.name) = ("A promise", name)
        } else if isPromise {
            self.what = what.split(separator: ".").prefix(3).joined(separator: ".")
            self.name = stages.contains(name) ? "<stage>" : name
        } else {
            self.what = what
            let isRate = what == "The plan" && name.contains("_to_")
            self.name =
                isRate
                ? "<stage>_to_<stage>" : what == "A rule of consent" && purposes.contains(name) ? "<purpose>" : name
        }
    }
}

/// Which keys of the language an example has, and which it could have, as the reader itself says: an unheard-of key is put
/// into every mapping, and the finding about it names the mapping and all its keys.
struct ExampleKeys {
    private struct Mapping {
        let syntax: Syntax
        let entries: [Syntax.Entry]
        let what: String
        let keys: [String]
    }

    private var mappings: [[Int]: Mapping] = [:]
    private let example: ReferenceExample
    private let root: Syntax?
    private var stages: [String] = []
    private var purposes: [String] = []

    init(_ example: ReferenceExample) {
        self.example = example
        root = try? Syntax.root(of: example.text)
        guard let root else { return }
        stages = root["stages"].map(Self.keys) ?? []
        purposes = root["consent"]?["purposes"].map(Self.keys) ?? []
        var probe = Probe()
        let yaml = probe.flow(root, [])
        let text = SourceText(file: "agreement.yaml", bytes: Array(yaml.utf8))
        for finding in readAgreement(text, in: surroundings(example.files)).findings where finding.code == .unknownKey {
            guard let (what, key) = Self.parts(finding.cause), let mapping = probe.places[key] else { continue }
            let names = finding.remedy.dropFirst("It may have: ".count).dropLast().components(separatedBy: ", ")
            mappings[mapping.path] = Mapping(
                syntax: mapping.syntax, entries: mapping.entries, what: what,
                keys: names.filter { probe.places[$0] == nil })
        }
    }

    /// Every key that any of its mappings may have.
    var known: Set<LanguageKey> {
        Set(mappings.values.flatMap { mapping in mapping.keys.map { key(mapping, $0) } })
    }

    /// Every key that it has.
    var present: Set<LanguageKey> {
        Set(
            mappings.values.flatMap { mapping in
                mapping.entries.map(\.key).filter(mapping.keys.contains).map { key(mapping, $0) }
            })
    }

    /// Every key in whose value something is found, or that is found missing.
    var refused: Set<LanguageKey> {
        guard let root else { return [] }
        var refused: Set<LanguageKey> = []
        for finding in example.findings
        where finding.place.file == "agreement.yaml" && finding.place.line <= example.ownLines {
            refused.formUnion(missing(finding))
            refused.formUnion(enclosing(finding.place, in: root))
        }
        return refused
    }

    private func missing(_ finding: Finding) -> [LanguageKey] {
        guard
            let name = finding.cause.components(separatedBy: " does not say \"").dropFirst().first?.prefix(while: {
                $0 != "\""
            })
        else { return [] }
        return mappings.values.filter {
            $0.syntax.isAt(finding.place) && $0.keys.contains(String(name))
        }.map { key($0, String(name)) }
    }

    /// The keys on the way to the last value that begins at the place or before it.
    private func enclosing(_ place: Place, in root: Syntax) -> [LanguageKey] {
        var (way, best) = ([LanguageKey](), [LanguageKey]())
        func walk(_ syntax: Syntax, _ path: [Int]) {
            if (syntax.line, syntax.column) <= (place.line, place.column) { best = way }
            switch syntax.content {
            case .text: break
            case .list(let members): for (number, member) in members.enumerated() { walk(member, path + [number]) }
            case .mapping(let entries):
                for (number, entry) in entries.enumerated() {
                    let own = mappings[path].flatMap { $0.keys.contains(entry.key) ? key($0, entry.key) : nil }
                    way += own.map { [$0] } ?? []
                    if (entry.keySyntax.line, entry.keySyntax.column) <= (place.line, place.column) { best = way }
                    walk(entry.value, path + [number])
                    if own != nil { way.removeLast() }
                }
            }
        }
        walk(root, [])
        return best
    }

    private func key(_ mapping: Mapping, _ name: String) -> LanguageKey {
        LanguageKey(of: mapping.what, name, stages: stages, purposes: purposes)
    }

    /// `A rep has no "x".` in two.
    private static func parts(_ cause: String) -> (what: String, key: String)? {
        let parts = cause.components(separatedBy: " has no \"")
        return parts.count == 2 ? (parts[0], String(parts[1].dropLast(2))) : nil
    }

    private static func keys(_ syntax: Syntax) -> [String] {
        guard case .mapping(let entries) = syntax.content else { return [] }
        return entries.map(\.key)
    }
}

extension Syntax {
    fileprivate func isAt(_ place: Place) -> Bool { (line, column) == (place.line, place.column) }
}

/// An agreement written anew with a key of its own in every mapping, last.
private struct Probe {
    var places: [String: (path: [Int], syntax: Syntax, entries: [Syntax.Entry])] = [:]

    mutating func flow(_ syntax: Syntax, _ path: [Int]) -> String {
        switch syntax.content {
        case .text(let text): return text.yaml
        case .list(let members):
            return "[" + members.enumerated().map { flow($0.element, path + [$0.offset]) }.joined(separator: ", ") + "]"
        case .mapping(let entries):
            let unheard = nextKey()
            places[unheard] = (path, syntax, entries)
            let written = entries.enumerated().map {
                "\($0.element.key.yaml): \(flow($0.element.value, path + [$0.offset]))"
            }
            return "{" + (written + ["\(unheard): {}"]).joined(separator: ", ") + "}"
        }
    }

    /// Twenty of one letter and twenty of another: near to no name, and to none of its kind.
    private func nextKey() -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyz")
        let number = places.count
        let (first, second) = (letters[number / 25 % 26], letters[(number / 25 + 1 + number % 25) % 26])
        return String(repeating: first, count: 20) + String(repeating: second, count: 20)
    }
}
