internal import OpenAI

/// Runs a deletion, which succeeds also where upstream does not know the object.
func ignoringAbsence(_ body: () async throws -> Void) async throws {
    do {
        try await body()
    } catch let error as OpenAIError where error.code == .notFound {}
}

/// Retrieves an object.
///
/// - Returns: The object; nil where upstream does not know it.
func ifKnown<Object>(_ retrieve: () async throws(OpenAIError) -> Object) async throws(OpenAIError) -> Object? {
    do throws(OpenAIError) {
        return try await retrieve()
    } catch {
        guard error.code == .notFound else { throw error }
        return nil
    }
}

extension VectorStoresAPI {
    /// Whether upstream has a vector store that can be searched; true also where the API key may not look.
    func mayHave(_ id: String) async throws(OpenAIError) -> Bool {
        do throws(OpenAIError) {
            let store = try await ifKnown { () throws(OpenAIError) in try await retrieve(id) }
            return store.map { $0.status != .expired } ?? false
        } catch {
            guard error.code == .forbidden else { throw error }
            return true
        }
    }
}
