/// Makes pictures small enough to be sent to phones, with ffmpeg and the rights of ``DecoderSandbox``.
public struct PictureScaler: Sendable {
    private let command: [String]

    /// Creates a scaler.
    ///
    /// - Parameter command: The program and the arguments that start ffmpeg without rights, see ``DecoderSandbox``; empty to
    ///   start it with those of this process.
    public init(command: [String] = []) {
        self.command = command
    }

    /// Whether ffmpeg is installed.
    public static var isAvailable: Bool { AudioProgram.ffmpeg.path != nil }

    /// The longest side in pixels and ffmpeg's quality, 2 to 31 from the best to the worst, in the order in which they are
    /// tried.
    private static let sizes = [(1024, 3), (1024, 6), (1024, 10), (768, 8), (640, 10), (480, 12)]
    /// The maximum number of pixels that are decoded.
    private static let maximumPixels = 40_000_000
    private static let time = Duration.seconds(15)

    /// Returns a picture as a JPEG of at most `maximumBytes`; nil if the file is no picture that can be read, or cannot be
    /// made that small.
    ///
    /// - Parameters:
    ///   - file: The content of a JPEG, PNG or WebP file.
    ///   - maximumBytes: The largest size of the JPEG.
    /// - Returns: The JPEG, which keeps the picture's proportions.
    /// - Throws: ``VoiceError`` with the codes of the program.
    public func jpeg(of file: [UInt8], upTo maximumBytes: Int) async throws(VoiceError) -> [UInt8]? {
        guard let format = PictureFormat(of: file) else { return nil }
        for (side, quality) in Self.sizes {
            let outcome = try await AudioProgram.ffmpeg.run(
                Self.arguments(reading: format, side: side, quality: quality),
                startedBy: command,
                reading: file,
                within: AudioProgram.Limits(time: Self.time, output: Self.maximumPixels)
            )
            guard outcome.isSuccess, !outcome.output.isEmpty else { return nil }
            if outcome.output.count <= maximumBytes { return outcome.output }
        }
        return nil
    }

    private static func arguments(reading format: PictureFormat, side: Int, quality: Int) -> [String] {
        let bound = "min(\(side),iw)':'min(\(side),ih)'"
        return [
            "-nostdin", "-hide_banner", "-loglevel", "quiet", "-threads", "1", "-protocol_whitelist", "pipe",
            "-f", format.demuxer, "-max_pixels", "\(maximumPixels)", "-i", "pipe:0", "-frames:v", "1",
            "-vf", "scale='\(bound):force_original_aspect_ratio=decrease,format=yuvj420p",
            "-q:v", "\(quality)", "-map_metadata", "-1", "-c:v", "mjpeg", "-f", "image2pipe", "pipe:1",
        ]
    }
}

/// The formats of pictures, by the first bytes of their files.
enum PictureFormat: Sendable {
    case jpeg, png, webp

    /// The name of ffmpeg's reader.
    var demuxer: String {
        switch self {
        case .jpeg: "jpeg_pipe"
        case .png: "png_pipe"
        case .webp: "webp_pipe"
        }
    }

    /// Determines the format of a file; nil for another one.
    init?(of file: [UInt8]) {
        if file.starts(with: [0xFF, 0xD8, 0xFF]) { self = .jpeg; return }
        if file.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { self = .png; return }
        guard file.starts(with: "RIFF".utf8), file.dropFirst(8).starts(with: "WEBP".utf8) else { return nil }
        self = .webp
    }
}
