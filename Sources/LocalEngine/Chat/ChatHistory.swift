/// The messages of a conversation or a thread, as the answerer takes them: earlier questions and answers, and the question.
struct ChatHistory: Sendable, Hashable {
    /// The maximum number of messages of a conversation or a thread that an answer takes into account.
    static let maximumMessages = 40

    /// The earlier questions with their answers, oldest first.
    private(set) var exchanges: [Answerer.Exchange] = []
    /// The question; empty if the last message is not the user's.
    private(set) var question = ""
    /// The instructions, of the request and of system and developer messages.
    private(set) var instructions: String?

    /// Reads messages, oldest first.
    init(_ messages: [ChatMessage], instructions: String?) {
        var allInstructions = [instructions].compactMap(\.self)
        for message in messages {
            switch message.role {
            case "user":
                if !question.isEmpty { exchanges.append(Answerer.Exchange(question: question, answer: "")) }
                question = message.text
            case "assistant":
                exchanges.append(Answerer.Exchange(question: question, answer: message.text))
                question = ""
            default:
                allInstructions.append(message.text)
            }
        }
        self.instructions = allInstructions.isEmpty ? nil : allInstructions.joined(separator: "\n\n")
    }

    /// How much work the answer is: heavy if the question, or one that it may continue, is long.
    var load: FairScheduler.Load {
        let longest = exchanges.suffix(Question.maximumExchanges).reduce(question.utf8.count) {
            max($0, $1.question.utf8.count)
        }
        return longest > Self.longQuestion ? .heavy : .light
    }

    /// A question of more bytes than this is long.
    private static let longQuestion = 1_000

    /// The estimated number of tokens that a model would read.
    var tokens: Int {
        exchanges.reduce(Tokens.estimate(question) + Tokens.estimate(instructions ?? "")) { sum, exchange in
            sum + Tokens.estimate(exchange.question) + Tokens.estimate(exchange.answer)
        }
    }
}

/// A message of a conversation or a thread.
struct ChatMessage: Sendable, Hashable {
    /// The author, such as `user`.
    let role: String?
    let text: String
}

/// Estimates of tokens: a token has about four bytes.
enum Tokens {
    /// The estimated number of tokens of a text.
    static func estimate(_ text: String) -> Int {
        (text.utf8.count + 3) / 4
    }
}
