public import JSON

/// All elements of a list, fetched page by page as they are read; each iteration fetches them again.
public struct PagedSequence<Element: Sendable>: AsyncSequence, Sendable {
    /// What reading the list fails with.
    public typealias Failure = OpenAIError

    /// Fetches the page after a cursor, or the first.
    private let fetch: @Sendable (_ cursor: String?) async throws(OpenAIError) -> Page<Element>
    /// The cursor of the page after a page.
    private let cursor: @Sendable (Page<Element>) -> String?

    init(
        after cursor: @escaping @Sendable (Page<Element>) -> String?,
        fetch: @escaping @Sendable (_ cursor: String?) async throws(OpenAIError) -> Page<Element>
    ) {
        self.fetch = fetch
        self.cursor = cursor
    }

    /// Creates an iterator at the first page.
    public func makeAsyncIterator() -> Iterator {
        Iterator(list: self)
    }

    /// Collects all elements.
    public func collect() async throws(OpenAIError) -> [Element] {
        var elements: [Element] = []
        for try await element in self { elements.append(element) }
        return elements
    }

    /// Reads the list.
    public struct Iterator: AsyncIteratorProtocol {
        private let list: PagedSequence
        private var pending: ArraySlice<Element> = []
        private var nextCursor: String?
        private var usedCursors: Set<String> = []
        private var isAtEnd = false

        init(list: PagedSequence) {
            self.list = list
        }

        /// The next element, or nil at the end.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(OpenAIError) -> Element? {
            while pending.isEmpty && !isAtEnd {
                let page = try await list.fetch(nextCursor)
                pending = page.data[...]
                nextCursor = list.cursor(page)
                guard page.hasMore, let nextCursor else {
                    isAtEnd = true
                    break
                }
                guard usedCursors.insert(nextCursor).inserted else {
                    // Callers delete what a list lacks, so that an incomplete list is an error.
                    isAtEnd = true
                    throw OpenAIError(.malformedAnswer, "The OpenAI service repeats a page of a list without end.")
                }
            }
            return pending.popFirst()
        }

        /// The next element, or nil at the end.
        public mutating func next() async throws(OpenAIError) -> Element? {
            try await next(isolation: nil)
        }
    }
}

/// One page of a list.
public struct Page<Element: Sendable>: Sendable {
    /// The elements of this page.
    public let data: [Element]
    /// Whether more elements follow.
    public let hasMore: Bool
    /// The ID of the last element, where the API has it.
    public let lastID: String?
}

extension Page: Decodable where Element: Decodable {
    private enum CodingKeys: String, CodingKey {
        case data
        case hasMore = "has_more"
        case lastID = "last_id"
    }

    /// Decodes a page; without a `has_more`, a page that is not empty has a next one.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        data = try fields.decode([Element].self, forKey: .data)
        hasMore = try fields.decode(.hasMore, or: !data.isEmpty)
        lastID = try fields.decodeIfPresent(String.self, forKey: .lastID)
    }
}

extension Page: JSONReadable where Element: JSONReadable {
    /// Reads a page; without a `has_more`, a page that is not empty has a next one.
    public init(reading json: inout JSONReader) throws(JSONError) {
        var (data, hasMore, lastID) = (nil as [Element]?, nil as Bool?, nil as String?)
        try json.readObject { name, json throws(JSONError) in
            switch name {
            case "data": data = try json.readArray(of: Element.self)
            case "has_more": hasMore = try json.readBooleanIfPresent()
            case "last_id": lastID = try json.readTextIfPresent()
            default: try json.skip()
            }
        }
        guard let data else { throw json.mismatch }
        self.init(data: data, hasMore: hasMore ?? !data.isEmpty, lastID: lastID)
    }
}

/// The order of a list, by time of creation.
public enum ListOrder: String, Sendable {
    /// Oldest first.
    case ascending = "asc"
    /// Newest first, the API's default.
    case descending = "desc"
}

extension APICall.Query {
    /// The query parameters of all lists.
    static func list(
        limit: Int? = nil,
        order: ListOrder? = nil,
        after: String? = nil
    ) -> APICall.Query {
        [("limit", limit.map(String.init)), ("order", order?.rawValue), ("after", after)]
    }

    /// The parts to include: an array parameter, one item per part.
    static func include(_ parts: [Include]) -> APICall.Query {
        parts.map { ("include[]", $0.rawValue) }
    }
}
