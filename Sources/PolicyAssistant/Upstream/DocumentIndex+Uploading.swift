internal import OpenAI

/// Uploads, each of which can be found again by its name when its answer was lost.
extension DocumentIndex {
    /// Uploads a document once, streamed from the file that is open.
    ///
    /// - Throws: `OpenAIError`; after one that ``OpenAIError/leavesItOpen``, the file may be there all the same.
    func upload(_ file: OpenFile, as name: String) async throws -> String {
        try await openAI.retrying(RetryPolicy(maximumRetries: 0)).files
            .upload(descriptor: file.descriptor, filename: name, purpose: .assistants).id
    }

    /// Finds uploaded files by their names.
    ///
    /// - Returns: The IDs found, by name; several where an upload was repeated.
    func files(named names: Set<String>) async throws -> [String: [String]] {
        guard !names.isEmpty else { return [:] }
        var found: [String: [String]] = [:]
        for try await file in openAI.files.all(purpose: .assistants) where names.contains(file.filename) {
            found[file.filename, default: []].append(file.id)
        }
        return found
    }
}

extension OpenAIError {
    /// Whether upstream may have done what was asked of it.
    var leavesItOpen: Bool {
        [.unreachable, .answerCutOff, .malformedAnswer, .timedOut, .serverError, .overloaded].contains(code)
    }

    /// Whether the same may work in a while.
    var mayPass: Bool { leavesItOpen || code == .rateLimited || code == .conflict }
}
