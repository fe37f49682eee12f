private import FoundationEssentials

extension Settings {
    /// Whether the files of a sentence encoder are in ``encoderDirectory``.
    public var hasSentenceEncoder: Bool {
        FileManager.default.fileExists(atPath: "\(encoderDirectory)/model.safetensors")
    }

    /// What operators are told where there is no sentence encoder.
    public var lackOfSentenceEncoder: String {
        "there is no sentence encoder in “\(encoderDirectory)”, so passages are found by their words alone; "
            + "scripts/fetch-encoder fetches one"
    }
}
