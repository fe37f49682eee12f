import Inference
import Foundation
import TestSupport
import Testing

@testable import Whisper

@Suite struct VocabularyTests {
    private static let marks = [
        "<|endoftext|>", "<|startoftranscript|>", "<|en|>", "<|de|>", "<|translate|>", "<|transcribe|>",
        "<|nocaptions|>",
        "<|notimestamps|>", "<|0.00|>",
    ]

    @Test func readsPiecesAndMarks() async throws {
        try await withVocabulary(["ĠUr", "laub", "Ã", "¼", "Ċ"] + Self.marks) { vocabulary in
            #expect(vocabulary.count == 14)
            #expect(vocabulary.text(of: [0, 1, 4, 2, 3, 5, 7, 13]) == " Urlaub\nü")
            #expect(vocabulary.languages == ["en": 7, "de": 8])
            #expect(vocabulary.marks.endOfText == 5)
            #expect(vocabulary.marks.noSpeech == 11)
        }
    }

    @Test func refusesAVocabularyOfOneLanguage() async throws {
        do {
            try await withVocabulary(["a"] + Self.marks.filter { $0 != "<|en|>" && $0 != "<|de|>" }) { _ in }
            Issue.record("It was read.")
        } catch let error as ModelError {
            #expect(error.code == .unsupported)
        }
    }

    @Test func refusesAVocabularyWithoutMarks() async throws {
        do {
            try await withVocabulary(["a", "b"]) { _ in }
            Issue.record("It was read.")
        } catch let error as ModelError {
            #expect(error.code == .malformed)
        }
    }

    private func withVocabulary(_ lines: [String], _ body: (Vocabulary) throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            try Data(lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: "\(folder)/vocabulary.txt"))
            try body(Vocabulary(folder: folder))
        }
    }
}
