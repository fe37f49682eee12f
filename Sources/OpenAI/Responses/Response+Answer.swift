extension Response {
    /// The answer: the texts of the final messages, one after the other.
    ///
    /// The model's comments on its own work are left out.
    public var outputText: String {
        answerParts.map(\.text).joined()
    }

    /// The files that the answer leans on, in the order they came in, each file once per place.
    ///
    /// Each `index` counts Unicode scalars of the whole ``outputText``, not of the part that the citation came with.
    public var fileCitations: [FileCitation] {
        var citations: [FileCitation] = []
        var seen: Set<FileCitation> = []
        var offset = 0
        for part in answerParts {
            for case .fileCitation(var citation) in part.annotations {
                citation.index += offset
                if seen.insert(citation).inserted { citations.append(citation) }
            }
            offset += part.text.unicodeScalars.count
        }
        return citations
    }

    /// What the model said instead of an answer, if it refused to give one.
    public var refusal: String? {
        let refusals = finalMessages.flatMap(\.content).compactMap { part -> String? in
            guard case .refusal(let text) = part else { return nil }
            return text
        }
        return refusals.isEmpty ? nil : refusals.joined()
    }

    /// The passages that the model's searches found; empty unless they were asked for.
    public var searchResults: [FileSearchResult] {
        output.flatMap { item -> [FileSearchResult] in
            guard case .fileSearchCall(let call) = item else { return [] }
            return call.results ?? []
        }
    }

    private var finalMessages: [Message] {
        output.compactMap { item in
            guard case .message(let message) = item, message.isFinalAnswer else { return nil }
            return message
        }
    }

    private var answerParts: [OutputText] {
        finalMessages.flatMap(\.content).compactMap { part in
            guard case .outputText(let text) = part else { return nil }
            return text
        }
    }
}
