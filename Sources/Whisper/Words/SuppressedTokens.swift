internal import FoundationEssentials
internal import Inference

/// The tokens that a model is not to choose: signs that stand for no spoken words, and an end before the first word.
struct SuppressedTokens: Sendable, Decodable {
    /// The tokens that are never chosen.
    let suppress_ids: [Int]
    /// The tokens with which no text begins.
    let suppress_ids_begin: [Int]

    /// Reads `config.json` of a folder.
    ///
    /// - Throws: ``ModelError`` with the code `unreadable` or `malformed`.
    init(folder: String, count: Int) throws(ModelError) {
        let path = "\(folder)/config.json"
        let file = try MappedFile(path: path)
        guard let tokens = unsafe try? JSONDecoder().decode(Self.self, from: Data(file.bytes)),
            (tokens.suppress_ids + tokens.suppress_ids_begin).allSatisfy({ (0..<count).contains($0) })
        else { throw ModelError(.malformed, "“\(path)” does not name a Whisper model’s suppressed tokens") }
        self = tokens
    }
}
