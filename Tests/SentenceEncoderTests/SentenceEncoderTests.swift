import Foundation
import Testing

@testable import SentenceEncoder

/// all-MiniLM-L6-v2 against what sentence-transformers makes of the same texts.
///
/// The model is not part of the project: `ENCODER_MODEL_DIR` names the folder where it is.
@Suite(.enabled(if: modelFolder != nil, "ENCODER_MODEL_DIR names no folder"))
struct SentenceEncoderTests {
    let encoder: SentenceEncoder
    let tokenizer: WordPiece

    init() throws {
        let folder = try #require(modelFolder)
        encoder = try SentenceEncoder(folder: folder)
        tokenizer = try WordPiece(vocabulary: "\(folder)/vocab.txt")
    }

    @Test func hasReferences() {
        #expect(references.count == 12)
    }

    @Test(arguments: references)
    func splitsTextAsTheReferenceDoes(_ reference: Reference) {
        let tokens = tokenizer.tokens(of: reference.text, limit: 254).map(\.id)
        #expect([tokenizer.first] + tokens + [tokenizer.last] == reference.tokens)
    }

    @Test(arguments: references)
    func encodesAsTheReferenceDoes(_ reference: Reference) throws {
        let vector = encoder.encode(reference.text).vector
        try #require(vector.count == reference.vector.count)
        let error = zip(vector, reference.vector).map { abs($0 - $1) }.max() ?? 1
        #expect(error < 1e-5)
    }

    /// The places of tokens lead back to the words, whatever was folded on the way.
    @Test func reportsThePlaceOfEachToken() {
        let text = "Fünf Tage\u{a0}Urlaub — naïve İzin 年."
        let places = tokenizer.tokens(of: text, limit: 100).map { token in
            String(decoding: Array(text.utf8)[token.range], as: UTF8.self)
        }
        #expect(places.joined() == text.filter { !$0.isWhitespace })
        #expect(places.contains("年"))
    }

    /// A statement's own vector is nearest to the question that it answers.
    @Test func makesVectorsOfParts() throws {
        let statements = ["Annual leave is 25 days.", "Hotels cost at most 130 euros a night."]
        let text = statements.joined(separator: " ")
        let encoded = encoder.encode(text)
        let middle = statements[0].utf8.count
        let parts = try [0..<middle, middle..<text.utf8.count].map { try #require(encoded.vector(of: $0)) }
        let question = encoder.encode("How expensive may my hotel be?").vector
        let cosines = parts.map { part in zip(part, question).map { $0 * $1 }.reduce(0, +) }
        #expect(cosines[1] > cosines[0] + 0.1)
        #expect(encoded.vector(of: text.utf8.count..<(text.utf8.count + 10)) == nil)
    }

    @Test func readsNoMoreThanTheLimit() {
        let text = String(repeating: "limit ", count: 2000)
        #expect(encoder.encode(text, limit: 10).tokens.count == 10)
        #expect(encoder.encode(text, limit: 10_000).tokens.count == encoder.maximumTokens)
        #expect(encoder.encode(text, limit: -1).tokens.isEmpty)
    }

    @Test func encodesSeveralTextsAtOnce() async {
        let texts = references.map(\.text)
        let alone = texts.map { encoder.encode($0).vector }
        let together = await withTaskGroup { group in
            for (index, text) in texts.enumerated() { group.addTask { (index, encoder.encode(text).vector) } }
            return await group.reduce(into: [Int: [Float]]()) { $0[$1.0] = $1.1 }
        }
        #expect(texts.indices.allSatisfy { together[$0] == alone[$0] })
    }
}

/// A text with its tokens and its vector, rounded to six digits.
struct Reference: Decodable, CustomTestStringConvertible {
    let text: String
    let tokens: [Int]
    let vector: [Float]

    var testDescription: String { "“\(text.prefix(40))”" }

    /// Reads references from a file of the folder `Fixtures`; none if it cannot be read.
    static func all(in name: String) -> [Reference] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/\(name)")
        guard let data = try? Data(contentsOf: file) else { return [] }
        return (try? JSONDecoder().decode([Reference].self, from: data)) ?? []
    }
}

private let modelFolder = ProcessInfo.processInfo.environment["ENCODER_MODEL_DIR"]

private let references = Reference.all(in: "reference.json")
