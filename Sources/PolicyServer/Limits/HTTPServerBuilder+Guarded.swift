internal import Hummingbird
internal import HummingbirdCore

extension HTTPServerBuilder {
    /// An HTTP/1.1 server whose connections are guarded.
    static func guarded(by limits: ConnectionLimits) -> HTTPServerBuilder {
        .http1(
            configuration: HTTP1Channel.Configuration(
                additionalChannelHandlers: [ConnectionGuard(limits: limits)],
                httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
                    maxHeaderFieldSize: ConnectionLimits.headerBytes,
                    maxHeaderListSize: ConnectionLimits.headerBytes,
                    maxHeaderFieldCount: ConnectionLimits.headerFields
                )
            )
        )
    }
}
