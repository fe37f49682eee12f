/// Runs `body` and then `finally`, whether `body` throws or not.
func closing<Result>(
    _ body: () async throws -> Result,
    finally: () async -> Void
) async throws -> Result {
    do {
        let result = try await body()
        await finally()
        return result
    } catch {
        await finally()
        throw error
    }
}
