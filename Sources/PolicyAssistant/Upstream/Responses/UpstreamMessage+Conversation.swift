internal import OpenAI

extension UpstreamMessage {
    /// Reads a conversation's items, oldest first; each answer gets the passages that the searches before it found.
    static func messages(in items: some Sequence<ConversationItem>) -> [UpstreamMessage] {
        var messages: [UpstreamMessage] = []
        var passages: [FileSearchResult] = []
        for item in items {
            switch item {
            case .fileSearchCall(let call):
                passages += call.results ?? []
            case .message(let message) where message.isUserMessage:
                passages = []
                messages.append(UpstreamMessage(id: message.id ?? "", role: .user, text: message.text))
            case .message(let message) where message.isFinalAnswer:
                messages.append(UpstreamMessage(answer: message, passages: passages))
                passages = []
            case .message, .other:
                continue
            }
        }
        return messages
    }

    private init(answer message: Message, passages: [FileSearchResult]) {
        var text = ""
        var citations: [FileCitation] = []
        for part in message.content {
            switch part {
            case .outputText(let output):
                let offset = text.unicodeScalars.count
                for case .fileCitation(let citation) in output.annotations {
                    citations.append(citation.moved(by: offset))
                }
                text += output.text
            case .refusal(let refusal):
                text += refusal
            case .inputText, .other:
                continue
            }
        }
        self.init(
            id: message.id ?? "",
            role: .assistant,
            text: text,
            citations: citations,
            passages: passages,
            confidence: AnswerConfidence(metadata: message.metadata),
            author: AnswerAuthor(metadata: message.metadata)
        )
    }
}

extension Message {
    /// Whether the user wrote it.
    var isUserMessage: Bool { role == .user }
}
