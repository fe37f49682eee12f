internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import PolicyAssistant
internal import Voice

/// An uploaded recording with what the request says about it.
struct RecordingBody: Sendable {
    let file: [UInt8]
    /// The user who asks; nil if the request names none.
    let userID: String?
    /// The language of the recording; nil if the request does not say.
    let language: Language?
    /// Whether the turn ends when the caller disconnects.
    let endsOnDisconnect: Bool

    /// The room for the other fields of a form.
    private static let overheadBytes = 64 * 1024
    static let maximumBytes = SpeechLimits.recordingBytes + overheadBytes

    /// The media types of raw bodies besides `audio/…`: browsers record sound into files of these types, too.
    private static let otherTypes = ["video/webm", "video/mp4", "application/ogg", "application/octet-stream"]

    /// Reads a body: a form with the field `file`, or the bytes of a recording.
    ///
    /// - Throws: ``Problem``, one of ``problems``, or that of a body that does not arrive completely.
    static func read(from request: inout Request, _ context: APIContext) async throws -> RecordingBody {
        let contentType = request.headers[.contentType] ?? ""
        let mediaType = contentType.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
        guard mediaType == "multipart/form-data" || isRecording(mediaType) else { throw Problem.unsupportedAudio }
        let body = Data(try await request.wholeBody(upTo: maximumBytes, context).readableBytesView)
        let query = request.uri.queryParameters
        func text(_ name: Substring) -> String? { query[name].map(String.init) }
        guard mediaType == "multipart/form-data" else {
            return try RecordingBody(body, text("user_id"), text("language"), text("on_disconnect"))
        }
        guard let form = MultipartForm(body, boundary: MultipartForm.parameter("boundary", of: contentType) ?? "")
        else {
            throw Problem.malformedForm
        }
        guard let file = form["file"] else { throw Problem.missingFile }
        let fileType = file.mediaType?.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
        if let fileType, !isRecording(fileType) { throw Problem.unsupportedAudio }
        // What the form says counts, and what the query says is checked all the same.
        _ = try RecordingBody(file.content, text("user_id"), text("language"), text("on_disconnect"))
        _ = try text("user_id").map { try UserID($0) }
        func field(_ name: String) -> String? {
            form[name].map { String(decoding: $0.content, as: UTF8.self) } ?? text(Substring(name))
        }
        return try RecordingBody(file.content, field("user_id"), field("language"), field("on_disconnect"))
    }

    private init(_ file: Data, _ userID: String?, _ language: String?, _ onDisconnect: String?) throws {
        guard file.count <= SpeechLimits.recordingBytes else {
            throw Problem.bodyTooLarge(than: SpeechLimits.recordingBytes)
        }
        self.file = [UInt8](file)
        self.userID = userID
        self.language = try language.map { try Language(named: $0) }
        endsOnDisconnect = try ChatRequest.OnDisconnect(named: onDisconnect) == .cancel
    }

    private static func isRecording(_ mediaType: String) -> Bool {
        mediaType.hasPrefix("audio/") || otherTypes.contains(mediaType)
    }

    /// The body in the API's description.
    static let description = BodyDescription(
        forms: [
            .init(
                mediaType: "multipart/form-data",
                schema: .named(
                    "SpokenQuestion",
                    .object(
                        .required("file", .binary, "The recording."),
                        .optional("user_id", .user, "The user who asks."),
                        .optional("language", .language, "The language of the recording."),
                        .optional("on_disconnect", .onDisconnect, "What happens to the turn if the client disconnects.")
                    ),
                    "A recording of at most 25 MB and ten minutes."
                )
            )
        ]
            + ["audio/wav", "audio/mpeg", "audio/ogg", "audio/webm", "audio/mp4", "audio/flac"].map {
                .init(mediaType: $0, schema: .binary)
            },
        maximumBytes: maximumBytes
    )

    /// What the query says of a raw body, or of a form that does not say it.
    static let parameters = [
        Parameter.query("user_id", .user, "The user who asks, if the body does not name one."),
        .query("language", .language, "The language of the recording, if the body does not name it."),
        .query("on_disconnect", .onDisconnect, "What happens to the turn if the client disconnects."),
    ]

    /// The problems of the body.
    static let problems = [
        ProblemKind(.unsupportedAudio), ProblemKind(.malformedForm), ProblemKind(.missingFile),
        ProblemKind(.bodyTooLarge(than: maximumBytes)),
    ]
}

extension Language {
    /// Reads the code of a language in a request.
    ///
    /// - Throws: `PolicyAssistantError` with code `invalidField`.
    init(named code: String) throws(PolicyAssistantError) {
        guard let language = Language(rawValue: code.lowercased()) else {
            let codes = Language.allCases.map(\.rawValue).joined(separator: ", ")
            throw PolicyAssistantError(.invalidField, "language must be one of \(codes).", field: "language")
        }
        self = language
    }
}

extension ChatRequest.OnDisconnect {
    fileprivate init(named name: String?) throws(PolicyAssistantError) {
        guard let value = Self(rawValue: name ?? Self.continue.rawValue) else {
            throw PolicyAssistantError(
                .invalidField,
                "on_disconnect must be continue or cancel.",
                field: "on_disconnect"
            )
        }
        self = value
    }
}

extension Schema {
    /// The bytes of a file.
    static let binary = Schema(form: .string(Text(format: "binary")))
    /// The code of a language.
    static let language = choice(Language.allCases.map(\.rawValue))
    fileprivate static let onDisconnect = choice(ChatRequest.OnDisconnect.allCases.map(\.rawValue))
}

extension Problem {
    fileprivate static let unsupportedAudio = Problem(
        status: .unsupportedMediaType,
        code: VoiceError.Code.unsupportedAudio.description,
        detail: "The body must be a recording, with a content-type such as audio/wav, or multipart/form-data with the "
            + "recording in the field file."
    )

    fileprivate static let malformedForm = Problem(
        status: .badRequest,
        code: "malformed_form",
        detail: "The body is not valid multipart/form-data."
    )

    fileprivate static let missingFile = Problem(
        status: .unprocessableContent,
        code: "invalid_field",
        detail: "file is missing.",
        field: "file"
    )
}
