internal import NIOCore

/// Notices, in a connection's pipeline, that the client has gone or has ended its side of the connection.
final class DisconnectHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Any

    /// Tells the connection's requests.
    let presence = ClientPresence()

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event as? ChannelEvent == .inputClosed { presence.hangUp() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        presence.hangUp()
        context.fireChannelInactive()
    }
}
