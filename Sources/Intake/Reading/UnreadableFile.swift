/// A file of which not one row can be read.
public enum UnreadableFile: Error, Equatable, CustomStringConvertible {
    /// Nothing in it, or nothing but blank lines.
    case empty
    case brokenHeader(Malformed)
    case tooManyColumns(limit: Int)
    /// A JSON file that is one array, or one object over several lines.
    case notOneObjectPerLine(Malformed)

    public var description: String {
        switch self {
        case .empty:
            "The file is empty: its first line must name the columns. Export it again with its header."
        case .brokenHeader(let malformed):
            "The header cannot be read. \(malformed)"
        case .tooManyColumns(let limit):
            "The header names more than \(limit) columns. Export fewer, or check that the delimiter is the right one."
        case .notOneObjectPerLine(let malformed):
            """
            The file is JSON, but not one object on each line. \(malformed)
            `jq -c '.[]' in.json > out.ndjson` turns an array into such lines.
            """
        }
    }
}
