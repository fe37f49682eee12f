internal import HTTPTypes

/// An error whose answer carries header fields beside those that belong to the error itself.
struct AnnotatedError: Error {
    let error: any Error
    let headers: HTTPFields
}
