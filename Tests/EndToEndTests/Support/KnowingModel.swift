import TestSupport

extension ModelCall {
    /// What a model writes that makes no mistakes: the sentences of the passages that state what the answer to the question
    /// must contain, each with its citation.
    ///
    /// It declines if a passage does not state it.
    func answer(knowing questions: [ScoredQuestion]) -> String {
        let facts = questions.first { $0.question == question }?.mustContain ?? []
        var sentences: [String] = []
        for fact in facts.map(\.folded) {
            let stating = passages.indices.lazy.compactMap { place in
                Self.sentences(of: passages[place].text).first { $0.folded.contains(fact) }.map {
                    "\($0) [\(place + 1)]"
                }
            }
            guard let sentence = stating.first else { return "NOT_IN_PASSAGES" }
            if !sentences.contains(sentence) { sentences.append(sentence) }
        }
        return sentences.isEmpty ? "NOT_IN_PASSAGES" : sentences.joined(separator: "\n")
    }

    private static func sentences(of text: String) -> [String] {
        text.split(separator: "\n").flatMap {
            $0.replacing(/([.!?]) (?=\p{Lu})/) { "\($0.output.1)\n" }.split(separator: "\n")
        }
        .map { String($0.trimmingPrefix("- ")) }
    }
}

extension Score {
    /// Asks an installation the questions twice, over the embedded engine: answered by quotation, and written by a model that
    /// knows the answers.
    ///
    /// - Parameters:
    ///   - questions: The questions.
    ///   - installation: An installation with documents in force.
    ///   - check: Gets each answer.
    /// - Returns: Both scores.
    /// - Throws: What asking throws, and what `check` throws.
    static func sideBySide(
        _ questions: [ScoredQuestion],
        _ installation: Installation,
        check: @Sendable (ChatAnswer, API) async throws -> Void = { _, _ in }
    ) async throws -> (quoted: Score, written: Score) {
        let quoted = try await installation.serving { api in
            try await Score(questions, api) { try await check($0, api) }
        }
        let written = try await withScriptedModel {
            .written($0.answer(knowing: questions))
        } _: { model in
            var installation = installation
            installation.settings.merge(model.settings) { $1 }
            return try await installation.serving { api in
                try await Score(questions, api) { try await check($0, api) }
            }
        }
        return (quoted, written)
    }
}

extension String {
    /// The text in lower case with single blanks.
    fileprivate var folded: String {
        split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
    }
}
