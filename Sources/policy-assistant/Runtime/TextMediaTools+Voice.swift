internal import PolicyAssistant
internal import Voice

extension TextMediaTools {
    /// Creates the tools that speech and ffmpeg are, where they are there.
    ///
    /// - Parameters:
    ///   - voice: What hears recordings.
    ///   - command: What starts ffmpeg without rights.
    init(_ voice: Voice, startingPrograms command: [String] = ReaderCommand.decoder) {
        self.init()
        if case .on = voice.hearing { hear = { try await Self.heard($0, by: voice) } }
        if PictureScaler.isAvailable {
            let scaler = PictureScaler(command: command)
            shrink = { picture, bytes in try? await scaler.jpeg(of: picture, upTo: bytes) }
        }
    }

    private static func heard(_ file: [UInt8], by voice: Voice) async throws -> Heard {
        do throws(VoiceError) {
            let text = try await voice.hear(file).text
            return text.isEmpty ? .nothing : .words(text)
        } catch {
            switch error.code {
            case .cancelled: throw CancellationError()
            case .busy, .timeout, .failed, .unavailable, .refused: return .later(reason: error.code.description)
            default: return .nothing
            }
        }
    }
}
