#if os(Linux)
    internal import CEpoll
#endif
internal import Foundation

/// Waits for sockets to become ready: with epoll on Linux, with poll(2) elsewhere.
///
/// With epoll, a wait costs as much as there are ready sockets, however many are registered.
///
/// `@unchecked Sendable`: one thread calls every method but `wakeUp()`, which only writes to a pipe whose descriptor
/// never changes and lives as long as the poller.
final class SocketPoller: @unchecked Sendable {
    /// What to wait for, or what has happened.
    struct Events: OptionSet, Hashable {
        let rawValue: UInt8
        static let readable = Events(rawValue: 1)
        static let writable = Events(rawValue: 2)
    }

    /// A socket with the events that have happened on it.
    ///
    /// A socket with an error is ready for what it was registered for, since the next read or write reports the error.
    struct Ready {
        var socket: CInt
        var events: Events
    }

    private let wakeUpRead: CInt
    private let wakeUpWrite: CInt
    #if os(Linux)
        private let epoll: CInt
        private var happened = [cepoll_ready](repeating: cepoll_ready(), count: 256)
    #else
        private var registered: [CInt: Events] = [:]
    #endif

    /// Creates a poller without sockets; where it throws, `deinit` closes what was opened.
    ///
    /// - Throws: ``HTTPClientError`` with code `failed` if the process has no descriptors left.
    init() throws(HTTPClientError) {
        var ends: [CInt] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { throw Self.failed("pipe") }
        (wakeUpRead, wakeUpWrite) = (ends[0], ends[1])
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        #if os(Linux)
            epoll = epoll_create1(CInt(EPOLL_CLOEXEC))
            guard epoll >= 0 else { throw Self.failed("epoll_create1") }
        #endif
        guard register(wakeUpRead, for: .readable) else { throw Self.failed("epoll_ctl") }
    }

    deinit {
        #if os(Linux)
            close(epoll)
        #endif
        close(wakeUpRead)
        close(wakeUpWrite)
    }

    /// Ends the current wait, or else the next one; any thread may call it.
    func wakeUp() {
        var byte: UInt8 = 0
        // A full pipe already ends the wait.
        _ = unsafe write(wakeUpWrite, &byte, 1)
    }

    /// Waits until a socket is ready, `wakeUp()` is called, or the time is over.
    ///
    /// - Parameter milliseconds: The longest wait; negative for no bound.
    /// - Returns: The ready sockets, at most 255; later calls return the others.
    func wait(upTo milliseconds: CInt) -> [Ready] {
        var ready = systemWait(milliseconds)
        if let index = ready.firstIndex(where: { $0.socket == wakeUpRead }) {
            ready.remove(at: index)
            var bytes = (0, 0, 0, 0)
            while unsafe read(wakeUpRead, &bytes, MemoryLayout.size(ofValue: bytes)) > 0 {}
        }
        return ready
    }

    private static func failed(_ call: String) -> HTTPClientError {
        HTTPClientError(.failed, "\(call) fails: \(unsafe String(cString: strerror(errno)))")
    }
}

#if os(Linux)
    extension SocketPoller {
        /// Sets the events to wait for on a socket.
        ///
        /// - Returns: Whether the system accepts the socket.
        func register(_ socket: CInt, for events: Events) -> Bool {
            let wanted =
                (events.contains(.readable) ? EPOLLIN.rawValue : 0)
                | (events.contains(.writable) ? EPOLLOUT.rawValue : 0)
            if cepoll_control(epoll, EPOLL_CTL_MOD, socket, wanted) == 0 { return true }
            return errno == ENOENT && cepoll_control(epoll, EPOLL_CTL_ADD, socket, wanted) == 0
        }

        /// Stops waiting for a socket, which may be closed already.
        func unregister(_ socket: CInt) {
            _ = cepoll_control(epoll, EPOLL_CTL_DEL, socket, 0)
        }

        private func systemWait(_ milliseconds: CInt) -> [Ready] {
            let count = unsafe cepoll_wait(epoll, &happened, CInt(happened.count), milliseconds)
            return happened.prefix(Int(max(count, 0))).map { happened in
                var events: Events = []
                if happened.events & EPOLLIN.rawValue != 0 { events.insert(.readable) }
                if happened.events & EPOLLOUT.rawValue != 0 { events.insert(.writable) }
                return Ready(socket: happened.socket, events: events.isEmpty ? [.readable, .writable] : events)
            }
        }
    }
#else
    extension SocketPoller {
        /// Sets the events to wait for on a socket.
        ///
        /// - Returns: Whether the system accepts the socket.
        func register(_ socket: CInt, for events: Events) -> Bool {
            registered[socket] = events
            return true
        }

        /// Stops waiting for a socket, which may be closed already.
        func unregister(_ socket: CInt) {
            registered[socket] = nil
        }

        private func systemWait(_ milliseconds: CInt) -> [Ready] {
            var sockets = registered.map { socket, events in
                let wanted = (events.contains(.readable) ? POLLIN : 0) | (events.contains(.writable) ? POLLOUT : 0)
                return pollfd(fd: socket, events: Int16(wanted), revents: 0)
            }
            guard unsafe poll(&sockets, nfds_t(sockets.count), milliseconds) > 0 else { return [] }
            return sockets.filter { $0.revents != 0 }.prefix(255).map { socket in
                var events: Events = []
                if Int32(socket.revents) & Int32(POLLIN) != 0 { events.insert(.readable) }
                if Int32(socket.revents) & Int32(POLLOUT) != 0 { events.insert(.writable) }
                return Ready(socket: socket.fd, events: events.isEmpty ? [.readable, .writable] : events)
            }
        }
    }
#endif
