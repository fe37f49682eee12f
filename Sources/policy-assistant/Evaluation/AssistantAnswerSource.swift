internal import Evaluation
internal import FoundationEssentials
internal import PolicyAssistant

/// Asks the assistant of this process, as `POST /chat` does.
struct AssistantAnswerSource: AnswerSource {
    let assistant: Assistant

    func documents() async throws -> [EvaluatedDocument] {
        try await assistant.checkReadiness()
        return try await assistant.files.documents().map { EvaluatedDocument(path: $0.path, fileID: $0.fileID) }
    }

    func answer(_ message: String, by user: String) async throws -> GivenAnswer {
        do {
            let answer = try await assistant.turns.begin(Question(message, by: UserID(user))).answer()
            let citations = answer.citations.map { citation in
                GivenAnswer.Citation(
                    document: EvaluatedDocument(path: citation.filename, fileID: citation.fileID),
                    quote: citation.quote
                )
            }
            return GivenAnswer(text: answer.text, citations: citations, confidence: answer.confidence?.rawValue)
        } catch let error as PolicyAssistantError {
            throw AskingError(error)
        }
    }

    func forget(_ user: String) async -> AskingError? {
        // An unstructured task, which is not cancelled with the evaluation.
        await Task {
            do {
                _ = try await assistant.forget(UserID(user))
            } catch let error as PolicyAssistantError where error.code != .threadNotFound {
                return AskingError(error)
            } catch {}
            return nil
        }.value
    }

    func texts(of document: EvaluatedDocument) async throws -> [String] {
        var texts: [String] = []
        do {
            let file = try await assistant.library.document(ofFile: document.fileID)
            for asMarkdown in [false, true] {
                let text = try await assistant.library.text(of: file, asMarkdown: asMarkdown)
                texts.append(String(decoding: text, as: UTF8.self))
            }
        } catch let error as PolicyAssistantError where error.code == .upstreamFailed || error.code == .fileNotFound {
            // Not every upstream returns texts.
        }
        let path = "\(assistant.settings.assetsDirectory)/\(document.path)"
        if document.path.isPlainText, let written = FileManager.default.contents(atPath: path) {
            texts.append(String(decoding: written, as: UTF8.self))
        }
        return texts
    }
}

extension AskingError {
    init(_ error: PolicyAssistantError) {
        self.init(code: error.code.description, message: error.message)
    }
}

extension String {
    /// Whether a file with this name is plain text.
    fileprivate var isPlainText: Bool {
        ["md", "txt", "html", "json"].contains(split(separator: ".").last?.lowercased())
    }
}
