import HTTPTypes

extension ErrorDetail {
    /// Whether an error of status 400 says that the object of the call does not exist.
    ///
    /// OpenAI's status is 404 then; that of some compatible servers is 400. The product forgets objects that do not
    /// exist, so that all of these have to hold:
    /// - The call's path identifies an object, to retrieve, list, change or delete.
    /// - The error's code, if it has a specific one, is `not_found`, or `…_not_found` with a kind of object in the
    ///   path. Unspecific codes, such as `400` or `invalid_request_error`, are ignored.
    /// - The error's parameter, if it has one, is an object's ID.
    /// - Without a specific code, the message says that something does not exist, names the object's ID or kind, and
    ///   names nothing else that may not exist, such as a model or a route.
    func saysNotFound(_ call: APICall) -> Bool {
        guard call.method != .post || call.path.count.isMultiple(of: 2) else { return false }
        let kinds = call.path.enumerated().filter { $0.offset.isMultiple(of: 2) }.map { Self.singular($0.element) }
        let ids = call.path.enumerated().filter { !$0.offset.isMultiple(of: 2) }.map(\.element)
        if let param, !(param == "id" || kinds.contains { param == $0 || param == "\($0)_id" }) { return false }
        for label in [code, type].compactMap(\.self) where !Self.unspecificLabels.contains(label) {
            let label = label.lowercased()
            return ["not_found", "not_found_error", "notfounderror"].contains(label)
                || kinds.contains { label.hasSuffix("\($0)_not_found") }
        }
        return message.map { Self.saysNotFound($0, ids: ids, kinds: kinds) } ?? false
    }

    private static let unspecificLabels: Set = [
        "400", "bad_request", "BadRequestError", "bad_request_error", "invalid_request", "invalid_request_error",
        "client_error", "error", "api_error",
    ]

    private static let phrases = [
        "not found", "does not exist", "doesn't exist", "no such", "could not be found", "cannot be found",
    ]

    /// The words of other things that may not exist.
    private static let otherThings: Set<Substring> = [
        "model", "models", "provider", "embedding", "embeddings", "endpoint", "route", "url", "header", "parameter",
        "field", "key", "deployment", "account", "project", "organization", "user",
    ]

    private static func saysNotFound(_ message: String, ids: [String], kinds: [String]) -> Bool {
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

    /// The word without enclosing quotation marks.
    private static func unquoted(_ word: Substring) -> String {
        let beginning = word.drop { $0 == "'" }
        let end = beginning.lastIndex { $0 != "'" }
        return end.map { String(beginning[...$0]) } ?? ""
    }

    /// The kind of the objects of a collection in a path: `vector_store` of `vector_stores`.
    private static func singular(_ collection: String) -> String {
        if collection.hasSuffix("batches") { return String(collection.dropLast(2)) }
        return collection.hasSuffix("s") ? String(collection.dropLast()) : collection
    }
}
