internal import OpenAI

extension UpstreamMessage {
    /// Reads a conversation's items, oldest first; each answer gets what was found on the way to it.
    static func messages(in items: some Sequence<ConversationItem>) -> [UpstreamMessage] {
        var messages: [UpstreamMessage] = []
        var passages: [UpstreamPassage] = []
        for item in items {
            switch item {
            case .fileSearchCall(let call):
                passages += (call.results ?? []).map { UpstreamPassage($0) }
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

    private init(answer message: Message, passages: [UpstreamPassage]) {
        var text = ""
        var sources: [UpstreamSource] = []
        for part in message.content {
            switch part {
            case .outputText(let output):
                let offset = text.unicodeScalars.count
                for case .fileCitation(let citation) in output.annotations {
                    sources.append(UpstreamSource(citation, after: offset))
                }
                text += output.text
            case .refusal(let refusal):
                text += refusal
            case .inputText, .other:
                continue
            }
        }
        self.init(id: message.id ?? "", role: .assistant, text: text, sources: sources, passages: passages)
    }
}

extension Message {
    /// Whether a person said it.
    var isUserMessage: Bool { role == .user }
}
