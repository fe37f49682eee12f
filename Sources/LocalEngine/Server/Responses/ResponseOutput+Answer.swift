extension ResponseOutput {
    /// What a turn's answer becomes: with IDs, the files' names, and no longer than the request allows.
    init(_ answer: ExtractiveAnswer, hits: [StoreSearch.Hit], of turn: ResponseTurn) {
        let names = Dictionary(hits.map { ($0.passage.fileID, $0.filename) }) { first, _ in first }
        let text = Self.cut(answer.text, tokens: turn.request.maximumOutputTokens)
        let length = text.unicodeScalars.count
        fileSearchID = turn.fileSearchID
        messageID = turn.messageID
        queries = answer.queries
        self.hits = hits
        self.text = text
        citations = answer.citations
            .compactMap { citation in
                names[citation.fileID].map { Citation(fileID: citation.fileID, filename: $0, index: citation.index) }
            }
            .filter { $0.index <= length }
        isCut = text != answer.text
        inputTokens = hits.reduce(turn.dialogue.tokens) { $0 + Tokens.estimate($1.passage.text) }
    }

    /// Cuts a text at the end of a word.
    private static func cut(_ text: String, tokens: Int?) -> String {
        guard let tokens, Tokens.estimate(text) > tokens else { return text }
        var length = 0
        let fitting = text.prefix { character in
            length += character.utf8.count
            return length <= tokens * 4
        }
        let words = fitting.lastIndex(where: \.isWhitespace).map { fitting[..<$0] } ?? fitting
        return String(words)
    }
}
