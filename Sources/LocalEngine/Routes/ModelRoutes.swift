internal import Hummingbird

/// The routes of `/v1/models`.
struct ModelRoutes: Sendable {
    /// The creation time that all models have.
    private static let created = 1_767_225_600

    let models: [String]

    /// Adds the routes.
    func add(to builder: inout RouteBuilder) {
        builder.on(.get, "models") { _, _ -> JSONValue in
            ["object": "list", "data": .array(models.map(json))]
        }
        builder.on(.get, "models/:model") { _, context in
            let id = try context.id("model")
            guard models.contains(id) else { throw APIError.noModel(id) }
            return json(id)
        }
    }

    private func json(_ id: String) -> JSONValue {
        [
            "id": .string(id),
            "object": "model",
            "created": .integer(Self.created),
            "owned_by": "local-engine",
            "shutdown_date": nil,
        ]
    }
}
