internal import OpenAI
internal import Synchronization

/// What a probe has created, and deletes again.
final class ProbeResources: Sendable {
    /// A kind of object.
    enum Kind: String, Sendable {
        case file, assistant, conversation, thread, response
        case vectorStore = "vector store"
    }

    private struct Resource: Sendable {
        let kind: Kind
        let id: String
    }

    private struct State {
        var created: [Resource] = []
        /// The kinds of objects whose creation was not answered, so that one may exist.
        var unanswered: Set<Kind> = []
    }

    /// The name of everything that has one, by which also an object is found whose creation was not answered.
    let name = "policy-assistant-probe-\(RandomToken.make())"
    private let state = Mutex(State())

    /// Records an object.
    func add(_ kind: Kind, _ id: String) {
        state.withLock { $0.created.append(Resource(kind: kind, id: id)) }
    }

    /// Creates an object and records it, or that it may exist.
    func create<Value>(_ kind: Kind, id: (Value) -> String, _ make: () async throws -> Value) async throws -> Value {
        do {
            let value = try await make()
            add(kind, id(value))
            return value
        } catch {
            if let error = error as? OpenAIError, error.status.map({ $0 < 300 }) ?? true {
                state.withLock { _ = $0.unanswered.insert(kind) }
            }
            throw error
        }
    }

    /// Deletes all objects, the newest first, and then those whose creation was not answered.
    ///
    /// A server may still be creating an object: it is looked for during a third of the time.
    ///
    /// - Parameters:
    ///   - openAI: A client of the server.
    ///   - limit: The longest time.
    /// - Returns: What is left, or may be, with reasons.
    func deleteAll(by openAI: OpenAIClient, within limit: Duration) async -> [String] {
        let (created, unanswered) = state.withLock { ($0.created, $0.unanswered) }
        let end = ContinuousClock.now + limit
        var left = await delete(created.reversed(), by: openAI, until: end, limit / 4)
        let lookingEnd = ContinuousClock.now + limit / 3
        for kind in unanswered {
            do {
                let late = try await findLate(kind, openAI, until: lookingEnd, limit / 4)
                left += await delete(late, by: openAI, until: end, limit / 4)
            } catch {
                left.append("\(kind.rawValue): its creation was not answered, so that one may exist")
            }
        }
        return left
    }

    /// Deletes objects, each within a time.
    private func delete(
        _ resources: [Resource],
        by openAI: OpenAIClient,
        until end: ContinuousClock.Instant,
        _ limit: Duration
    ) async -> [String] {
        var left: [String] = []
        for resource in resources {
            do {
                try await withTimeLimit(min(limit, end - .now)) { try await Self.delete(resource, openAI) }
            } catch {
                left.append("\(resource.kind.rawValue) \(resource.id): \(ProbeFailure.words(for: error))")
            }
        }
        return left
    }

    /// Looks twice a second for objects of a kind that are not recorded, at least once, each time within a limit.
    private func findLate(
        _ kind: Kind,
        _ openAI: OpenAIClient,
        until end: ContinuousClock.Instant,
        _ limit: Duration
    ) async throws -> [Resource] {
        while true {
            let found = try await withTimeLimit(limit) { [self] in try await find(kind, openAI) }
            let late = found.filter { !isRecorded($0.id) }
            guard late.isEmpty, ContinuousClock.now < end else { return late }
            try await Task.sleep(for: .milliseconds(500))
        }
    }

    private func isRecorded(_ id: String) -> Bool {
        state.withLock { state in state.created.contains { $0.id == id } }
    }

    /// Finds the objects with this probe's name among the newest.
    private func find(_ kind: Kind, _ openAI: OpenAIClient) async throws -> [Resource] {
        let ids: [String]
        switch kind {
        case .file:
            ids = try await openAI.files.list(limit: 100, order: .descending).data
                .filter { $0.filename.hasPrefix(name) }.map(\.id)
        case .vectorStore:
            ids = try await openAI.vectorStores.list(limit: 100, order: .descending).data
                .filter { $0.name == name }.map(\.id)
        case .assistant:
            ids = try await openAI.assistants.list(limit: 100, order: .descending).data
                .filter { $0.name == name }.map(\.id)
        case .conversation, .thread, .response:
            // No list contains them.
            throw ProbeFailure.unlisted
        }
        return ids.map { Resource(kind: kind, id: $0) }
    }

    private static func delete(_ resource: Resource, _ openAI: OpenAIClient) async throws {
        switch resource.kind {
        case .file: try await ignoringAbsence { try await openAI.files.delete(resource.id) }
        case .vectorStore: try await ignoringAbsence { try await openAI.vectorStores.delete(resource.id) }
        case .assistant: try await ignoringAbsence { try await openAI.assistants.delete(resource.id) }
        case .response: try await ignoringAbsence { try await openAI.responses.delete(resource.id) }
        case .conversation: try await openAI.deleteThread(resource.id, over: .responses, with: [])
        case .thread: try await openAI.deleteThread(resource.id, over: .assistants, with: [])
        }
    }
}
