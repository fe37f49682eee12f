import Foundation
import TestSupport

/// A question about documents, and what a right answer has.
struct ScoredQuestion: Decodable {
    let question: String
    /// The question before it in the conversation.
    let after: String?
    /// The document with the answer; nil if no document has it.
    let file: String?
    let mustContain: [String]?

    /// Reads a file with one question, as a JSON object, in each line.
    static func read(_ path: String) throws -> [ScoredQuestion] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
            try JSONDecoder.snakeCase.decode(ScoredQuestion.self, from: Data($0.utf8))
        }
    }
}

/// How many of the answers are right.
struct Score: CustomStringConvertible {
    private(set) var answerable = 0
    private(set) var rightFile = 0
    private(set) var rightFact = 0
    private(set) var unanswerable = 0
    private(set) var refused = 0
    private(set) var doubted = 0

    var description: String {
        "of \(answerable) answerable questions, right file \(rightFile), right fact \(rightFact); "
            + "of \(unanswerable) unanswerable ones, refused \(refused), doubted \(doubted)"
    }

    /// Asks each question in a conversation of its own, and counts the answers.
    ///
    /// - Parameters:
    ///   - questions: The questions.
    ///   - api: The server.
    ///   - check: Gets each answer.
    /// - Throws: The error of a question that gets no answer, and what `check` throws.
    init(
        _ questions: [ScoredQuestion],
        _ api: API,
        check: (ChatAnswer) async throws -> Void = { _ in }
    ) async throws {
        for (number, question) in questions.enumerated() {
            let user = "user-\(number)"
            if let earlier = question.after { _ = try await api.ask(earlier, as: user) }
            let answer = try await api.ask(question.question, as: user)
            count(answer, to: question)
            try await check(answer)
        }
    }

    private mutating func count(_ answer: ChatAnswer, to question: ScoredQuestion) {
        guard let file = question.file else {
            unanswerable += 1
            if answer.citations.isEmpty { refused += 1 }
            if answer.confidence == "unsure" { doubted += 1 }
            return
        }
        answerable += 1
        if answer.citations.contains(where: { $0.filename == file }) { rightFile += 1 }
        let text = answer.answer.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
        if (question.mustContain ?? []).allSatisfy({ text.contains($0.lowercased()) }) { rightFact += 1 }
    }
}

/// How the engine finds passages.
enum Search: CaseIterable {
    case byMeaning, byWords

    private static let encoder = ProcessInfo.processInfo.environment["ENCODER_MODEL_DIR"]
    /// The ways that the machine has: the model is not part of the project.
    static var here: [Search] { encoder == nil ? [.byWords] : allCases }

    var settings: [String: String] {
        switch self {
        case .byMeaning: Search.encoder.map { ["ENCODER_MODEL_DIR": $0] } ?? [:]
        case .byWords: [:]
        }
    }
}
