#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A descriptor that is kept open to be given up when there is no other: then one more connection can be accepted.
struct SpareDescriptor: ~Copyable {
    private var descriptor: CInt = -1

    init() {
        take()
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Takes a descriptor, where none is held and there is one.
    mutating func take() {
        if descriptor < 0 { descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC) }
    }

    /// Accepts callers one after the other, and sends each the answer before it closes the connection.
    ///
    /// - Parameters:
    ///   - listener: A listening socket that does not block.
    ///   - callers: The most callers.
    ///   - answer: What is sent, as far as the socket takes it at once.
    mutating func refuse(_ listener: CInt, callers: Int, with answer: [UInt8]) {
        for _ in 0..<callers {
            guard descriptor >= 0 else { return }
            close(descriptor)
            descriptor = -1
            let caller = accept(listener, nil, nil)
            if caller >= 0 { Self.refuse(caller, with: answer) }
            take()
            if caller < 0 { return }
        }
    }

    private static func refuse(_ caller: CInt, with answer: [UInt8]) {
        var scratch = [UInt8](repeating: 0, count: 4096)
        // What the caller has sent is taken, or closing the connection would take the answer away from it.
        while recv(caller, &scratch, scratch.count, CInt(MSG_DONTWAIT)) == scratch.count {}
        _ = send(caller, answer, answer.count, CInt(MSG_DONTWAIT) | withoutSignal)
        _ = shutdown(caller, CInt(SHUT_WR))
        close(caller)
    }

    #if canImport(Darwin)
        private static let withoutSignal = CInt(0)
    #else
        private static let withoutSignal = CInt(MSG_NOSIGNAL)
    #endif
}
