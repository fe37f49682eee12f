import Foundation
import TestSupport
import Testing

/// Whole handbooks, with the questions that people ask of them.
@Suite struct RealDocumentsTests {
    private struct Question: Decodable {
        let question: String
        let after: String?
        let answerable: Bool?
        let file: String?
        let mustContain: [String]?
    }

    private func questions(_ path: String) throws -> [Question] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
            try JSONDecoder.snakeCase.decode(Question.self, from: Data($0.utf8))
        }
    }

    /// How an assistant did on a list of questions.
    private struct Score: CustomStringConvertible {
        var answerable = 0
        var rightFile = 0
        var rightFact = 0
        var unanswerable = 0
        var refused = 0

        var description: String {
            "of \(answerable) answerable questions, right file \(rightFile), right fact \(rightFact); "
                + "of \(unanswerable) unanswerable ones, refused \(refused)"
        }
    }

    private func score(_ questions: [Question], _ api: API) async throws -> Score {
        var score = Score()
        for (number, question) in questions.enumerated() {
            let user = "user-\(number)"
            if let earlier = question.after { _ = try await api.ask(earlier, as: user) }
            let answer = try await api.ask(question.question, as: user)
            guard let file = question.file else {
                score.unanswerable += 1
                if answer.citations.isEmpty { score.refused += 1 }
                continue
            }
            score.answerable += 1
            if answer.citations.contains(where: { $0.filename == file }) { score.rightFile += 1 }
            let text = answer.answer.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
            if (question.mustContain ?? []).allSatisfy({ text.contains($0.lowercased()) }) { score.rightFact += 1 }
        }
        return score
    }

    /// How the engine finds passages.
    enum Search: CaseIterable {
        case byMeaning, byWords

        static let encoder = ProcessInfo.processInfo.environment["ENCODER_MODEL_DIR"]
        /// The ways that there are here.
        static var here: [Search] { encoder == nil ? [.byWords] : allCases }

        var settings: [String: String] {
            switch self {
            case .byMeaning: Search.encoder.map { ["ENCODER_MODEL_DIR": $0] } ?? [:]
            case .byWords: [:]
            }
        }
    }

    @Test(arguments: Search.here)
    func theSamplePoliciesAreAnsweredFrom(search: Search) async throws {
        let settings = ["ASSETS_DIR": "\(Installation.project)/assets/policies"]
        try await withInstallation(settings: settings.merging(search.settings) { $1 }) { installation, _ in
            let (receipt, result) = try await installation.sync()
            #expect(result.status == 0)
            #expect(receipt.added.count >= 10)
            let path = "\(Installation.project)/Tests/EndToEndTests/Fixtures/questions.jsonl"
            let score = try await installation.serving { api in
                let answer = try await api.ask("How many days of annual leave do I get?", as: "newcomer")
                #expect(Set(answer.citations.map(\.filename)) == ["leave/annual-leave.md"])
                #expect(answer.answer.contains("27 days"), "\(answer.answer)")
                return try await self.score(questions(path), api)
            }
            switch search {
            case .byMeaning:
                #expect(score.rightFile >= 33, "\(score)")
                #expect(score.rightFact >= 27, "\(score)")
            case .byWords:
                #expect(score.rightFile >= 23, "\(score)")
                #expect(score.rightFact >= 19, "\(score)")
                #expect(score.refused == score.unanswerable, "\(score)")
            }
        }
    }

    @Test(.needsContract, arguments: Search.here)
    func aHandbookThatNobodyHereWroteIsAnsweredFrom(search: Search) async throws {
        let eval = "\(try #require(Contract.here).folder)/eval/basecamp"
        let settings = ["ASSETS_DIR": "\(eval)/documents"]
        try await withInstallation(settings: settings.merging(search.settings) { $1 }) { installation, _ in
            let (receipt, result) = try await installation.sync()
            #expect(result.status == 0)
            #expect(receipt.added.count == 16)
            let score = try await installation.serving { api in
                try await self.score(questions("\(eval)/questions.jsonl"), api)
            }
            switch search {
            case .byMeaning:
                #expect(score.rightFile >= 56, "\(score)")
                #expect(score.rightFact >= 45, "\(score)")
            case .byWords:
                #expect(score.rightFile >= 22, "\(score)")
                #expect(score.rightFact >= 18, "\(score)")
                #expect(score.refused >= score.unanswerable - 2, "\(score)")
            }
        }
    }
}
