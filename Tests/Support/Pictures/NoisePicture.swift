internal import Subprocess
internal import SystemPackage

/// Pictures of noise, which compress badly: they are larger than what carriers accept.
public enum NoisePicture {
    /// Makes a picture, with ffmpeg.
    ///
    /// - Parameters:
    ///   - encoder: The name of ffmpeg's encoder, such as `mjpeg`, `png` or `libwebp`.
    ///   - size: The width and the height, such as `1024x1024`.
    /// - Returns: The content of the file.
    /// - Throws: ``ProgramFailure``.
    public static func make(_ encoder: String = "mjpeg", size: String = "1024x1024") async throws -> [UInt8] {
        let source = "nullsrc=size=\(size),geq=lum='random(1)*255':cb='random(2)*255':cr='random(3)*255'"
        let result = try await Subprocess.run(
            .name("ffmpeg"),
            arguments: [
                "-nostdin", "-loglevel", "error", "-f", "lavfi", "-i", source, "-frames:v", "1", "-c:v", encoder,
                "-q:v",
                "2", "-f", "image2pipe", "pipe:1",
            ],
            output: .bytes(limit: 16 << 20),
            error: .string(limit: 64 << 10)
        )
        guard result.terminationStatus.isSuccess, !result.standardOutput.isEmpty else {
            throw ProgramFailure(program: "ffmpeg", output: result.standardError)
        }
        return result.standardOutput
    }
}
