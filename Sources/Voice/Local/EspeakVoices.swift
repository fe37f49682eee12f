internal import Synchronization

/// The voices that espeak-ng has, by the names that its option `-v` takes: a voice, and a variant after a plus sign.
///
/// espeak-ng speaks with another voice where it does not know a variant, and in some versions where it does not know a voice.
struct EspeakVoices: Sendable {
    /// The languages of the voices, in the order of the list.
    private let languages: [String]
    /// All names of voices, in lower case.
    private let names: Set<String>
    /// The names of the variants' files, in the order of the list.
    private let variants: [String]

    private static let installed = Mutex<EspeakVoices?>(nil)
    private static let limits = AudioProgram.Limits(
        time: .seconds(20),
        memory: 512 << 20,
        files: 128 << 20,
        output: 1 << 20
    )

    /// Reads the voices from the lists that espeak-ng prints.
    ///
    /// - Parameters:
    ///   - voices: The output for `--voices`, and that for `--voices=mb`.
    ///   - variants: The output for `--voices=variant`.
    init(voices: [String], variants: String) {
        let rows = voices.map(Self.rows)
        languages = (rows.first ?? []).map(\.language)
        names = Set(
            rows.joined().flatMap { [$0.language, $0.name, $0.file] + $0.otherLanguages }.map { $0.lowercased() }
        )
        self.variants = Self.rows(of: variants).map(\.file)
    }

    /// Checks that there is a voice.
    ///
    /// - Parameters:
    ///   - voice: The name, as ``EspeakSynthesizer`` has it.
    ///   - language: The language that is to be spoken.
    /// - Throws: ``VoiceError`` with code `unavailable` if there is none, which names those that there are.
    func require(_ voice: String, for language: Language) throws(VoiceError) {
        let parts = voice.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard names.contains(parts[0].lowercased()) else {
            let known = languages.filter { $0 == language.rawValue || $0.hasPrefix("\(language.rawValue)-") }
            throw VoiceError(
                .unavailable,
                "espeak-ng has no voice \(parts[0]), which VOICE_NAMES names; for \(language.name) it has "
                    + "\(known.joined(separator: ", ")), and espeak-ng --voices lists all."
            )
        }
        guard parts.count == 2, !variants.contains(parts[1]) else { return }
        throw VoiceError(
            .unavailable,
            "espeak-ng has no variant \(parts[1]) for the voice \(parts[0]), which VOICE_NAMES names; it has "
                + "\(variants.joined(separator: ", "))."
        )
    }

    /// Returns the voices of the installed program, which is asked once.
    ///
    /// - Throws: ``VoiceError``, as ``AudioProgram`` does.
    static func ofProgram() async throws(VoiceError) -> EspeakVoices {
        if let known = installed.withLock({ $0 }) { return known }
        let voices = EspeakVoices(
            voices: [try await list("--voices"), try await list("--voices=mb")],
            variants: try await list("--voices=variant")
        )
        installed.withLock { $0 = voices }
        return voices
    }

    private static func list(_ option: String) async throws(VoiceError) -> String {
        let outcome = try await AudioProgram.espeak.run([option], reading: [], within: limits)
        guard outcome.isSuccess else { throw VoiceError(.failed, "espeak-ng did not list its voices.") }
        return String(decoding: outcome.output, as: UTF8.self)
    }

    private struct Row {
        let language: String
        let name: String
        let file: String
        let otherLanguages: [String]
    }

    /// Reads rows such as ` 2  en-us  --/M  English_(America)  gmw/en-US  (en 3)`, below one of headings.
    private static func rows(of list: String) -> [Row] {
        list.split(separator: "\n").dropFirst().compactMap { line in
            let fields = line.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
            guard fields.count >= 5 else { return nil }
            // The languages that a voice speaks besides have their priorities behind them.
            let others = fields[5...].filter { $0.hasPrefix("(") }.map { String($0.dropFirst()) }
            let file = fields[4].split(separator: "/").last.map(String.init) ?? fields[4]
            return Row(language: fields[1], name: fields[3], file: file, otherLanguages: others)
        }
    }
}
