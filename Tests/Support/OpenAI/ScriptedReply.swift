/// What a scripted service does with a call, step by step.
public struct ScriptedReply: Sendable {
    enum Step: Sendable {
        case send(String)
        /// Waits until a test lets it go on.
        case wait(Gate)
        case run(@Sendable () -> Void)
        /// Waits until the caller goes away, and opens the gate.
        case awaitLeave(Gate)
        case hangUp
    }

    var steps: [Step]

    /// Carries the steps out.
    ///
    /// A caller who leaves before all is sent has left as well.
    ///
    /// - Returns: Whether the connection lives on.
    func send(over connection: ScriptedConnection) async throws -> Bool {
        do {
            return try await carryOut(over: connection)
        } catch {
            for case .awaitLeave(let gate) in steps { gate.open() }
            throw error
        }
    }

    private func carryOut(over connection: ScriptedConnection) async throws -> Bool {
        for step in steps {
            switch step {
            case .send(let text): try await connection.send(text)
            case .wait(let gate): await gate.wait()
            case .run(let action): action()
            case .awaitLeave(let gate):
                await connection.closed()
                gate.open()
                return false
            case .hangUp: return false
            }
        }
        return true
    }
}

extension ScriptedReply {
    /// A whole answer with a body.
    public static func body(
        _ body: String,
        type: String = "application/json",
        status: Int = 200,
        headers: [String: String] = [:]
    ) -> ScriptedReply {
        var head = "HTTP/1.1 \(status) Whatever\r\ncontent-length: \(body.utf8.count)\r\ncontent-type: \(type)\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        return ScriptedReply(steps: [.send(head + "\r\n" + body)])
    }

    /// A whole answer with JSON.
    public static func json(_ body: String) -> ScriptedReply { .body(body) }

    /// An error in the service's own form, with words of its own that nobody else is to see.
    public static func error(
        _ status: Int,
        code: String? = nil,
        type: String = "invalid_request_error",
        headers: [String: String] = [:]
    ) -> ScriptedReply {
        .body(
            #"{"error": \#(OpenAIObject.error(code: code, type: type))}"#,
            status: status,
            headers: headers
        )
    }

    /// What the service says of a thread that has an active run.
    public static func busy(thread: String, run: String) -> ScriptedReply {
        let message = "Thread \(thread) already has an active run \(run)."
        let error = #"{"message": "\#(message)", "type": "invalid_request_error", "param": null, "code": null}"#
        return .body(#"{"error": \#(error)}"#, status: 400)
    }

    /// What the service says of a conversation or thread that is busy.
    public static func busy(_ api: UpstreamAPI) -> ScriptedReply {
        switch api {
        case .responses: .error(400, code: "conversation_locked")
        case .assistants: .busy(thread: "thread_1", run: "run_0")
        }
    }

    /// What the service says of an object that it does not know.
    public static let unknownObject = error(404)

    /// A gateway's page.
    public static func page(status: Int, headers: [String: String] = [:]) -> ScriptedReply {
        .body(
            "<!DOCTYPE html><html><body>\(OpenAIObject.ownWords)</body></html>",
            type: "text/html",
            status: status,
            headers: headers
        )
    }

    /// No answer: the connection ends after the request.
    public static let hangUp = ScriptedReply(steps: [.hangUp])
    /// The connection ends within the answer's head.
    public static let cutWithinHead = ScriptedReply(steps: [.send("HTTP/1.1 200 OK\r\ncontent-ty"), .hangUp])
    /// The connection ends within the answer's body.
    public static let cutWithinBody = ScriptedReply(
        steps: [
            .send("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{\"id\""), .hangUp,
        ]
    )

    /// No answer: the connection stays until the caller leaves, which opens the gate.
    public static func silence(until leave: Gate = Gate()) -> ScriptedReply {
        ScriptedReply(steps: [.awaitLeave(leave)])
    }
}
