/// Every text by number, so that texts are compared as numbers. Numbers are given in the order in which texts are met.
public struct Texts: Sendable {
    public private(set) var all: [String] = []
    private var numbers: [String: Int32] = [:]

    public init() {}

    public var count: Int { all.count }

    public subscript(number: Int32) -> String { all[Int(number)] }

    public func number(of text: String) -> Int32? { numbers[text] }

    /// The number of a text, which it gets where it is new.
    public mutating func intern(_ text: String) -> Int32 {
        if let known = numbers[text] { return known }
        let number = Int32(all.count)
        all.append(text)
        numbers[text] = number
        return number
    }
}
