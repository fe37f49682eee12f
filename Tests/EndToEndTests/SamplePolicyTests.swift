import Foundation
import HTTPTypes
import Subprocess
import Synchronization
import SystemPackage
import TestSupport
import Testing

/// What a newcomer meets: the sample policies, answered from by the embedded engine.
@Suite struct SamplePolicyTests {
    private struct Topics: Decodable {
        struct Topic: Decodable {
            let question: String
            let filename: String
        }

        let topics: [Topic]
    }

    private static let assets = "\(Installation.project)/assets/policies"
    private static func folded(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// What a reader sees in a document that is not the text itself.
    private static func shown(_ path: String) async throws -> String {
        guard path.hasSuffix(".pdf") else { return (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }
        let result = try await run(
            .name("pdftotext"),
            arguments: ["-layout", path, "-"],
            output: .string(limit: 1 << 20)
        )
        return result.standardOutput
    }

    /// One sync and one conversation for each question show all of it: reading the policies takes most of the time.
    @Test(arguments: Search.here)
    func theSamplePoliciesAreAnsweredFrom(search: Search) async throws {
        try await SharedModel.$isCopying.withValue(false) { try await areAnsweredFrom(search) }
    }

    private func areAnsweredFrom(_ search: Search) async throws {
        let settings = ["ASSETS_DIR": Self.assets].merging(search.settings) { $1 }
        try await withInstallation(settings: settings) { installation, _ in
            let (receipt, result) = try await installation.sync()
            #expect(result.status == 0)
            #expect(receipt.added.count >= 10)
            try await installation.serving { api in
                let answer = try await api.ask("How many days of annual leave do I get?", as: "newcomer")
                #expect(Set(answer.citations.map(\.filename)) == ["leave/annual-leave.md"])
                #expect(answer.answer.contains("27 days"), "\(answer.answer)")
                if search == .byMeaning { try await everySuggestedQuestionIsAnsweredSurely(api) }
            }
            try await everyQuestionIsAnswered(search, installation)
        }
    }

    /// The answers are right as often as before, with a model that makes no mistakes as well, and each quote stands in its
    /// document.
    private func everyQuestionIsAnswered(_ search: Search, _ installation: Installation) async throws {
        let path = "\(Installation.project)/Tests/EndToEndTests/Fixtures/questions.jsonl"
        let texts = Mutex<[String: String]>([:])
        let quotes = Atomic(0)
        let (score, written) = try await Score.sideBySide(ScoredQuestion.read(path), installation) { answer, api in
            #expect(answer.citations.count <= 3)
            for citation in answer.citations {
                let known = texts.withLock { $0[citation.filename] }
                let text = if let known { known } else { try await text(of: citation, api) }
                texts.withLock { $0[citation.filename] = text }
                quotes.add(1, ordering: .relaxed)
                #expect(!citation.quote.isEmpty && citation.quote.count <= 400)
                #expect(text.contains(Self.folded(citation.quote)), "\(citation.filename): \(citation.quote)")
            }
        }
        #expect(written.rightFile >= score.rightFile && written.rightFact >= score.rightFact, "\(score) \(written)")
        #expect(written.refused == score.refused, "\(score) \(written)")
        switch search {
        case .byMeaning:
            #expect(score.rightFile >= 33, "\(score)")
            #expect(score.rightFact >= 27, "\(score)")
            #expect(quotes.load(ordering: .relaxed) >= 60)
        case .byWords:
            #expect(score.rightFile >= 23, "\(score)")
            #expect(score.rightFact >= 19, "\(score)")
            #expect(score.refused + score.doubted == score.unanswerable, "\(score)")
            #expect(quotes.load(ordering: .relaxed) >= 46)
        }
    }

    /// The text that is shown for a cited document, and, for the rows of its tables, the document itself.
    private func text(of citation: ChatAnswer.Citation, _ api: API) async throws -> String {
        let reply = try await api.send(.get, "/files/\(citation.fileId)/content")
        let shown = try await Self.shown("\(Self.assets)/\(citation.filename)")
        return Self.folded(String(decoding: reply.body, as: UTF8.self) + "\n" + shown)
    }

    private func everySuggestedQuestionIsAnsweredSurely(_ api: API) async throws {
        let topics = try await api.send(.get, "/topics").decoded(Topics.self).topics
        #expect(topics.count >= 4)
        for topic in topics {
            let answer = try await api.ask(topic.question, as: topic.filename)
            #expect(answer.confidence == "sure", "\(topic.question)")
            #expect(answer.citations.map(\.filename).contains(topic.filename), "\(topic.question)")
        }
    }
}
