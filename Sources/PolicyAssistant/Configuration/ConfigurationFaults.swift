/// All faults of a configuration.
public struct ConfigurationFaults: Error, Sendable, Hashable, CustomStringConvertible {
    /// A fault of one variable.
    public struct Fault: Sendable, Hashable, CustomStringConvertible {
        /// The variable's name, for example `PORT`.
        public let name: String
        /// What is wrong and what to do, without a value that may be a secret.
        public let problem: String

        /// The name and the problem.
        public var description: String { "\(name): \(problem)" }
    }

    /// The faults, in the order of their variables.
    public let faults: [Fault]

    init(faults: [Fault]) {
        self.faults = faults
    }

    /// Creates the error of a setting whose fault shows when it is used.
    ///
    /// - Parameters:
    ///   - name: The variable's name.
    ///   - problem: What is wrong and what to do.
    public init(_ name: String, _ problem: String) {
        faults = [Fault(name: name, problem: problem)]
    }

    /// All faults, one on each line.
    public var description: String {
        (["the configuration has \(faults.count) fault\(faults.count == 1 ? "" : "s"):"]
            + faults.map { "  \($0)" }).joined(separator: "\n")
    }
}
