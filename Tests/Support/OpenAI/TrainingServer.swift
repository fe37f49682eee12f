internal import Foundation
internal import Synchronization

/// A server with OpenAI's fine-tuning API, whose training does nothing: files, jobs, events and models, in memory.
///
/// A job is queued when it is created, and a step further with each look at it, unless it is held.
public final class TrainingServer: Sendable {
    /// What goes wrong in a server.
    public enum Fault: Sendable, Hashable {
        /// The connection is lost after a job was created, once.
        case losesCreation
        /// Every job fails.
        case failsJobs
        /// Jobs are refused, as they are for an organization that may not train.
        case forbidsJobs
    }

    /// A request, such as `POST fine_tuning/jobs`.
    public struct Call: Sendable, Hashable {
        /// The method and the path below `/v1/`, without a query.
        public let operation: String
        /// The body as text.
        public let body: String
    }

    private struct Job {
        var id: String
        var status: String
        var request: JobRequest
    }

    private struct JobRequest: Decodable {
        var model: String
        var trainingFile: String
        var suffix: String?
        var metadata: [String: String]?

        private enum CodingKeys: String, CodingKey {
            case model, suffix, metadata
            case trainingFile = "training_file"
        }
    }

    private struct State {
        var calls: [Call] = []
        var files: [(id: String, name: String, body: String)] = []
        var jobs: [Job] = []
        var created = 0
        var losesCreation = false
        var isHeld = false
    }

    /// The API's base URL.
    public let baseURL: String
    private let faults: Set<Fault>
    private let shutdownDate: String?
    private let state: Mutex<State>

    fileprivate init(port: Int, faults: Set<Fault>, shutdownDate: String?) {
        baseURL = "http://127.0.0.1:\(port)/v1"
        self.faults = faults
        self.shutdownDate = shutdownDate
        state = Mutex(State(losesCreation: faults.contains(.losesCreation)))
    }

    /// The requests so far, in order.
    public var calls: [Call] { state.withLock(\.calls) }

    /// The IDs of the files that were uploaded and not deleted.
    public var files: [String] { state.withLock { $0.files.map(\.id) } }

    /// The status of each job, by the order of creation.
    public var statuses: [String] { state.withLock { $0.jobs.map(\.status) } }

    /// Lets jobs neither begin nor end, or lets them go on.
    public func hold(_ isHeld: Bool) {
        state.withLock { $0.isHeld = isHeld }
    }

    /// Forgets all jobs.
    public func loseJobs() {
        state.withLock { $0.jobs = [] }
    }

    /// Returns how many requests of a kind there were.
    public func count(_ operation: String) -> Int { calls.count { $0.operation == operation } }

    fileprivate func serve(_ connection: ScriptedConnection) async throws {
        while let request = try await connection.request() {
            guard let reply = reply(to: request) else { return }
            guard try await reply.send(over: connection) else { return }
        }
    }

