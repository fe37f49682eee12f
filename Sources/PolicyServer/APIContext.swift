internal import HTTPConnections
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore

/// What a request's handlers know beside the request.
struct APIContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The ID that the answer and every log line of the request carry.
    var requestID: String
    /// Who makes the request.
    var identity = Identity.unknown
    private let channel: any Channel

    /// The key under which Hummingbird notes an ID of its own.
    private static let foreignID = "hb.request.id"

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
        // One ID a request is enough: where the caller brings none, it is Hummingbird's.
        requestID = source.logger[metadataKey: Self.foreignID]?.description ?? RequestID().description
        logger[metadataKey: Self.foreignID] = nil
    }

    /// Where the connection comes from.
    var peer: String? { channel.remoteAddress?.ipAddress }

    /// The address at which the connection arrived.
    var localAddress: IPAddress? { channel.localAddress?.ipAddress.flatMap { IPAddress($0) } }

    /// Tells a caller who holds the body back (`expect: 100-continue`) that it is going to be read.
    func askForBody(of request: Request) {
        if request.headers[.expect] != nil { channel.triggerUserOutboundEvent(ContinueResponse(), promise: nil) }
    }
}
