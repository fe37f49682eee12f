internal import HTTPConnections
internal import Hummingbird
internal import HummingbirdCore

extension HTTPServerBuilder {
    /// An HTTP/1.1 server whose connections are held to the rules of HTTP and to the limits, and answered each on its own
    /// event loop.
    static func guarded(
        by limits: ConnectionLimits,
        grace: Duration,
        refusals: Refusals
    ) -> HTTPServerBuilder {
        let configuration = HTTP1Channel.Configuration(
            additionalChannelHandlers: [ConnectionTimeoutHandler(limits: limits, grace: grace, refusals: refusals)],
            httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
                maxHeaderFieldSize: ConnectionLimits.headerBytes,
                maxHeaderListSize: ConnectionLimits.headerBytes,
                maxHeaderFieldCount: ConnectionLimits.headerFields
            )
        )
        return HTTPServerBuilder { responder in
            let channel = HTTP1Channel(responder: responder, configuration: configuration)
            return RuledChannel(LoopBoundChannel(base: channel)) { refusals.answer($0) }
        }
    }
}
