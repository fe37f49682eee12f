/// Why a text cannot be read.
public enum JSONError: Error, Sendable, Hashable {
    /// The text is not JSON, or nests deeper than ``JSONReader/maximumDepth``; with the position of the byte that shows it.
    case malformed(at: Int)
    /// The text is JSON, but the value is of another type than the reader expects, or a required field is missing; with the
    /// position of the value.
    case mismatched(at: Int)
}
