/// Something outside went wrong: a file, a disk. Exit code 3.
package struct Trouble: Error, CustomStringConvertible {
    package var cause: String
    package var remedy: String

    package init(_ cause: String, remedy: String) {
        self.cause = cause
        self.remedy = remedy
    }

    package var description: String { "\(cause). \(remedy)" }
}
