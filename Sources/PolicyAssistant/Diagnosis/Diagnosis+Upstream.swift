internal import FoundationEssentials
internal import OpenAI

/// The upstream, its model, and what it lacks.
extension Diagnosis {
    /// How long before a model's shutdown a warning is due.
    private static let notice: TimeInterval = 90 * 24 * 3600

    /// Lists the models, and looks for the one that is set.
    func upstream() async -> [Finding] {
        let settings = assistant.settings
        let models: [Model]
        do {
            models = try await translatingUpstreamErrors { try await openAI.models.list() }
        } catch {
            let text = "\(settings.upstreamIdentity): \(words(for: error))"
            return [Finding(level: .fault, subject: "upstream", text: text)]
        }
        let reachable = Finding(level: .good, subject: "upstream", text: "\(settings.upstreamIdentity): answers")
        guard let model = models.first(where: { $0.id == settings.model }) else {
            return [reachable, await unlistedModel()]
        }
        return [reachable, lifetime(of: model)]
    }

    /// Asks a model that upstream does not list: some servers take names, such as those of Azure's deployments, that their
    /// list does not have.
    private func unlistedModel() async -> Finding {
        let settings = assistant.settings
        let fault = "\(settings.model) is not offered to this account; set OPENAI_MODEL to one that is"
        guard settings.upstreamProtocol == .responses else {
            return Finding(level: .fault, subject: "model", text: fault)
        }
        var request = ResponseRequest(model: settings.model, input: [.user("Reply with the single word ready.")])
        request.reasoningEffort = settings.reasoningEffort.parameter
        request.store = false
        do {
            _ = try await translatingUpstreamErrors { try await openAI.responses.create(request) }
            let text = "\(settings.model): not in upstream's list, but answers"
            return Finding(level: .good, subject: "model", text: text)
        } catch {
            return Finding(level: .fault, subject: "model", text: "\(fault); \(words(for: error))")
        }
    }

    private func lifetime(of model: Model) -> Finding {
        guard let day = model.shutdownDate, let end = try? Date(day, strategy: .iso8601.year().month().day()) else {
            return Finding(level: .good, subject: "model", text: "\(model.id): no shutdown announced")
        }
        guard end.timeIntervalSince(today) > 0 else {
            let text = "\(model.id) was shut down on \(day); set OPENAI_MODEL to another"
            return Finding(level: .fault, subject: "model", text: text)
        }
        guard end.timeIntervalSince(today) > Self.notice else {
            let text = "\(model.id) is shut down on \(day); set OPENAI_MODEL to another before then"
            return Finding(level: .warning, subject: "model", text: text)
        }
        return Finding(level: .good, subject: "model", text: "\(model.id): available until \(day)")
    }

    /// Says what the upstream lacks, as the last sync has recorded it.
    func limits() async -> [Finding] {
        guard let fields = try? await assistant.files.corpusFields(), let words = fields[UpstreamLimits.field],
            Corpus(fields: fields)?.isAtUpstream(of: assistant.settings) ?? false
        else { return [] }
        let limits = words.split(separator: " ").compactMap { UpstreamLimits.Limit(rawValue: String($0)) }
        return limits.map { Finding(level: .good, subject: "upstream", text: "\($0)") }
    }

    /// The error's message, the call that failed, and upstream's message.
    func words(for error: any Error) -> String {
        guard let error = error as? PolicyAssistantError else { return "\(error)" }
        let details = [error.upstreamCall, error.upstreamWords.map { "upstream says: \($0)" }].compactMap(\.self)
        return ([error.message] + details).joined(separator: "; ")
    }

    /// Says whether upstream has the thread that callers without a user share; nil where the settings name none.
    func sharedThread() async -> Finding? {
        guard let id = assistant.settings.sharedThread else { return nil }
        do throws(OpenAIError) {
            guard try await assistant.backend.hasThread(id) else {
                return Finding(
                    level: .fault,
                    subject: "shared thread",
                    text: "upstream does not know \(id); check THREAD_ID"
                )
            }
            return Finding(level: .good, subject: "shared thread", text: "callers who name no user share \(id)")
        } catch {
            return Finding(
                level: .fault,
                subject: "shared thread",
                text: "\(id) could not be looked for: \(PolicyAssistantError(error))"
            )
        }
    }
}
