import Foundation
import Testing

@testable import HTTPClient

/// The waits of the driving thread, over real sockets.
@Suite
struct SocketPollerTests {
    private let poller: SocketPoller

    init() throws {
        poller = try SocketPoller()
    }

    @Test
    func reportsOnlyTheSocketsThatAreReady() throws {
        let (idle, busy) = (try SocketPair(), try SocketPair())
        #expect(poller.register(idle.near, for: .readable))
        #expect(poller.register(busy.near, for: .readable))
        #expect(poller.wait(upTo: 0).isEmpty)
        busy.writeByte()
        let ready = poller.wait(upTo: 1000)
        #expect(ready.map(\.socket) == [busy.near])
        #expect(ready.map(\.events) == [.readable])
    }

    @Test
    func waitsForTheEventsOfTheLastRegistration() throws {
        let pair = try SocketPair()
        pair.writeByte()
        #expect(poller.register(pair.near, for: .writable))
        #expect(poller.wait(upTo: 1000).map(\.events) == [.writable])
        #expect(poller.register(pair.near, for: [.readable, .writable]))
        #expect(poller.wait(upTo: 1000).map(\.events) == [[.readable, .writable]])
        poller.unregister(pair.near)
        #expect(poller.wait(upTo: 0).isEmpty)
    }

    @Test
    func reportsTheEndOfAConnection() throws {
        let pair = try SocketPair()
        #expect(poller.register(pair.near, for: .readable))
        pair.closeFar()
        #expect(poller.wait(upTo: 1000).map(\.socket) == [pair.near])
    }

    @Test
    func endsTheNextWaitIfWokenBefore() {
        for _ in 0..<100_000 { poller.wakeUp() }
        #expect(poller.wait(upTo: -1).isEmpty)
        #expect(poller.wait(upTo: 0).isEmpty)
        poller.wakeUp()
        #expect(poller.wait(upTo: -1).isEmpty)
    }

    @Test
    func reportsEveryReadySocketInTheEnd() throws {
        let pairs = try (0..<400).map { _ in try SocketPair() }
        for pair in pairs {
            #expect(poller.register(pair.near, for: .readable))
            pair.writeByte()
        }
        var seen: Set<CInt> = []
        while seen.count < pairs.count {
            let ready = poller.wait(upTo: 1000)
            guard !ready.isEmpty else { break }
            for socket in ready {
                seen.insert(socket.socket)
                poller.unregister(socket.socket)
            }
        }
        #expect(seen == Set(pairs.map(\.near)))
    }

    @Test
    func refusesADescriptorThatIsNotOpen() throws {
        #if os(Linux)
            #expect(!poller.register(-1, for: .readable))
        #endif
    }
}

/// Two sockets that are connected to each other.
private final class SocketPair {
    let near: CInt
    private var far: CInt

    init() throws {
        var ends: [CInt] = [-1, -1]
        #if os(Linux)
            let kind = CInt(SOCK_STREAM.rawValue)
        #else
            let kind = SOCK_STREAM
        #endif
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw POSIXError(.EMFILE) }
        (near, far) = (ends[0], ends[1])
    }

    deinit {
        close(near)
        closeFar()
    }

    func writeByte() {
        var byte: UInt8 = 1
        #expect(write(far, &byte, 1) == 1)
    }

    func closeFar() {
        if far >= 0 { close(far) }
        far = -1
    }
}
