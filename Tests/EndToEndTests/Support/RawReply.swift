import TestSupport

extension API {
    /// The port that the server listens on.
    var port: Int {
        get throws {
            guard let port = authority.split(separator: ":").last.flatMap({ Int($0) }) else {
                throw ProgramFailure(program: "policy-assistant serve", output: authority)
            }
            return port
        }
    }

    /// Sends text as it is, and returns all that comes until the server closes the connection.
    func sendRaw(_ text: String) async throws -> String {
        try await withRawConnection(toPort: port) { connection in
            try await connection.send(text)
            return await connection.rest()
        }
    }
}

extension ScriptedConnection {
    /// Returns what comes next; nothing once the other side has closed.
    func text() async throws -> String { String(decoding: try await receive() ?? [], as: UTF8.self) }

    /// Returns all that comes until the other side closes.
    func rest() async -> String {
        var received: [UInt8] = []
        while let bytes = try? await receive() { received += bytes }
        return String(decoding: received, as: UTF8.self)
    }
}
