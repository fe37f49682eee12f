import Inference
import Foundation
import TestSupport
import Testing

@testable import SentenceEncoder

/// What stands where a model should be, and is none.
@Suite struct ModelFileTests {
    private static let header = #"{"__metadata__":{"a":"b"},"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#

    @Test func readsTensorsByNameAndShape() async throws {
        try await withFile(Self.file(header: Self.header + " ", values: [1, 2])) { path in
            let file = try TensorFile(path: path)
            let tensor = try file.tensor("x", shape: [2])
            #expect(unsafe Array(tensor.values) == [1, 2])
            #expect(throws: ModelError.self) { try file.tensor("x", shape: [1, 2]) }
            #expect(throws: ModelError.self) { try file.tensor("y", shape: [2]) }
        }
    }

    @Test(arguments: [
        Data("short".utf8),
        Data([UInt8](repeating: 0xFF, count: 64)),
        file(header: "no JSON, but long enough to be", values: [1]),
        file(header: header + " ", values: [1]),
        file(header: header.replacingOccurrences(of: "[0,8]", with: "[0,4]") + " ", values: [1, 2]),
        file(header: header.replacingOccurrences(of: "[0,8]", with: "[-8,0]"), values: [1, 2]),
        file(header: header.replacingOccurrences(of: "[2]", with: "[4611686018427387904,8]"), values: [1, 2]),
    ])
    func refusesWhatIsNoTensorFile(_ data: Data) async throws {
        try await withFile(data) { path in
            let error = #expect(throws: ModelError.self) { try TensorFile(path: path) }
            #expect(error?.code == .malformed)
            #expect(error?.description.contains(path) == true)
        }
    }

    @Test func namesTheFileThatIsMissing() async throws {
        try await withTemporaryFolder { folder in
            let error = #expect(throws: ModelError.self) { try SentenceEncoder(folder: folder) }
            #expect(error?.code == .unreadable)
            #expect(error?.description.contains("\(folder)/vocab.txt") == true)
        }
    }

    @Test func refusesAVocabularyOfAnotherKind() async throws {
        try await withFile(Data("the\nof\n".utf8)) { path in
            let error = #expect(throws: ModelError.self) { try WordPiece(vocabulary: path) }
            #expect(error?.code == .malformed)
        }
    }

    @Test(arguments: ["{}", #"{"model_type": "gpt2"}"#])
    func refusesAConfigurationOfAnotherKind(_ configuration: String) async throws {
        try await withTemporaryFolder { folder in
            try Data(configuration.utf8).write(to: URL(fileURLWithPath: "\(folder)/config.json"))
            let error = #expect(throws: ModelError.self) { try BERTModel(folder: folder) }
            #expect(error?.code == .malformed)
        }
    }

    private static func file(header: String, values: [Float]) -> Data {
        var data = Data()
        withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { data.append(contentsOf: $0) }
        data.append(Data(header.utf8))
        values.withUnsafeBytes { data.append(contentsOf: $0) }
        return data
    }

    private func withFile(_ data: Data, _ body: (String) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/file"
            try data.write(to: URL(fileURLWithPath: path))
            try await body(path)
        }
    }
}
