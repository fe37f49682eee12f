import Inference
import Foundation
import TestSupport
import Testing

@testable import SentenceEncoder

/// SentencePiece models of a few pieces, made here.
@Suite struct SentencePieceTests {
    private static let pieces: [(String, Float, UInt8)] = [
        ("<unk>", 0, 2), ("<s>", 0, 3), ("</s>", 0, 3), ("\u{2581}", -3, 1), ("a", -2, 1), ("b", -2, 1), ("ab", -3, 1),
        ("\u{2581}ab", -4.5, 1), ("ü", -2, 1),
    ]

    @Test(arguments: [
        ("ab", [7]), ("  ab ", [7]), ("a", [3, 4]), ("aba", [7, 4]), ("ab  ab", [7, 7]), ("ü", [3, 8]), ("", []),
        (" \n", [3, 0]),
        // What no piece has is unknown, once for all that follow each other; the tokens around texts are no pieces.
        ("xyz", [3, 0]), ("axyb", [3, 4, 0, 5]), ("<s>", [3, 0]),
    ])
    func findsThePiecesOfTheGreatestScore(text: String, tokens: [Int]) async throws {
        try await Self.withModel(Self.model(Self.pieces)) { path in
            let tokenizer = try SentencePiece(path: path)
            #expect(tokenizer.count == Self.pieces.count)
            #expect(tokenizer.tokens(of: text, limit: 100) == tokens)
        }
    }

    @Test(arguments: [
        Data(), Data("no model".utf8), model([]), model(Array(pieces.dropFirst())), model(pieces, map: nil),
        model(pieces, map: [4, 0, 0, 0]), model(pieces).dropLast(3), model(pieces + [("c", .nan, 1)]),
    ])
    func refusesWhatIsNoModel(_ data: Data) async throws {
        try await Self.withModel(data) { path in
            let error = #expect(throws: ModelError.self) { try SentencePiece(path: path) }
            #expect(error?.description.contains(path) == true)
        }
    }

    /// A map that replaces nothing.
    private static let emptyMap: [UInt8] = [4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]

    private static func model(_ pieces: [(String, Float, UInt8)], map: [UInt8]? = emptyMap) -> Data {
        func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] { [number << 3 | 2, UInt8(bytes.count)] + bytes }
        let messages = pieces.map { text, score, type in
            let score = withUnsafeBytes(of: score.bitPattern.littleEndian) { Array($0) }
            return field(1, field(1, Array(text.utf8)) + [2 << 3 | 5] + score + [3 << 3, type])
        }
        return Data(messages.joined() + (map.map { field(3, field(2, $0)) } ?? []))
    }

    private static func withModel(_ data: Data, _ body: (String) throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/sp.model"
            try data.write(to: URL(fileURLWithPath: path))
            try body(path)
        }
    }
}

/// Files of NumPy's format, and what is none.
@Suite struct ArrayFileTests {
    @Test func readsNumbersByTypeAndShape() async throws {
        try await Self.withFile(Self.header("<f4", "(2,)"), [0, 0, 128, 63, 0, 0, 0, 64]) { path in
            let tensor = try ArrayFile.tensor(at: path, shape: [2])
            #expect(unsafe Array(tensor.values) == [1, 2])
        }
        try await Self.withFile(Self.header("|u1", "(2, 3)"), [1, 2, 255, 4, 5, 6]) { path in
            let rows = try ArrayFile.rows(at: path, 2, width: 3)
            #expect(rows.row(0) == [1, 2, 255])
            #expect(rows.row(1) == [4, 5, 6])
            #expect(rows.row(2) == [0, 0, 0])
            #expect(throws: ModelError.self) { try ArrayFile.rows(at: path, 3, width: 2) }
        }
    }

    @Test(arguments: [
        ("<f4", "(2,)", 7, ModelError.Code.malformed), ("<f4", "(2,)", 12, .malformed),
        ("<f4", "(1, 2)", 8, .unsupported), ("<i4", "(2,)", 8, .unsupported), ("<f4", "(20,)", 8, .unsupported),
    ])
    func refusesAnotherArray(type: String, shape: String, bytes: Int, code: ModelError.Code) async throws {
        try await Self.withFile(Self.header(type, shape), [UInt8](repeating: 0, count: bytes)) { path in
            let error = #expect(throws: ModelError.self) { try ArrayFile.tensor(at: path, shape: [2]) }
            #expect(error?.code == code)
            #expect(error?.description.contains(path) == true)
        }
    }

    @Test func refusesWhatIsNoArray() async throws {
        try await Self.withFile([], Array("something else that is long enough".utf8)) { path in
            let error = #expect(throws: ModelError.self) { try ArrayFile.tensor(at: path, shape: [2]) }
            #expect(error?.code == .malformed)
        }
    }

    private static func header(_ type: String, _ shape: String) -> [UInt8] {
        var text = "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }"
        text += String(repeating: " ", count: 128 - 11 - text.utf8.count) + "\n"
        return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(text.utf8.count), 0] + Array(text.utf8)
    }

    private static func withFile(_ header: [UInt8], _ values: [UInt8], _ body: (String) throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/array.npy"
            try Data(header + values).write(to: URL(fileURLWithPath: path))
            try body(path)
        }
    }
}