    /// Returns the reply; nil for a connection that is lost.
    private func reply(to request: ReceivedRequest) -> ScriptedReply? {
        let words = request.line.split(separator: " ").map(String.init)
        let path = words[1].prefix { $0 != "?" }.split(separator: "/").map { $0.removingPercentEncoding ?? String($0) }
        let call = Call(operation: "\(words[0]) \(path.dropFirst().joined(separator: "/"))", body: request.text)
        return state.withLock { state in
            state.calls.append(call)
            switch (words[0], path.dropFirst().first ?? "", path.count) {
            case ("GET", "models", 2): return models()
            case ("DELETE", "models", 3): return .json(#"{"id": "\#(path[2])", "object": "model", "deleted": true}"#)
            case ("POST", "completions", 2): return .json(#"{"choices": [{"text": " soon, \#(path[1])"}]}"#)
            case ("POST", "chat", 3): return .json(#"{"choices": [{"message": {"content": "soon, chat"}}]}"#)
            case ("POST", "files", 2): return upload(request, &state)
            case ("GET", "files", 2): return Self.list(state.files.map(Self.file))
            case ("DELETE", "files", 3):
                state.files.removeAll { $0.id == path[2] }
                return .json(#"{"id": "\#(path[2])", "object": "file", "deleted": true}"#)
            case ("POST", "fine_tuning", 3): return create(request, &state)
            case ("GET", "fine_tuning", 3): return Self.list(state.jobs.reversed().map(job))
            case (let method, "fine_tuning", 4...):
                guard let index = state.jobs.firstIndex(where: { $0.id == path[3] }) else { return Self.absent }
                return reply(to: method, path.dropFirst(4).first, &state, index)
            default: return Self.absent
            }
        }
    }

    private func reply(to method: String, _ part: String?, _ state: inout State, _ index: Int) -> ScriptedReply {
        switch (method, part) {
        case ("GET", nil):
            defer { if !state.isHeld { state.jobs[index].status = next(state.jobs[index].status) } }
            return .json(job(state.jobs[index]))
        case ("GET", "events"): return Self.list(events(of: state.jobs[index]))
        case ("POST", "cancel"):
            state.jobs[index].status = "cancelled"
            return .json(job(state.jobs[index]))
        default: return Self.absent
        }
    }

    private func next(_ status: String) -> String {
        switch status {
        case "queued": "running"
        case "running": faults.contains(.failsJobs) ? "failed" : "succeeded"
        default: status
        }
    }

    // MARK: Objects

    private func models() -> ScriptedReply {
        let date = shutdownDate.map { "\"\($0)\"" } ?? "null"
        return Self.list([#"{"id": "gpt-4.1-mini-2025-04-14", "object": "model", "shutdown_date": \#(date)}"#])
    }

    private func upload(_ request: ReceivedRequest, _ state: inout State) -> ScriptedReply {
        let name = request.text.firstMatch(of: /filename="([^"]*)"/).map { String($0.output.1) } ?? ""
        state.created += 1
        state.files.append((id: "file-\(state.created)", name: name, body: request.text))
        return .json(Self.file(state.files[state.files.count - 1]))
    }

    private static func file(_ file: (id: String, name: String, body: String)) -> String {
        #"{"id": "\#(file.id)", "object": "file", "purpose": "fine-tune", "filename": "\#(file.name)", "bytes": 1}"#
    }

    private func create(_ request: ReceivedRequest, _ state: inout State) -> ScriptedReply? {
        guard !faults.contains(.forbidsJobs) else {
            return .body(#"{"error": {"message": "No.", "type": "invalid_request_error", "code": null}}"#, status: 403)
        }
        guard let fields = try? JSONDecoder().decode(JobRequest.self, from: Data(request.body)) else {
            return Self.absent
        }
        state.created += 1
        let job = Job(id: "ftjob-\(state.created)", status: "queued", request: fields)
        state.jobs.append(job)
        defer { state.losesCreation = false }
        return state.losesCreation ? nil : .json(self.job(job))
    }

    private func job(_ job: Job) -> String {
        let model = job.request.model
        let isDone = job.status == "succeeded"
        let fields: [String: Any] = [
            "id": job.id, "object": "fine_tuning.job", "model": model, "status": job.status,
            "created_at": 1_795_219_200 + (Int(job.id.dropFirst(6)) ?? 0),
            "training_file": job.request.trainingFile, "metadata": job.request.metadata ?? [:],
            "fine_tuned_model": isDone ? "ft:\(model):org:\(job.request.suffix ?? ""):x1" : NSNull(),
            "trained_tokens": NSNull(),
            "error": job.status == "failed"
                ? ["code": "invalid_training_file", "message": "Too few."] : [:] as [String: String],
        ]
        let data = (try? JSONSerialization.data(withJSONObject: fields)) ?? Data()
        return String(decoding: data, as: UTF8.self)
    }

    private func events(of job: Job) -> [String] {
        var events = [
            #"{"id": "ev-1", "object": "fine_tuning.job.event", "level": "info", "message": "Created job", "type": "message"}"#
        ]
        if job.status != "queued" {
            events.insert(
                #"{"id": "ev-2", "level": "info", "message": "Step 5/10", "type": "metrics", "data": {"step": 5, "total_steps": 10}}"#,
                at: 0
            )
        }
        return events
    }

    private static func list(_ objects: [String]) -> ScriptedReply {
        .json(#"{"object": "list", "data": [\#(objects.joined(separator: ", "))], "has_more": false}"#)
    }

    private static let absent = ScriptedReply.body(
        #"{"error": {"message": "No such object.", "type": "invalid_request_error", "code": null}}"#,
        status: 404
    )
}

/// Runs a server that trains models while `body` runs.
///
/// - Parameters:
///   - faults: What goes wrong in it.
///   - shutdownDate: The date of the shutdown of its model, as `YYYY-MM-DD`.
///   - body: Gets the server.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws.
public func withTrainingServer<Result>(
    _ faults: Set<TrainingServer.Fault> = [],
    shutdownDate: String? = nil,
    _ body: (TrainingServer) async throws -> Result
) async throws -> Result {
    let box = Mutex<TrainingServer?>(nil)
    return try await withScriptedServer { connection in
        try await box.withLock(\.self)?.serve(connection)
    } _: { server in
        let training = TrainingServer(port: server.port, faults: faults, shutdownDate: shutdownDate)
        box.withLock { $0 = training }
        return try await body(training)
    }
}
