internal import GRDB

/// Which part of a list is requested.
struct PageRequest: Sendable, Hashable {
    /// The two ways to name the place of a page in a list.
    enum Cursor: String, Sendable {
        case after, before
    }

    /// The maximum number of elements.
    var limit: Int
    /// Whether the oldest elements come first.
    var isAscending = false
    /// The ID of the element that the page begins after.
    var after: String?
    /// The ID of the element that the page ends before.
    var before: String?
}

/// A part of a list.
struct Page<Element: Sendable>: Sendable {
    /// The elements, in the requested order.
    var elements: [Element]
    /// Whether the list continues in the direction of reading.
    var hasMore: Bool
}

extension PageRequest {
    /// Fetches the page of a query.
    ///
    /// - Parameters:
    ///   - db: The database.
    ///   - query: A `SELECT … WHERE …` to which the page's own conditions are added. Its rows have a column `seq`, which
    ///     orders the list.
    ///   - arguments: The query's arguments, by name.
    ///   - seq: The column that orders the list, qualified as the query needs it.
    ///   - position: Finds the `seq` of the element that a cursor names; nil if there is none.
    /// - Returns: The page.
    /// - Throws: `StorageError.unknownCursor`, `DatabaseError`.
    func fetch<Element: FetchableRecord>(
        _ db: Database,
        _ query: String,
        arguments: StatementArguments = [:],
        seq: String = "seq",
        position: (String) throws -> Int64?
    ) throws -> Page<Element> {
        var sql = query
        var arguments = arguments
        // A page before an element is read backwards from it, so that it is the page next to it.
        let isForward = before == nil
        let isAscending = isForward ? isAscending : !isAscending
        if let (cursor, id) = after.map({ (Cursor.after, $0) }) ?? before.map({ (.before, $0) }) {
            guard let position = try position(id) else { throw StorageError.unknownCursor(cursor, id: id) }
            sql += " AND \(seq) \(isAscending ? ">" : "<") :position"
            arguments += ["position": position]
        }
        sql += " ORDER BY \(seq) \(isAscending ? "ASC" : "DESC") LIMIT :limit"
        arguments += ["limit": limit + 1]
        var elements = try Element.fetchAll(db, sql: sql, arguments: arguments)
        let hasMore = elements.count > limit
        if hasMore { elements.removeLast() }
        return Page(elements: isForward ? elements : elements.reversed(), hasMore: hasMore)
    }

    /// The page of a list in memory, oldest first.
    ///
    /// - Throws: `StorageError.unknownCursor`.
    func of<Element: Sendable>(_ list: [Element], id: (Element) -> String) throws(StorageError) -> Page<Element> {
        var list = isAscending ? list : list.reversed()
        if let after {
            guard let position = list.firstIndex(where: { id($0) == after }) else {
                throw .unknownCursor(.after, id: after)
            }
            list.removeFirst(position + 1)
        }
        return Page(elements: Array(list.prefix(limit)), hasMore: list.count > limit)
    }
}
