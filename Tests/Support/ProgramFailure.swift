/// A program that a test needs has failed.
public struct ProgramFailure: Error, CustomStringConvertible {
    /// The name of the program.
    public let program: String
    /// What it said last.
    public let output: String

    /// Creates the error.
    public init(program: String, output: String) {
        self.program = program
        self.output = output
    }

    /// Program and output.
    public var description: String {
        "\(program) failed: \(output)"
    }
}
