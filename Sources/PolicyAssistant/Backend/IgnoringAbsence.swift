internal import OpenAI

/// Runs a deletion for which it is as good when upstream does not know what is to be deleted.
func ignoringAbsence(_ body: () async throws -> Void) async throws {
    do {
        try await body()
    } catch let error as OpenAIError where error.code == .notFound {}
}
