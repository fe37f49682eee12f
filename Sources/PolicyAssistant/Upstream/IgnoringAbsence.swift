internal import OpenAI

/// Runs a deletion for which it is as good when upstream does not know what is to be deleted.
func ignoringAbsence(_ body: () async throws -> Void) async throws {
    do {
        try await body()
    } catch let error as OpenAIError where error.code == .notFound {}
}

/// Retrieves an object.
///
/// - Returns: The object; nil where upstream knows none such.
func ifKnown<Object>(_ retrieve: () async throws(OpenAIError) -> Object) async throws(OpenAIError) -> Object? {
    do throws(OpenAIError) {
        return try await retrieve()
    } catch {
        guard error.code == .notFound else { throw error }
        return nil
    }
}
