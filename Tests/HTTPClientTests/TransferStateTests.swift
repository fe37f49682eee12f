import HTTPTypes
import Testing

@testable import HTTPClient

@Suite
struct TransferStateTests {
    private typealias State = TransferState<String>
    private static let lost = HTTPClientError(.connectionLost, "", progress: .answered)

    private var state = State()

    @Test
    mutating func wakesTheReaderForTheHead() {
        expect(state.takeHead(), is: "wait")
        expectParked("reader")
        let woken = state.received(HTTPResponse(status: .ok))
        #expect(woken == "reader")
        expect(state.takeHead().map { "\($0.status.code)" }, is: "200")
        let again = state.received(HTTPResponse(status: .notFound))
        #expect(again == nil)
        expect(state.takeHead().map { "\($0.status.code)" }, is: "200")
    }

    @Test
    mutating func doesNotLetTheReaderWaitForWhatIsThere() {
        _ = state.received([1])
        let goesOn = state.park("reader", for: .bytes)
        #expect(goesOn == "reader")
        expectBytes("[1]")
        expectParked("reader")
        let another = state.park("another", for: .bytes)
        #expect(another == "another")
        expect(state.received([2]), is: "accepted, waking reader")
    }

    @Test
    mutating func doesNotLetTheReaderWaitForAHeadThatIsThere() {
        _ = state.received(HTTPResponse(status: .ok))
        let goesOn = state.park("reader", for: .head)
        #expect(goesOn == "reader")
        expectParked("reader")
    }

    @Test
    mutating func pausesAtItsLimitAndResumesWhenTheReaderHasCaughtUp() {
        let most = [UInt8](repeating: 0, count: State.bufferLimit)
        expect(state.received(most), is: "accepted")
        expect(state.received([1]), is: "pause")
        expectBytes("\(most), resuming")
        expect(state.received([1]), is: "accepted")
        expectBytes("[1]")
    }

    @Test
    mutating func acceptsAChunkLargerThanItsLimitWhenItIsEmpty() {
        expect(state.received([UInt8](repeating: 0, count: State.bufferLimit + 1)), is: "accepted")
    }

    @Test
    mutating func handsOutWhatArrivedBeforeTheError() {
        _ = state.received(HTTPResponse(status: .ok))
        _ = state.received([1, 2])
        _ = state.ended(Self.lost)
        expectBytes("[1, 2]")
        expectBytes("connectionLost")
        expectBytes("connectionLost")
    }

    @Test
    mutating func endsOnce() {
        _ = state.received(HTTPResponse(status: .ok))
        expectParked("reader")
        let woken = state.ended(nil)
        #expect(woken == "reader")
        _ = state.ended(Self.lost)
        expectBytes("end")
    }

    @Test
    mutating func takesAnEndWithoutAHeadForAnError() {
        _ = state.ended(nil)
        expect(state.takeHead(), is: "invalidResponse")
    }

    @Test
    mutating func throwsAwayWhatWaitsWhenItIsAbandoned() {
        _ = state.received([1])
        let first = state.abandon()
        #expect(first == (true, nil))
        expectBytes("cancelled")
        expect(state.received([2]), is: "refused")
        let second = state.abandon()
        #expect(second == (false, nil))
        _ = state.ended(nil)
        expectBytes("cancelled")
    }

    @Test
    mutating func wakesTheReaderWhenItIsAbandoned() {
        expectParked("reader")
        let abandoned = state.abandon()
        #expect(abandoned == (true, "reader"))
    }

    @Test
    mutating func givesTheBodyAwayOnce() {
        let claims = [state.claimBody(), state.claimBody()]
        #expect(claims == [true, false])
    }

    private mutating func expectParked(_ waiter: String, at location: SourceLocation = #_sourceLocation) {
        let returned = state.park(waiter, for: .bytes)
        #expect(returned == nil, sourceLocation: location)
    }

    private mutating func expectBytes(_ expected: String, at location: SourceLocation = #_sourceLocation) {
        let step = state.takeBytes().map { taken in
            guard let bytes = taken.bytes else { return "end" }
            return "\(bytes)\(taken.resumes ? ", resuming" : "")"
        }
        expect(step, is: expected, at: location)
    }

    private func expect<Value>(
        _ step: State.Step<Value>,
        is expected: String,
        at location: SourceLocation = #_sourceLocation
    ) {
        let description =
            switch step {
            case .wait: "wait"
            case .failed(let error): "\(error.code)"
            case .ready(let value): "\(value)"
            }
        #expect(description == expected, sourceLocation: location)
    }

    private func expect(
        _ arrival: State.Arrival,
        is expected: String,
        at location: SourceLocation = #_sourceLocation
    ) {
        let description =
            switch arrival {
            case .accepted(wake: let waiter?): "accepted, waking \(waiter)"
            case .accepted(wake: nil): "accepted"
            case .pause: "pause"
            case .refused: "refused"
            }
        #expect(description == expected, sourceLocation: location)
    }
}

extension TransferState.Step {
    fileprivate func map<Other>(_ transform: (Value) -> Other) -> TransferState.Step<Other> {
        switch self {
        case .ready(let value): .ready(transform(value))
        case .failed(let error): .failed(error)
        case .wait: .wait
        }
    }
}
