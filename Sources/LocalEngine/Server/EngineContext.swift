internal import HTTPConnections
internal import Hummingbird
internal import Logging
internal import NIOCore

/// What a request's handlers know beside the request.
struct EngineContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    private let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
        // The engine has an ID of its own for each request, and one is enough.
        logger[metadataKey: "hb.request.id"] = nil
    }

    /// The address at which the connection arrived.
    var localAddress: IPAddress? { channel.localAddress?.ipAddress.flatMap { IPAddress($0) } }

    /// Tells a client who holds the body back (`expect: 100-continue`) that it is going to be read.
    func askForBody() { channel.triggerUserOutboundEvent(ContinueResponse(), promise: nil) }

    /// Tells whether the client is still there.
    func presence() async throws -> ClientPresence {
        let channel = channel
        return try await channel.eventLoop.submit {
            try channel.pipeline.syncOperations.handler(type: DisconnectHandler.self).presence
        }.get()
    }
}
