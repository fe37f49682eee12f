public import Inference
internal import NIOPosix
internal import Synchronization

/// Recognises speech by a Whisper model, on threads of its own.
///
/// It runs multilingual Whisper models in CTranslate2's format, such as the base model, from the files `model.bin`,
/// `vocabulary.txt` and `config.json` of one folder. The parameters are held in memory as numbers of 32 bits, 290 MB for the
/// base model; each recognition that runs takes about 100 MB more.
///
/// Sound of more than 30 seconds is cut into windows at pauses. Nothing is made up where nobody speaks: a window that the model
/// takes for anything but speech, does not understand, or in which it repeats itself has no text.
///
/// ```swift
/// import Whisper
///
/// let recognizer = try Recognizer(folder: "/var/lib/models/whisper-base")
/// let silence = [Float](repeating: 0, count: Recognizer.sampleRate)
/// let transcript = try await recognizer.transcript(of: silence, among: ["en", "de"])
/// try await recognizer.close()
/// ```
public final class Recognizer: Sendable {
    /// The number of samples a second.
    public static let sampleRate = MelSpectrogram.sampleRate
    /// The longest sound that is taken.
    public static let longestSound: Duration = .seconds(600)

    private let transcriber: Transcriber
    private let threads: NIOThreadPool
    private let room: Mutex<Int>

    /// Opens the model of a folder, which takes some 0.3 seconds, and starts the threads.
    ///
    /// - Parameters:
    ///   - folder: The path of the folder.
    ///   - recognitions: How many recognitions run at a time, each on one thread.
    ///   - waiting: How many more may wait for a thread, in the order in which they came.
    /// - Throws: ``ModelError``, if a file is missing, damaged, or of a model of another kind.
    public init(folder: String, recognitions: Int = 2, waiting: Int = 32) throws(ModelError) {
        do throws(ModelError) {
            transcriber = try Transcriber(folder: folder)
        } catch {
            guard error.code == .unreadable else { throw error }
            throw ModelError(.unreadable, "\(error.description); scripts/fetch-whisper fetches the model")
        }
        room = Mutex(recognitions + waiting)
        threads = NIOThreadPool(numberOfThreads: recognitions)
        threads.start()
    }

    /// The codes of the languages that the model knows.
    public var languages: Set<String> { Set(transcriber.vocabulary.languages.keys) }

    /// Recognises what is said in a sound.
    ///
    /// If the task is cancelled, the recognition ends before its next layer or token.
    ///
    /// - Parameters:
    ///   - samples: The sound: ``sampleRate`` samples a second of one channel, from -1 to 1, at most ``longestSound``.
    ///   - languages: The languages that it may be in, as codes of ISO 639-1. If there are several, the model tells which, English
    ///     only where it is much more probable than the others; none stands for all that it knows.
    /// - Returns: What was said; an empty text for silence, noise, music, and what is not to be understood.
    /// - Throws: ``WhisperError`` with the code `tooLong`, `unknownLanguage` or `busy`, or `CancellationError`.
    public func transcript(of samples: [Float], among languages: [String] = []) async throws -> Transcript {
        guard samples.count <= Self.sampleRate * Int(Self.longestSound.components.seconds) else {
            throw WhisperError(.tooLong, "the sound is longer than \(Self.longestSound.components.seconds) seconds")
        }
        let tokens = try transcriber.tokens(ofLanguages: languages)
        try enter()
        defer { room.withLock { $0 += 1 } }
        let isCancelled = Flag()
        return try await withTaskCancellationHandler {
            do {
                return try await threads.runIfActive { [transcriber] in
                    try transcriber.transcript(of: samples, languages: tokens) { isCancelled.isSet }
                }
            } catch is CancellationError where !isCancelled.isSet {
                throw WhisperError(.busy, "the speech recogniser is closed")
            }
        } onCancel: {
            isCancelled.set()
        }
    }

    /// Ends the threads, after the recognitions that run.
    ///
    /// Later ones fail.
    public func close() async throws {
        try await threads.shutdownGracefully()
    }

    private func enter() throws(WhisperError) {
        let isThereRoom = room.withLock { room in
            guard room > 0 else { return false }
            room -= 1
            return true
        }
        guard isThereRoom else { throw WhisperError(.busy, "too many recordings wait for the speech recogniser") }
    }
}

/// A flag that is set once, by any thread.
private final class Flag: Sendable {
    private let value = Atomic(false)

    var isSet: Bool { value.load(ordering: .relaxed) }

    func set() { value.store(true, ordering: .relaxed) }
}
