internal import CHiredis
internal import NIOCore

/// Decodes RESP2 with hiredis' reader, from bytes in chunks of any size.
///
/// After an error the decoder cannot be used any more, since the start of the next reply is not known.
@safe struct ReplyDecoder: ~Copyable {
    private let reader: UnsafeMutablePointer<redisReader>
    private let functions: UnsafeMutablePointer<redisReplyObjectFunctions>
    private let builder: ReplyBuilder
    private let maximumReplyBytes: Int
    /// The number of bytes fed of the incomplete reply.
    private var fedBytes = 0

    /// Creates a decoder that refuses replies of more than the given number of bytes.
    init(maximumReplyBytes: Int) throws(RedisError) {
        let functions = UnsafeMutablePointer<redisReplyObjectFunctions>.allocate(capacity: 1)
        unsafe functions.initialize(to: Self.builderFunctions())
        guard let reader = unsafe redisReaderCreateWithFunctions(functions) else {
            unsafe functions.deallocate()
            throw RedisError(.protocolViolation, "no memory for a reply reader")
        }
        let builder = ReplyBuilder(maximumReplyBytes: maximumReplyBytes)
        // Unretained is right: the builder lives as long as this value, and hiredis calls only within `next()`.
        unsafe reader.pointee.privdata = Unmanaged.passUnretained(builder).toOpaque()
        unsafe self.reader = reader
        unsafe self.functions = functions
        self.builder = builder
        self.maximumReplyBytes = maximumReplyBytes
    }

    deinit {
        unsafe redisReaderFree(reader)
        unsafe functions.deallocate()
    }

    /// Adds bytes received from the server.
    mutating func feed(_ bytes: ByteBuffer) throws(RedisError) {
        let status = unsafe bytes.withUnsafeReadableBytes { bytes in
            unsafe redisReaderFeed(reader, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
        }
        try check(status)
        fedBytes += bytes.readableBytes
    }

    /// Returns the next reply, or nil if it is not complete yet.
    ///
    /// - Throws: ``RedisError`` with the code `replyTooLarge` or `protocolViolation`.
    mutating func next() throws(RedisError) -> RedisValue? {
        var object: UnsafeMutableRawPointer?
        try check(unsafe redisReaderGetReply(reader, &object))
        let reply = builder.take()
        let followingBytes = reply == nil ? 0 : unsafe reader.pointee.len - reader.pointee.pos
        guard fedBytes - followingBytes <= maximumReplyBytes else { throw tooLarge }
        if reply != nil { fedBytes = followingBytes }
        return reply
    }

    private var tooLarge: RedisError {
        RedisError(.replyTooLarge, "a reply is larger than \(maximumReplyBytes) bytes")
    }

    /// Throws the error of a status of hiredis.
    private func check(_ status: CInt) throws(RedisError) {
        guard status != REDIS_OK else { return }
        if builder.isOverflowing { throw tooLarge }
        let text = unsafe withUnsafeBytes(of: &reader.pointee.errstr) { text in
            unsafe String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
        }
        throw RedisError(.protocolViolation, text)
    }

    /// The functions that hiredis calls for each part of a reply.
    ///
    /// They return nil to refuse the reply, and any other pointer to accept it.
    private static func builderFunctions() -> redisReplyObjectFunctions {
        var functions = redisReplyObjectFunctions()
        unsafe functions.createString = { task, text, length in
            guard let builder = unsafe ReplyDecoder.builder(of: task) else { return nil }
            let bytes = unsafe Array(UnsafeRawBufferPointer(start: text, count: Int(length)))
            if unsafe task?.pointee.type == REDIS_REPLY_ERROR {
                builder.add(.error(RedisError(reply: String(decoding: bytes, as: UTF8.self))))
            } else {
                builder.add(.bytes(bytes))
            }
            return unsafe task?.pointee.privdata
        }
        unsafe functions.createArray = { task, count in
            guard let builder = unsafe ReplyDecoder.builder(of: task), builder.open(count: Int(count)) else {
                return nil
            }
            return unsafe task?.pointee.privdata
        }
        unsafe functions.createInteger = { task, number in
            guard let builder = unsafe ReplyDecoder.builder(of: task) else { return nil }
            builder.add(.integer(Int(number)))
            return unsafe task?.pointee.privdata
        }
        unsafe functions.createNil = { task in
            guard let builder = unsafe ReplyDecoder.builder(of: task) else { return nil }
            builder.add(.null)
            return unsafe task?.pointee.privdata
        }
        unsafe functions.freeObject = { _ in }
        return functions
    }

    private static func builder(of task: UnsafePointer<redisReadTask>?) -> ReplyBuilder? {
        guard let data = unsafe task?.pointee.privdata else { return nil }
        return unsafe Unmanaged<ReplyBuilder>.fromOpaque(data).takeUnretainedValue()
    }
}
