import Foundation
import HTTPTypes
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// What a newcomer meets: the sample policies, answered from by the embedded engine.
@Suite struct SamplePolicyTests {
    private struct Question: Decodable {
        let question: String
        let file: String?
    }

    private struct Topics: Decodable {
        struct Topic: Decodable {
            let question: String
            let filename: String
        }

        let topics: [Topic]
    }

    private static let assets = "\(Installation.project)/assets/policies"
    private static let encoder = ProcessInfo.processInfo.environment["ENCODER_MODEL_DIR"]
    private static var settings: [String: String] {
        ["ASSETS_DIR": assets].merging(encoder.map { ["ENCODER_MODEL_DIR": $0] } ?? [:]) { first, _ in first }
    }

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

    /// Word for word in the text that is shown for the document, or, as rows of tables are, in the document itself.
    @Test func everyQuoteStandsInItsDocument() async throws {
        try await withInstallation(settings: Self.settings) { installation, _ in
            #expect(try await installation.sync().1.status == 0)
            let path = "\(Installation.project)/Tests/EndToEndTests/Fixtures/questions.jsonl"
            let questions = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
                try JSONDecoder.snakeCase.decode(Question.self, from: Data($0.utf8))
            }
            try await installation.serving { api in
                var texts: [String: String] = [:]
                var quotes = 0
                for (number, question) in questions.enumerated() where question.file != nil {
                    let answer = try await api.ask(question.question, as: "user-\(number)")
                    #expect(answer.citations.count <= 3)
                    for citation in answer.citations {
                        if texts[citation.filename] == nil {
                            let reply = try await api.send(.get, "/files/\(citation.fileId)/content")
                            let shown = try await Self.shown("\(Self.assets)/\(citation.filename)")
                            texts[citation.filename] = Self.folded(
                                String(decoding: reply.body, as: UTF8.self) + "\n" + shown
                            )
                        }
                        quotes += 1
                        #expect(!citation.quote.isEmpty && citation.quote.count <= 400)
                        #expect(
                            texts[citation.filename]?.contains(Self.folded(citation.quote)) == true,
                            "\(citation.filename): \(citation.quote)"
                        )
                    }
                }
                #expect(quotes >= 30)
            }
        }
    }

    @Test(.enabled(if: encoder != nil, "ENCODER_MODEL_DIR names no folder"))
    func everySuggestedQuestionIsAnsweredSurely() async throws {
        try await withInstallation(settings: Self.settings) { installation, _ in
            #expect(try await installation.sync().1.status == 0)
            try await installation.serving { api in
                let topics = try await api.send(.get, "/topics").decoded(Topics.self).topics
                #expect(topics.count >= 4)
                for topic in topics {
                    let answer = try await api.ask(topic.question, as: topic.filename)
                    #expect(answer.confidence == "sure", "\(topic.question)")
                    #expect(answer.citations.map(\.filename).contains(topic.filename), "\(topic.question)")
                }
            }
        }
    }
}
