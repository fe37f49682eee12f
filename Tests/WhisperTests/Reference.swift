import Foundation
import Testing

/// A recording with what faster-whisper 1.2.1 makes of it with the same model, in 32 bits and without a beam.
///
/// The recordings are spoken by espeak-ng: 8-bit µ-law, 16 kHz, one channel.
struct Reference: Decodable, CustomTestStringConvertible {
    /// The first numbers of a row of a matrix, rounded to five digits.
    struct Row: Decodable {
        let row: Int
        let values: [Float]
    }

    let name: String
    let said: String
    let language: String
    let tokens: [Int]
    let text: String
    let noSpeechProbability: Float
    let averageLogProbability: Float
    let samples: Int
    /// Rows of the spectrogram, whole.
    let spectrogram: [Row]
    /// How many states the encoder gives, of which some rows follow.
    let stateCount: Int
    let states: [Row]

    var testDescription: String { name }

    /// The recording.
    var sound: [Float] {
        get throws {
            let file = try [UInt8](Data(contentsOf: Self.folder.appendingPathComponent("\(name).wav")))
            let name = try #require(file.firstRange(of: Array("data".utf8)))
            // The size follows on the name.
            return file[(name.upperBound + 4)...].prefix(samples).map(Self.sample)
        }
    }

    static let all: [Reference] = {
        guard let data = try? Data(contentsOf: folder.appendingPathComponent("references.json")) else { return [] }
        return (try? JSONDecoder().decode([Reference].self, from: data)) ?? []
    }()

    /// The reference of a name.
    static func named(_ name: String) throws -> Reference {
        try #require(all.first { $0.name == name })
    }

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Fixtures")

    /// The sample that a byte stands for by µ-law (ITU-T G.711).
    private static func sample(_ byte: UInt8) -> Float {
        let bits = ~byte
        let magnitude = (Int(bits & 0x0F) << 3 + 0x84) << Int(bits >> 4 & 0x07) - 0x84
        return Float(bits & 0x80 == 0 ? magnitude : -magnitude) / 32_768
    }
}

/// The folder of the model, which is not part of the project.
let modelFolder = ProcessInfo.processInfo.environment["WHISPER_MODEL_DIR"]
