/// What was said so far, as the answerer takes it: earlier turns, and the question.
struct Dialogue: Sendable, Hashable {
    /// The most messages of a conversation that are looked back on.
    static let memory = 40

    /// The earlier turns, oldest first.
    private(set) var turns: [Answerer.Turn] = []
    /// What is asked now; empty if the last word is not the user's.
    private(set) var question = ""
    /// The instructions, of the request and of the messages that carry such.
    private(set) var instructions: String?

    /// Reads a run of items, oldest first.
    init(_ items: [ConversationItem], instructions: String?) {
        var guidance = [instructions].compactMap(\.self)
        for item in items where item.type == "message" {
            switch item.role {
            case "user":
                if !question.isEmpty { turns.append(Answerer.Turn(question: question, answer: "")) }
                question = item.text
            case "assistant":
                turns.append(Answerer.Turn(question: question, answer: item.text))
                question = ""
            default:
                guidance.append(item.text)
            }
        }
        self.instructions = guidance.isEmpty ? nil : guidance.joined(separator: "\n\n")
    }

    /// About how many tokens a model would read.
    var tokens: Int {
        turns.reduce(Tokens.estimate(question) + Tokens.estimate(instructions ?? "")) { sum, turn in
            sum + Tokens.estimate(turn.question) + Tokens.estimate(turn.answer)
        }
    }
}

/// Estimates of tokens: four bytes are about one.
enum Tokens {
    /// About how many tokens a text has.
    static func estimate(_ text: String) -> Int {
        (text.utf8.count + 3) / 4
    }
}
