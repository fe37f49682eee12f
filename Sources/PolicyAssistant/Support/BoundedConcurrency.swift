extension Collection where Self: Sendable, Element: Sendable {
    /// Calls `body` for each element, at most `limit` at a time, and returns what it gave, in the elements' order.
    ///
    /// The first error thrown cancels the calls that run, begins no more, and is thrown on.
    func mapConcurrently<Result: Sendable>(
        limit: Int,
        _ body: @escaping @Sendable (Element) async throws -> Result
    ) async throws -> [Result] {
        try await withThrowingTaskGroup(of: (Int, Result).self) { group in
            var results = [Result?](repeating: nil, count: count)
            var remaining = enumerated().makeIterator()
            for _ in 0..<Swift.min(limit, count) {
                guard let (offset, element) = remaining.next() else { break }
                group.addTask { (offset, try await body(element)) }
            }
            while let (offset, result) = try await group.next() {
                results[offset] = result
                guard let (offset, element) = remaining.next() else { continue }
                group.addTask { (offset, try await body(element)) }
            }
            return results.compactMap(\.self)
        }
    }
}
