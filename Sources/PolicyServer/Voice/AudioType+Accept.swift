internal import HTTPTypes
internal import Hummingbird
internal import PolicyAssistant
internal import Voice

extension AudioType {
    /// The types by the names that clients have for them.
    private static let names: [String: AudioType] = [
        "audio/mpeg": .mpeg, "audio/mp3": .mpeg, "audio/wav": .wav, "audio/x-wav": .wav, "audio/wave": .wav,
        "audio/ogg": .ogg, "audio/opus": .ogg, "audio/*": .mpeg, "*/*": .mpeg, "application/octet-stream": .mpeg,
    ]

    /// Selects the type that a request accepts, MP3 if it names none.
    ///
    /// - Throws: ``Problem/audioNotAcceptable`` if it accepts none of them.
    init(acceptedBy request: Request) throws(Problem) {
        let ranges = request.headers[values: .accept].flatMap { $0.split(separator: ",") }.map { range in
            let parts = range.lowercased().split(separator: ";").map { $0.filter { !$0.isWhitespace } }
            let quality = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            return (name: parts.first ?? "", quality: quality)
        }
        guard !ranges.isEmpty else {
            self = .mpeg
            return
        }
        // Of ranges with the same quality the first counts.
        var best: (type: AudioType, quality: Double)?
        for range in ranges where range.quality > best?.quality ?? 0 {
            if let type = Self.names[range.name] { best = (type, range.quality) }
        }
        guard let best else { throw .audioNotAcceptable }
        self = best.type
    }

    /// Reads the name of a format in a query: `mp3`, `wav` or `ogg`.
    ///
    /// - Throws: `PolicyAssistantError` with code `invalidField`.
    init(named name: String?) throws(PolicyAssistantError) {
        switch name {
        case nil, "mp3": self = .mpeg
        case "wav": self = .wav
        case "ogg": self = .ogg
        default:
            throw PolicyAssistantError(.invalidField, "audio must be mp3, wav or ogg.", field: "audio")
        }
    }

    static let queryNames = ["mp3", "wav", "ogg"]
}
