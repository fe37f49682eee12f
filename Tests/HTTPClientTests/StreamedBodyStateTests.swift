import Testing

@testable import HTTPClient

@Suite
struct StreamedBodyStateTests {
    private typealias State = StreamedBodyState<String>

    private var state = State()

    @Test
    mutating func handsOutWhatIsWrittenInOrder() {
        #expect(write([1, 2, 3]) == "added")
        #expect(write([4]) == "added")
        #expect(take(2) == "[1, 2]")
        #expect(take(9) == "[3, 4]")
        #expect(take(9) == "none")
    }

    @Test
    mutating func callsTheClientOnlyWhereItWaits() {
        let began = state.begin {}
        #expect(began)
        #expect(write([1]) == "added")
        #expect(take(1) == "[1]")
        #expect(take(1) == "none")
        #expect(write([]) == "added")
        #expect(write([2]) == "added, resuming")
        #expect(write([3]) == "added")
        #expect(take(2) == "[2, 3]")
        #expect(take(2) == "none")
        let resume = state.finish()
        #expect(resume != nil)
        #expect(take(2) == "end")
        #expect(write([4]) == "refused")
    }

    @Test
    mutating func makesWritersWaitAtTheLimit() {
        let most = [UInt8](repeating: 0, count: State.bufferLimit)
        #expect(write(most) == "added")
        #expect(write([1]) == "wait")
        let parked = state.park("writer", for: 1)
        #expect(parked)
        _ = take(1)
        let waiters = state.takeWaiters()
        #expect(waiters == ["writer"])
        let none = state.takeWaiters()
        #expect(none.isEmpty)
        #expect(write([1]) == "added")
    }

    @Test
    mutating func addsAPieceLargerThanTheLimitToNothing() {
        #expect(write([UInt8](repeating: 0, count: State.bufferLimit + 1)) == "added")
        #expect(write([]) == "wait")
    }

    @Test
    mutating func letsNobodyWaitForWhatWillNotCome() {
        #expect(write([UInt8](repeating: 0, count: State.bufferLimit)) == "added")
        state.end()
        let parked = state.park("writer", for: 1)
        #expect(!parked)
        #expect(write([1]) == "refused")
    }

    @Test
    mutating func belongsToOneTransfer() {
        let first = state.begin {}
        let second = state.begin {}
        #expect(first && !second)
        state.end()
        let third = state.begin {}
        #expect(!third)
    }

    private mutating func write(_ bytes: [UInt8]) -> String {
        switch state.write(bytes) {
        case .added(let resume): resume == nil ? "added" : "added, resuming"
        case .refused: "refused"
        case .wait: "wait"
        }
    }

    private mutating func take(_ count: Int) -> String {
        switch state.take(upTo: count) {
        case .bytes(let bytes): "\(Array(bytes))"
        case .none: "none"
        case .end: "end"
        }
    }
}
