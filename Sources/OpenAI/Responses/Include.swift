/// A part of an answer that is there only if asked for.
public struct Include: RawRepresentable, Hashable, Sendable, Encodable {
    /// The part as the API writes it.
    public let rawValue: String

    /// Creates a part, known to us or not.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The passages that file searches found.
    public static let fileSearchResults = Include(rawValue: "file_search_call.results")
    /// The texts of the passages that a run's file searches found.
    public static let runStepSearchContent = Include(
        rawValue: "step_details.tool_calls[*].file_search.results[*].content"
    )
}
