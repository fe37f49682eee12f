internal import NIOCore

/// The last handler of a connection's pipeline: performs the handshake, then decodes replies.
final class ConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// The callbacks for events on the connection.
    struct Listener {
        /// The handshake is complete.
        let onReady: () -> Void
        /// Replies were received: all of one read.
        let onReplies: ([RedisValue]) -> Void
        /// The connection ended; called once, with or without `onReady` before.
        let onEnd: (RedisError) -> Void
    }

    private enum Phase {
        case opening, greeting, serving, over
    }

    private var phase = Phase.opening
    private var handshake: Handshake
    private var decoder: ReplyDecoder
    private let listener: Listener

    init(configuration: RedisConfiguration, listener: Listener) throws(RedisError) {
        handshake = try Handshake(configuration)
        decoder = try ReplyDecoder(maximumReplyBytes: configuration.maximumReplyBytes)
        self.listener = listener
    }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { greet(context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        greet(context)
        context.fireChannelActive()
    }

    private func greet(_ context: ChannelHandlerContext) {
        guard phase == .opening else { return }
        phase = .greeting
        context.writeAndFlush(wrapOutboundOut(handshake.bytes), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard phase != .over else { return }
        var replies: [RedisValue] = []
        do throws(RedisError) {
            try decoder.feed(unwrapInboundIn(data))
            while let reply = try decoder.next() {
                if phase == .greeting {
                    guard try handshake.receive(reply) else { continue }
                    phase = .serving
                    listener.onReady()
                } else {
                    replies.append(reply)
                }
            }
        } catch {
            if !replies.isEmpty { listener.onReplies(replies) }
            end(error, context)
            return
        }
        if !replies.isEmpty { listener.onReplies(replies) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        end(RedisError(.connectionLost, "the server closed the connection"), context)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end(RedisError(ofChannel: error), context)
    }

    private func end(_ error: RedisError, _ context: ChannelHandlerContext) {
        guard phase != .over else { return }
        let wasServing = phase == .serving
        phase = .over
        context.close(promise: nil)
        guard error.code == .connectionLost, !wasServing else { return listener.onEnd(error) }
        listener.onEnd(RedisError(.connectionFailed, error.message))
    }
}
