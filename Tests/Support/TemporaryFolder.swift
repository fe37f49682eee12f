import Foundation

/// Lends a folder of its own to a test, and removes it with all that is in it.
///
/// Its path is short, so that there is room for the name of a Unix socket, which takes 108 bytes at most.
public func withTemporaryFolder<Result>(_ body: (_ path: String) async throws -> Result) async throws -> Result {
    let path = try temporaryFolder()
    do {
        let result = try await body(path)
        try FileManager.default.removeItem(atPath: path)
        return result
    } catch {
        try? FileManager.default.removeItem(atPath: path)
        throw error
    }
}

/// Creates a folder that only this user can enter.
func temporaryFolder() throws -> String {
    let name = String(UInt64.random(in: .min ... .max), radix: 36)
    let path = "/tmp/test-\(name)"
    try FileManager.default.createDirectory(
        atPath: path,
        withIntermediateDirectories: false,
        attributes: [.posixPermissions: 0o700]
    )
    return path
}
