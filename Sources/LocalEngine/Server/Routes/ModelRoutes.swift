internal import Hummingbird

/// The routes of `/v1/models`.
struct ModelRoutes: Sendable {
    /// When the models were made, as far as anybody is told.
    private static let created = 1_767_225_600

    let models: [String]

    /// Adds the routes.
    func add(to book: inout RouteBuilder) {
        book.on(.get, "models") { _, _ -> JSONValue in
            ["object": "list", "data": .array(models.map(wire))]
        }
        book.on(.get, "models/:model") { _, context in
            let id = try context.id("model")
            guard models.contains(id) else { throw APIError.noModel(id) }
            return wire(id)
        }
    }

    private func wire(_ id: String) -> JSONValue {
        [
            "id": .string(id),
            "object": "model",
            "created": .integer(Self.created),
            "owned_by": "local-engine",
            "shutdown_date": nil,
        ]
    }
}
