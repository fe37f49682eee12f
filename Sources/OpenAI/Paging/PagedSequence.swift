/// All elements of a list, fetched page by page as they are read.
///
/// May be iterated many times; each time asks the API anew.
public struct PagedSequence<Element: Sendable>: AsyncSequence, Sendable {
    /// What reading the list fails with.
    public typealias Failure = OpenAIError

    /// Fetches the page after a cursor, or the first.
    private let fetch: @Sendable (_ cursor: String?) async throws(OpenAIError) -> Page<Element>
    /// The cursor to ask for what follows a page.
    private let cursor: @Sendable (Page<Element>) -> String?

    init(
        after cursor: @escaping @Sendable (Page<Element>) -> String?,
        fetch: @escaping @Sendable (_ cursor: String?) async throws(OpenAIError) -> Page<Element>
    ) {
        self.fetch = fetch
        self.cursor = cursor
    }

    /// Makes an iterator that begins with the first page.
    public func makeAsyncIterator() -> Iterator {
        Iterator(list: self)
    }

    /// Collects all elements.
    ///
    /// - Throws: ``OpenAIError``
    public func collect() async throws(OpenAIError) -> [Element] {
        var elements: [Element] = []
        for try await element in self { elements.append(element) }
        return elements
    }

    /// Reads the list.
    public struct Iterator: AsyncIteratorProtocol {
        private let list: PagedSequence
        private var waiting: ArraySlice<Element> = []
        private var nextCursor: String?
        private var usedCursors: Set<String> = []
        private var isAtEnd = false

        init(list: PagedSequence) {
            self.list = list
        }

        /// The next element, or nil at the end.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(OpenAIError) -> Element? {
            while waiting.isEmpty && !isAtEnd {
                let page = try await list.fetch(nextCursor)
                waiting = page.data[...]
                nextCursor = list.cursor(page)
                guard page.hasMore, let nextCursor else {
                    isAtEnd = true
                    break
                }
                guard usedCursors.insert(nextCursor).inserted else {
                    // A list that looks complete and is not could make a caller delete what it does not see.
                    isAtEnd = true
                    throw OpenAIError(.malformedAnswer, "The OpenAI service repeats a page of a list without end.")
                }
            }
            return waiting.popFirst()
        }

        /// The next element, or nil at the end.
        public mutating func next() async throws(OpenAIError) -> Element? {
            try await next(isolation: nil)
        }
    }
}
