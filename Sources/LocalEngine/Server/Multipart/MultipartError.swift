/// What is wrong with a multipart body.
struct MultipartError: Error, Sendable, Hashable {
    /// What a person should know.
    let message: String

    /// It is not built as it should be.
    static func malformed(_ what: String) -> MultipartError {
        MultipartError(message: "Malformed multipart body: \(what).")
    }

    /// It ends inside a part.
    static let endedEarly = malformed("it ends before its last boundary")
    /// It has more parts than are read.
    static let tooManyParts = malformed("it has too many parts")
    /// A part has more headers than are read.
    static let headersTooLarge = malformed("a part has too many headers")
}
