internal import GRDB

/// An object that is stored as JSON.
struct StoredObject: Sendable, Hashable, FetchableRecord {
    let id: String
    let body: JSONText

    init(id: String, body: JSONText) {
        self.id = id
        self.body = body
    }

    init(row: Row) {
        self.init(id: row["id"], body: row["body"])
    }
}

/// A table of objects that are stored as JSON.
///
/// A row has the columns `id` and `body`, for some kinds the ID of the object that it belongs to, and in tables that are
/// listed `seq`, which orders them.
struct ObjectTable: Sendable {
    /// The table's name.
    let name: String
    let kind: StorageError.Kind
    /// The column with the ID of the object that a row belongs to.
    var owner: String?

    static let assistants = ObjectTable(name: "assistant", kind: .assistant)
    static let threads = ObjectTable(name: "thread", kind: .thread)
    static let messages = ObjectTable(name: "thread_message", kind: .message, owner: "thread_id")
    static let runs = ObjectTable(name: "run", kind: .run, owner: "thread_id")
    static let steps = ObjectTable(name: "run_step", kind: .runStep, owner: "run_id")

    /// Finds an object.
    ///
    /// - Throws: `StorageError.notFound` if there is none, or it belongs to another owner.
    func object(_ id: String, of ownerID: String? = nil, in db: Database) throws -> StoredObject {
        let object = try StoredObject.fetchOne(
            db,
            sql: "SELECT id, body FROM \(name) WHERE id = :id\(ownerCondition)",
            arguments: arguments(["id": id], ownerID)
        )
        guard let object else { throw missing(id) }
        return object
    }

    /// Throws unless an object exists.
    func require(_ id: String, in db: Database) throws {
        _ = try object(id, in: db)
    }

    /// Adds an object with more columns beside its own.
    func insert(_ object: StoredObject, _ columns: KeyValuePairs<String, String?> = [:], in db: Database) throws {
        let names = ["id", "body"] + columns.map(\.key)
        try db.execute(
            sql:
                "INSERT INTO \(name) (\(names.joined(separator: ", "))) VALUES (\(databaseQuestionMarks(count: names.count)))",
            arguments: [object.id, object.body] + StatementArguments(columns.map(\.value))
        )
    }

    /// Sets fields of an object.
    ///
    /// - Returns: The changed object.
    /// - Throws: `StorageError.notFound` if there is none, or it belongs to another owner.
    @discardableResult
    func set(_ fields: JSONFields, of id: String, of ownerID: String? = nil, in db: Database) throws -> StoredObject {
        let (assignments, values) = Self.assignments(fields)
        try db.execute(
            sql: "UPDATE \(name) SET body = json_set(body\(assignments)) WHERE id = :id\(ownerCondition)",
            arguments: values + arguments(["id": id], ownerID)
        )
        return try object(id, of: ownerID, in: db)
    }

    /// The arguments of `json_set` after its first one, and their values.
    static func assignments(_ fields: JSONFields) -> (sql: String, values: StatementArguments) {
        let fields = Array(fields)
        let sql = fields.indices.map { ", '$.\(fields[$0].key)', json(:value\($0))" }.joined()
        let values = fields.indices.map { ("value\($0)", fields[$0].value) }
        return (sql, StatementArguments(Dictionary(uniqueKeysWithValues: values)))
    }

    /// Deletes an object.
    ///
    /// - Throws: `StorageError.notFound` if there is none, or it belongs to another owner.
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
    ///   - page: The part of the list.
    ///   - ownerID: The object that the listed ones belong to.
    ///   - filter: A column, and the value that it has to have.
    ///   - db: The database.
    /// - Returns: The page.
    /// - Throws: `StorageError.unknownCursor`, `DatabaseError`.
    func list(
        _ page: PageRequest,
        of ownerID: String? = nil,
        where filter: (column: String, value: String)? = nil,
        in db: Database
    ) throws -> Page<StoredObject> {
        let condition = filter.map { " AND \($0.column) = :filter" } ?? ""
        return try page.fetch(
            db,
            "SELECT seq, id, body FROM \(name) WHERE TRUE\(ownerCondition)\(condition)",
            arguments: arguments(filter.map { ["filter": $0.value] } ?? [:], ownerID),
            position: { id in
                try Int64.fetchOne(
                    db,
                    sql: "SELECT seq FROM \(name) WHERE id = :id\(ownerCondition)",
                    arguments: arguments(["id": id], ownerID)
                )
            }
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

    private func missing(_ id: String) -> StorageError {
        .notFound(kind, id: id)
    }
}
