import Foundation
import Inference
import TestSupport
import Testing

@testable import Whisper

/// What stands where a model should be, and is none.
@Suite struct ModelFileTests {
    private static let halves: [UInt8] = [0x00, 0x3C, 0x00, 0xC0]

    @Test func readsVariablesByNameAndShape() async throws {
        let file = Self.file(variables: [
            Self.variable("x", [2], type: 4, Self.halves), Self.variable("heads", [], type: 2, [8, 0]),
        ])
        try await withFile(file) { path in
            let file = try ModelFile(path: path)
            #expect(file.numberCount == 2)
            #expect(file.shape(of: "x") == [2])
            #expect(file.shape(of: "heads") == nil)
            #expect(file.integer("heads") == 8)
            #expect(file.integer("x") == nil)
            let memory = FloatMemory(capacity: 2)
            let matrix = try file.matrix("x", shape: [2], in: memory)
            #expect(unsafe Array(matrix.row(0)) == [1, -2])
            for (name, shape) in [("x", [1, 2]), ("y", [2]), ("heads", [])] {
                #expect(throws: ModelError.self) { try file.matrix(name, shape: shape, in: memory) }
            }
        }
    }

    @Test(arguments: [
        Data("short".utf8),
        Data([UInt8](repeating: 0xFF, count: 64)),
        file(variables: [variable("x", [2], type: 4, halves)]).dropLast(),
        file(version: 5, variables: []),
        file(count: 2, variables: [variable("x", [2], type: 4, halves)]),
    ])
    func refusesWhatIsNoModel(_ file: Data) async throws {
        try await withFile(file) { path in
            do {
                _ = try ModelFile(path: path)
                Issue.record("It was read.")
            } catch let error as ModelError {
                #expect(error.code == .malformed)
            }
        }
    }

    @Test func refusesAnotherKindOfModel() async throws {
        try await withFile(Self.file(kind: "TransformerSpec", variables: [])) { path in
            do {
                _ = try ModelFile(path: path)
                Issue.record("It was read.")
            } catch let error as ModelError {
                #expect(error.code == .unsupported)
            }
        }
        try await withFile(Self.file(variables: [])) { path in
            let file = try ModelFile(path: path)
            #expect(throws: ModelError.self) { try ModelShape(of: file) }
        }
    }

    /// A variable that is smaller than its shape says is not read beyond its end.
    @Test func refusesAVariableThatIsCutOff() async throws {
        try await withFile(Self.file(variables: [Self.variable("x", [3], type: 4, Self.halves)])) { path in
            let file = try ModelFile(path: path)
            #expect(throws: ModelError.self) { try file.matrix("x", shape: [3], in: FloatMemory(capacity: 3)) }
        }
    }

    @Test func saysHowToFetchAModelThatIsMissing() {
        do {
            _ = try Recognizer(folder: "/nonexistent")
            Issue.record("It was opened.")
        } catch {
            #expect(error.code == .unreadable)
            #expect(error.description.contains("/nonexistent/model.bin"))
            #expect(error.description.contains("scripts/fetch-whisper"))
        }
    }

    private func withFile(_ content: Data, _ body: (String) throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/model.bin"
            try content.write(to: URL(fileURLWithPath: path))
            try body(path)
        }
    }

    private static func file(
        version: UInt32 = 6,
        kind: String = "WhisperSpec",
        count: Int? = nil,
        variables: [Data]
    ) -> Data {
        bytes(version) + text(kind) + bytes(UInt32(3)) + bytes(UInt32(count ?? variables.count))
            + variables.reduce(Data(), +)
    }

    private static func variable(_ name: String, _ shape: [UInt32], type: UInt8, _ values: [UInt8]) -> Data {
        text(name) + [UInt8(shape.count)] + shape.reduce(Data()) { $0 + bytes($1) } + [type]
            + bytes(UInt32(values.count))
            + values
    }

    private static func text(_ text: String) -> Data {
        bytes(UInt16(text.utf8.count + 1)) + Data(text.utf8) + [0]
    }

    private static func bytes<Integer: FixedWidthInteger>(_ number: Integer) -> Data {
        Data((0..<MemoryLayout<Integer>.size).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) })
    }
}
