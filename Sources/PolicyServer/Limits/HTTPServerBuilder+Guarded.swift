internal import Hummingbird
internal import HummingbirdCore

extension HTTPServerBuilder {
    /// An HTTP/1.1 server whose connections are guarded, and answered each on its own event loop.
    static func guarded(by limits: ConnectionLimits) -> HTTPServerBuilder {
        let configuration = HTTP1Channel.Configuration(
            additionalChannelHandlers: [ConnectionGuard(limits: limits)],
            httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
                maxHeaderFieldSize: ConnectionLimits.headerBytes,
                maxHeaderListSize: ConnectionLimits.headerBytes,
                maxHeaderFieldCount: ConnectionLimits.headerFields
            )
        )
        return HTTPServerBuilder { responder in
            LoopBoundChannel(base: HTTP1Channel(responder: responder, configuration: configuration))
        }
    }
}
