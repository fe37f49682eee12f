import Subprocess
import SystemPackage
import TestSupport

/// Sounds for tests, made by espeak-ng and ffmpeg as the stand-in makes them.
enum Sounds {
    /// Speech as signed samples of 16 bits, 16,000 a second.
    static func speech(_ text: String, language: String = "en") async throws -> [UInt8] {
        try await pcm(of: try await output("espeak-ng", ["-v", language, "--stdout", text], []))
    }

    /// Silence of so many seconds.
    static func silence(seconds: Int) -> [UInt8] { [UInt8](repeating: 0, count: seconds * 32_000) }

    /// What a file of any encoding sounds like, as signed samples of 16 bits, 16,000 a second.
    static func pcm(of file: [UInt8]) async throws -> [UInt8] {
        try await output(
            "ffmpeg",
            ["-v", "error", "-i", "pipe:0", "-ac", "1", "-ar", "16000", "-f", "s16le", "pipe:1"],
            file
        )
    }

    private static func output(_ program: String, _ arguments: [String], _ input: [UInt8]) async throws -> [UInt8] {
        let result = try await run(
            .name(program),
            arguments: Arguments(arguments),
            input: .array(input),
            output: .bytes(limit: 16 << 20),
            error: .string(limit: 4096)
        )
        guard result.terminationStatus.isSuccess else {
            throw ProgramFailure(program: program, output: result.standardError)
        }
        return result.standardOutput
    }
}
