internal import Hummingbird
internal import NIOCore

/// What a request's handlers know beside the request.
struct APIContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The ID that the answer and every log line of the request carry.
    var requestID: String
    /// Who makes the request.
    var identity = Identity.unknown
    /// Where the connection comes from.
    let peer: String?

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        requestID = RequestID().description
        peer = source.channel.remoteAddress?.ipAddress
    }
}
