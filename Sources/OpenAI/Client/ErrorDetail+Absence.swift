import HTTPTypes

extension ErrorDetail {
    /// Whether an answer with status 400 says that the object which the call is about does not exist.
    ///
    /// OpenAI answers 404 then; some compatible servers answer 400. What is taken for absent is forgotten here, so that
    /// the reading is a careful one:
    /// - The call names its object in its path: it retrieves, lists, changes or deletes.
    /// - Where the error has a code, that decides: `not_found`, or `…_not_found` of a kind of object in the path. A code
    ///   that says nothing, such as `400` or `invalid_request_error`, leaves it to the words.
    /// - Where the error names a parameter, it is an object's ID.
    /// - The words say that something is not there, name the object by its ID or kind, and speak of nothing else that
    ///   may be missing, such as a model or a route.
    func saysUnknown(_ call: APICall) -> Bool {
        guard call.method != .post || call.path.count.isMultiple(of: 2) else { return false }
        let kinds = call.path.enumerated().filter { $0.offset.isMultiple(of: 2) }.map { Self.singular($0.element) }
        let ids = call.path.enumerated().filter { !$0.offset.isMultiple(of: 2) }.map(\.element)
        if let param, !(param == "id" || kinds.contains { param == $0 || param == "\($0)_id" }) { return false }
        for label in [code, type].compactMap(\.self) where !Self.labelsThatSayNothing.contains(label) {
            let label = label.lowercased()
            return ["not_found", "not_found_error", "notfounderror"].contains(label)
                || kinds.contains { label.hasSuffix("\($0)_not_found") }
        }
        return message.map { Self.saysUnknown($0, ids: ids, kinds: kinds) } ?? false
    }

    private static let labelsThatSayNothing: Set = [
        "400", "bad_request", "BadRequestError", "bad_request_error", "invalid_request", "invalid_request_error",
        "client_error", "error", "api_error",
    ]

    private static let phrases = [
        "not found", "does not exist", "doesn't exist", "no such", "could not be found", "cannot be found",
    ]

    /// What else may be missing: then nothing is said of the object.
    private static let otherThings: Set<Substring> = [
        "model", "models", "provider", "embedding", "embeddings", "endpoint", "route", "url", "header", "parameter",
        "field", "key", "deployment", "account", "project", "organization", "user",
    ]

    private static func saysUnknown(_ message: String, ids: [String], kinds: [String]) -> Bool {
        let ids = ids.map { $0.lowercased() }
        let tokens = message.prefix(1_000).lowercased()
            .split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" || $0 == "'") }
            .map { unquoted($0) }
        let others = tokens.filter { !ids.contains($0) }
        let words = others.flatMap { token in token.split { $0 == "_" || $0 == "-" } }
        guard otherThings.isDisjoint(with: words) else { return false }
        let plain = words.joined(separator: " ")
        let names = kinds.map { $0.replacing("_", with: " ") }
        let namesObject =
            others.count < tokens.count || plain == "not found" || names.contains { plain.contains($0) }
        return namesObject
            && (phrases.contains { plain.contains($0) } || names.contains { plain.contains("no \($0) found") })
    }

    /// The word without the quotation marks around it.
    private static func unquoted(_ word: Substring) -> String {
        let beginning = word.drop { $0 == "'" }
        let end = beginning.lastIndex { $0 != "'" }
        return end.map { String(beginning[...$0]) } ?? ""
    }

    /// An object's kind, from the part of a path that lists such objects: `vector_store` from `vector_stores`.
    private static func singular(_ collection: String) -> String {
        if collection.hasSuffix("batches") { return String(collection.dropLast(2)) }
        return collection.hasSuffix("s") ? String(collection.dropLast()) : collection
    }
}
