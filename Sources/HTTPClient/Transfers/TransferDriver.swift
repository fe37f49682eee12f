internal import CCurl
internal import Foundation

/// The loop of the client's thread, which alone uses libcurl's handles.
///
/// It handles messages, lets libcurl work, ends complete and expired transfers, and waits.
final class TransferDriver {
    private typealias ID = ObjectIdentifier

    private let multi: MultiHandle
    private let mailbox: Mailbox
    private let configuration: HTTPClientConfiguration
    private var transfers: [ID: Transfer] = [:]
    /// No transfer's deadline is before this; computed again only when it has passed, as most deadlines move on.
    private var nextDeadline: TransferClock.Instant?

    init(multi: MultiHandle, mailbox: Mailbox, configuration: HTTPClientConfiguration) {
        self.multi = multi
        self.mailbox = mailbox
        self.configuration = configuration
    }

    /// Runs transfers until the mailbox is closed; those in flight then fail.
    func run() {
        blockSignals()
        while true {
            let (messages, isOpen) = mailbox.drain()
            for message in messages { handle(message) }
            guard isOpen else { break }
            do throws(HTTPClientError) {
                try multi.perform()
            } catch {
                endAll(error)
            }
            endFinished()
            endExpired(at: .now)
            multi.wait(until: nextDeadline)
        }
        endAll(HTTPClientError(.closed, "the client was shut down"))
    }

    private func handle(_ message: Mailbox.Message) {
        switch message {
        case .start(let exchange, let request):
            start(exchange, request)
        case .resume(let exchange):
            resume(exchange) { transfer throws(HTTPClientError) in try transfer.resume() }
        case .send(let exchange):
            resume(exchange) { transfer throws(HTTPClientError) in try transfer.resumeSending() }
        case .cancel(let exchange):
            guard let transfer = transfers[ID(exchange)] else { return }
            stop(transfer, nil)
        }
    }

    private func resume(_ exchange: Exchange, _ resume: (Transfer) throws(HTTPClientError) -> Void) {
        guard let transfer = transfers[ID(exchange)] else { return }
        do throws(HTTPClientError) {
            try resume(transfer)
        } catch {
            stop(transfer, error)
        }
    }

    private func start(_ exchange: Exchange, _ request: CheckedRequest) {
        do throws(HTTPClientError) {
            let transfer = try Transfer(request, for: exchange, configuration: configuration)
            try multi.add(transfer.easy)
            transfers[ID(exchange)] = transfer
            consider(transfer.clock.earliestExpiry(from: .now))
        } catch {
            mailbox.transferEnded()
            exchange.ended(error)
        }
    }

    private func endFinished() {
        while let ended = unsafe multi.nextEnded() {
            guard let transfer = unsafe Transfer.at(ended.transfer) else { continue }
            end(transfer, transfer.error(unsafe ended.result))
        }
    }

    private func endExpired(at now: TransferClock.Instant) {
        guard let nextDeadline, nextDeadline <= now else { return }
        self.nextDeadline = nil
        for transfer in Array(transfers.values) {
            if let error = transfer.expired(at: now) {
                stop(transfer, error)
            } else {
                consider(transfer.clock.earliestExpiry(from: now))
            }
        }
    }

    private func endAll(_ error: HTTPClientError) {
        for transfer in Array(transfers.values) { stop(transfer, error) }
    }

    /// Ends a transfer that is not complete, so that the server learns of it.
    private func stop(_ transfer: Transfer, _ error: HTTPClientError?) {
        transfer.dropConnection()
        end(transfer, error)
    }

    private func end(_ transfer: Transfer, _ error: HTTPClientError?) {
        multi.remove(transfer.easy)
        transfers[ID(transfer.exchange)] = nil
        // The count first: the caller that learns of the end may start another transfer at once.
        mailbox.transferEnded()
        transfer.exchange.ended(error?.after(transfer.progress))
    }

    private func consider(_ deadline: TransferClock.Instant?) {
        guard let deadline else { return }
        nextDeadline = min(nextDeadline ?? deadline, deadline)
    }

    /// Blocks signals on this thread: none interrupts a wait, and a write to a closed connection raises no SIGPIPE.
    private func blockSignals() {
        var all = sigset_t()
        unsafe sigfillset(&all)
        unsafe pthread_sigmask(SIG_BLOCK, &all, nil)
    }
}
