internal import HTTPTypes

extension HTTPField.Name {
    /// Creates a name from a string that is known to be a valid one.
    init(verified name: String) {
        guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is not a field name") }
        self = name
    }
}
