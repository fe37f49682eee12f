internal import GRDB
internal import HTTPTypes

/// A table of objects that are kept as the API shows them, with everything that `include` can ask for.
///
/// A row has the columns `id` and `body`, perhaps the ID of the object that it belongs to, and in tables that are
/// listed, `seq`, which orders them.
struct ObjectTable: Sendable {
    /// The table's name.
    let name: String
    /// The kind of object, as error messages name it.
    let kind: String
    /// The column that names the object that a row belongs to.
    var owner: String?

    static let assistants = ObjectTable(name: "assistant", kind: "assistant")
    static let threads = ObjectTable(name: "thread", kind: "thread")
    static let messages = ObjectTable(name: "thread_message", kind: "message", owner: "thread_id")
    static let runs = ObjectTable(name: "run", kind: "run", owner: "thread_id")
    static let steps = ObjectTable(name: "run_step", kind: "run step", owner: "run_id")

    /// Finds an object.
    ///
    /// - Throws: `APIError` if there is none, or it belongs to another owner.
    func object(_ id: String, of ownerID: String? = nil, in db: Database) throws -> JSONValue {
        let text = try String.fetchOne(
            db,
            sql: "SELECT body FROM \(name) WHERE id = :id\(ownerCondition)",
            arguments: arguments(["id": id], ownerID)
        )
        guard let text else { throw missing(id) }
        return try JSONValue(json: text)
    }

    /// Replaces an object.
    func replace(_ object: JSONValue, in db: Database) throws {
        try db.execute(
            sql: "UPDATE \(name) SET body = :body WHERE id = :id",
            arguments: ["body": try object.text(), "id": object["id"]?.string]
        )
    }

    /// Deletes an object.
    ///
    /// - Throws: `APIError` if there is none, or it belongs to another owner.
    func delete(_ id: String, of ownerID: String? = nil, in db: Database) throws {
        try db.execute(
            sql: "DELETE FROM \(name) WHERE id = :id\(ownerCondition)",
            arguments: arguments(["id": id], ownerID)
        )
        guard db.changesCount > 0 else { throw missing(id) }
    }

    /// Lists objects.
    ///
    /// - Parameters:
    ///   - page: The stretch of the list.
    ///   - ownerID: The object that those listed belong to.
    ///   - filter: A column, and the value that it has to have.
    ///   - db: The database.
    /// - Returns: The page.
    /// - Throws: `APIError` for a cursor that names nothing, `DatabaseError`.
    func list(
        _ page: PageRequest,
        of ownerID: String? = nil,
        where filter: (column: String, value: String)? = nil,
        in db: Database
    ) throws -> Page<JSONValue> {
        let condition = filter.map { " AND \($0.column) = :filter" } ?? ""
        return try page.fetch(
            db,
            "SELECT seq, body FROM \(name) WHERE TRUE\(ownerCondition)\(condition)",
            arguments: arguments(filter.map { ["filter": $0.value] } ?? [:], ownerID),
            position: { id in
                try Int64.fetchOne(
                    db,
                    sql: "SELECT seq FROM \(name) WHERE id = :id\(ownerCondition)",
                    arguments: arguments(["id": id], ownerID)
                )
            },
            element: { row in try JSONValue(json: row["body"] as String) }
        )
    }

    private var ownerCondition: String {
        owner.map { " AND \($0) = :owner" } ?? ""
    }

    private func arguments(_ others: [String: String], _ ownerID: String?) -> StatementArguments {
        var arguments = StatementArguments(others)
        if owner != nil { arguments += ["owner": ownerID] }
        return arguments
    }

    private func missing(_ id: String) -> APIError {
        APIError(status: .notFound, message: "No \(kind) found with id '\(id)'.")
    }
}
