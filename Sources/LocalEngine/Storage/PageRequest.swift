internal import GRDB

/// Which stretch of a list is asked for.
struct PageRequest: Sendable, Hashable {
    /// The most elements.
    var limit: Int
    /// Whether the oldest come first.
    var isAscending = false
    /// The element that the page begins after.
    var after: String?
    /// The element that the page ends before.
    var before: String?
}

/// A stretch of a list.
struct Page<Element: Sendable>: Sendable {
    /// The elements, in the order asked for.
    var elements: [Element]
    /// Whether the list goes on in the direction of reading.
    var hasMore: Bool
}

extension PageRequest {
    /// Fetches the page of a query.
    ///
    /// - Parameters:
    ///   - db: The database.
    ///   - query: A `SELECT … WHERE …` that the page's own conditions are added to. Its rows have a column `seq`, which
    ///     orders the list.
    ///   - arguments: The query's arguments, by name.
    ///   - seq: The column that orders the list, qualified as the query needs it.
    ///   - position: Finds the `seq` of the element that a cursor names; nil if there is none.
    ///   - element: Reads an element from a row.
    /// - Returns: The page.
    /// - Throws: `APIError` for a cursor that names nothing, `DatabaseError`.
    func fetch<Element>(
        _ db: Database,
        _ query: String,
        arguments: StatementArguments = [:],
        seq: String = "seq",
        position: (String) throws -> Int64?,
        element: (Row) throws -> Element
    ) throws -> Page<Element> {
        var sql = query
        var arguments = arguments
        // A page before an element is read backwards from it, so that it is the page next to it.
        let isForward = before == nil
        let isAscending = isForward ? isAscending : !isAscending
        if let (name, cursor) = after.map({ ("after", $0) }) ?? before.map({ ("before", $0) }) {
            guard let position = try position(cursor) else { throw Self.unknown(name, cursor) }
            sql += " AND \(seq) \(isAscending ? ">" : "<") :position"
            arguments += ["position": position]
        }
        sql += " ORDER BY \(seq) \(isAscending ? "ASC" : "DESC") LIMIT :limit"
        arguments += ["limit": limit + 1]
        var elements = try Row.fetchAll(db, sql: sql, arguments: arguments).map(element)
        let hasMore = elements.count > limit
        if hasMore { elements.removeLast() }
        return Page(elements: isForward ? elements : elements.reversed(), hasMore: hasMore)
    }
}

extension PageRequest {
    /// The page of a list that is at hand, oldest first.
    ///
    /// - Throws: `APIError` for a cursor that names nothing.
    func of<Element: Sendable>(_ list: [Element], id: (Element) -> String) throws(APIError) -> Page<Element> {
        var list = isAscending ? list : list.reversed()
        if let after {
            guard let position = list.firstIndex(where: { id($0) == after }) else { throw Self.unknown("after", after) }
            list.removeFirst(position + 1)
        }
        return Page(elements: Array(list.prefix(limit)), hasMore: list.count > limit)
    }

    private static func unknown(_ cursor: String, _ id: String) -> APIError {
        .invalid("Invalid '\(cursor)': no element with id '\(id)' in this list.", param: cursor)
    }
}
