extension APICall.Query {
    /// The parameters that all lists have.
    static func list(
        limit: Int? = nil,
        order: ListOrder? = nil,
        after: String? = nil
    ) -> APICall.Query {
        [("limit", limit.map(String.init)), ("order", order?.rawValue), ("after", after)]
    }

    /// The extra parts that an answer is to have: an array parameter, once per entry.
    static func include(_ parts: [Include]) -> APICall.Query {
        parts.map { ("include[]", $0.rawValue) }
    }
}
