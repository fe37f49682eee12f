/// What was said so far, as the answerer takes it: earlier turns, and the question.
struct ChatHistory: Sendable, Hashable {
    /// The most messages of a conversation that are looked back on.
    static let memory = 40

    /// The earlier turns, oldest first.
    private(set) var turns: [Answerer.Turn] = []
    /// What is asked now; empty if the last word is not the user's.
    private(set) var question = ""
    /// The instructions, of the request and of the messages that carry such.
    private(set) var instructions: String?

    /// Reads what was said, oldest first.
    init(_ utterances: [ChatMessage], instructions: String?) {
        var guidance = [instructions].compactMap(\.self)
        for utterance in utterances {
            switch utterance.role {
            case "user":
                if !question.isEmpty { turns.append(Answerer.Turn(question: question, answer: "")) }
                question = utterance.text
            case "assistant":
                turns.append(Answerer.Turn(question: question, answer: utterance.text))
                question = ""
            default:
                guidance.append(utterance.text)
            }
        }
        self.instructions = guidance.isEmpty ? nil : guidance.joined(separator: "\n\n")
    }

    /// How much work the answer is: much, if the question or one that it may go on from is longer than people ask.
    var load: FairScheduler.Load {
        let longest = turns.suffix(Question.mostTurns).reduce(question.utf8.count) { max($0, $1.question.utf8.count) }
        return longest > Self.longQuestion ? .heavy : .light
    }

    /// A question of more bytes than this is long.
    private static let longQuestion = 1_000

    /// About how many tokens a model would read.
    var tokens: Int {
        turns.reduce(Tokens.estimate(question) + Tokens.estimate(instructions ?? "")) { sum, turn in
            sum + Tokens.estimate(turn.question) + Tokens.estimate(turn.answer)
        }
    }
}

/// Something said in a conversation or a thread.
struct ChatMessage: Sendable, Hashable {
    /// Who said it, such as `user`.
    let role: String?
    let text: String
}

extension ChatMessage {
    /// What an item says; nil for an item that is no message.
    init?(_ item: ConversationItem) {
        guard item.type == "message" else { return nil }
        self.init(role: item.role, text: item.text)
    }

    /// What a thread's message says, without the marks of its citations.
    init(threadMessage message: JSONValue) {
        let texts = (message["content"]?.array ?? []).compactMap { part -> String? in
            guard var text = part["text"]?["value"]?.string else { return nil }
            for mark in (part["text"]?["annotations"]?.array ?? []).compactMap({ $0["text"]?.string }) {
                text = text.replacing(mark, with: "")
            }
            return text
        }
        self.init(role: message["role"]?.string, text: texts.joined(separator: "\n"))
    }
}

/// Estimates of tokens: four bytes are about one.
enum Tokens {
    /// About how many tokens a text has.
    static func estimate(_ text: String) -> Int {
        (text.utf8.count + 3) / 4
    }
}
