internal import OpenAI

/// Models, and the texts that they generate without stored state.
extension ProbeRun {
    private static let request = "Reply with the single word ready."

    /// Lists the models, and chooses the one to ask if none is given.
    ///
    /// - Returns: Whether other calls are worth a try.
    mutating func checkModels() async throws -> Bool {
        let (openAI, given) = (openAI, model)
        let isReachable = Flag()
        let models = try await check(.models, within: limits.call) {
            do throws(OpenAIError) {
                let models = try await openAI.models.list()
                isReachable.raise()
                let isListed = given.map { given in models.contains { $0.id == given } } ?? true
                let names = models.prefix(8).map(\.id).joined(separator: ", ")
                let list = "\(models.count): \(names)\(models.count > 8 ? ", …" : "")"
                return (
                    models, isListed ? list : "\(list); \(given ?? "") is not among them, and is asked all the same"
                )
            } catch {
                // A server without this list may have the rest.
                if error.status == 404 || error.status == 405 { isReachable.raise() }
                throw error
            }
        }
        if model == nil, let only = models?.first, models?.count == 1 { model = only.id }
        return isReachable.isRaised && (models != nil || model != nil)
    }

    mutating func checkChatCompletions(_ model: String) async throws {
        let openAI = openAI
        // The fields that the engine sends.
        let request = ChatCompletionRequest(
            model: model,
            messages: [.user(Self.request)],
            maximumTokens: 256,
            temperature: 0
        )
        _ = try await check(.chatCompletions, within: limits.answer) {
            let completion = try await openAI.chatCompletions.create(request)
            guard !completion.text.isEmpty else {
                throw ProbeFailure.unexpected("an empty text (\(completion.finishReason ?? "without a reason"))")
            }
            let count = completion.tokens.map { "\($0) tokens" } ?? "\(completion.text.count) characters"
            return ((), "\(count), ended by \(completion.finishReason ?? "nothing")")
        }
        _ = try await check(.chatCompletionStream, within: limits.answer) {
            let begin = ContinuousClock.now
            var (parts, first, reason) = (0, Duration.zero, String?.none)
            let stream = try await openAI.chatCompletions.stream(request)
            for try await part in stream {
                if !part.text.isEmpty {
                    if parts == 0 { first = .now - begin }
                    parts += 1
                }
                reason = part.finishReason
            }
            guard parts > 0 else { throw ProbeFailure.unexpected("a stream without text") }
            let whole = ContinuousClock.now - begin
            let times = "the first after \(first.milliseconds) ms, the last after \(whole.milliseconds) ms"
            if stream.isWhole { return ((), "not streamed: the whole text after \(whole.milliseconds) ms") }
            return ((), "\(parts) parts, \(times), ended by \(reason ?? "[DONE]")")
        }
    }

    mutating func checkResponses(_ model: String) async throws {
        let (openAI, resources) = (openAI, resources)
        let (refusesEffort, isUnknown) = (Flag(), Flag())
        @Sendable func request(effort: Settings.ReasoningEffort) -> ResponseRequest {
            var request = ResponseRequest(model: model, input: [.user(Self.request)])
            request.reasoningEffort = effort.parameter
            return request
        }
        _ = try await check(.responses, within: limits.answer) {
            let response = try await resources.create(.response, id: \.id) {
                do throws(OpenAIError) {
                    return try await openAI.responses.create(request(effort: .none))
                } catch {
                    if error.status == 404 || error.status == 405 { isUnknown.raise() }
                    guard error.status == 400 || error.status == 422 else { throw error }
                    let response = try await openAI.responses.create(request(effort: .omit))
                    refusesEffort.raise()
                    return response
                }
            }
            guard response.status == .completed, !response.outputText.isEmpty else {
                throw ProbeFailure.unexpected("\(response.status.rawValue), \(response.outputText.count) characters")
            }
            let effort = refusesEffort.isRaised ? "; without reasoning.effort, which it refuses" : ""
            return ((), "completed, \(response.outputText.count) characters\(effort)")
        }
        if refusesEffort.isRaised { reasoningEffort = .omit }
        guard !isUnknown.isRaised else { return skip([.responseStream], "there are no responses") }
        let streamed = request(effort: reasoningEffort)
        _ = try await check(.responseStream, within: limits.answer) {
            var (isCreated, deltas) = (false, 0)
            for try await event in try await openAI.responses.stream(streamed) {
                switch event {
                case .created(let response):
                    resources.add(.response, response.id)
                    isCreated = true
                case .outputTextDelta: deltas += 1
                case .completed(let response):
                    if !isCreated { resources.add(.response, response.id) }
                    guard isCreated, deltas > 0 else {
                        throw ProbeFailure.unexpected("a stream without response.created or text")
                    }
                    return ((), "created, \(deltas) parts of text, completed")
                case .error(let error): throw error
                case .failed(let response): throw response.failure ?? OpenAIError(.serverError)
                case .incomplete(let response):
                    throw ProbeFailure.unexpected("incomplete: \(response.incompleteReason ?? "without a reason")")
                default: break
                }
            }
            throw ProbeFailure.unexpected("a stream without an end")
        }
    }
}
