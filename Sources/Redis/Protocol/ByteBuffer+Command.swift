internal import CHiredis
internal import NIOCore

extension ByteBuffer {
    /// Writes a command as RESP, formatted by hiredis.
    ///
    /// - Throws: ``RedisError`` with the code `invalidCommand`, before anything is written.
    mutating func writeCommand(_ command: RedisCommand) throws(RedisError) {
        guard let nameLength = command.lengths.first, nameLength > 0 else {
            throw RedisError(.invalidCommand, "a command needs a name")
        }
        // Redis accepts no argument over 512 MB; hiredis counts in 32 bits, and adds a length and line ends to each.
        let largest = 512 << 20
        guard command.payload.count <= largest, command.lengths.count <= largest / 32 else {
            throw RedisError(.invalidCommand, "the command is larger than Redis accepts")
        }
        var formatted: UnsafeMutablePointer<CChar>?
        let length = unsafe command.payload.withUnsafeBytes { payload in
            var start = 0
            var arguments: [UnsafePointer<CChar>?] = unsafe command.lengths.map { length in
                defer { start += length }
                return unsafe payload.baseAddress?.advanced(by: start).assumingMemoryBound(to: CChar.self)
            }
            return unsafe redisFormatCommandArgv(&formatted, CInt(arguments.count), &arguments, command.lengths)
        }
        guard length > 0, let formatted = unsafe formatted else {
            throw RedisError(.invalidCommand, "no memory for the command")
        }
        unsafe writeBytes(UnsafeRawBufferPointer(start: formatted, count: Int(length)))
        unsafe redisFreeCommand(formatted)
    }
}
