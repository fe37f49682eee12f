import NIOCore
import NIOPosix

/// Finds a port of the loopback address that nobody listens on, for programs that cannot be told to choose one.
///
/// It lies below the range of which the kernel takes ports for outgoing connections, so that none of them gets it
/// before the program does.
///
/// - Throws: The last error of binding, after a number of tries.
public func freePort() async throws -> Int {
    var tries = 20
    while true {
        let port = Int.random(in: 20_000..<32_000)
        do {
            let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .bind(host: "127.0.0.1", port: port)
                .get()
            try await channel.close()
            return port
        } catch {
            guard tries > 0 else { throw error }
            tries -= 1
        }
    }
}
