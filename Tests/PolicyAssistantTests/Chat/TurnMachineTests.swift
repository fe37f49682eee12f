import Testing

@testable import PolicyAssistant

/// The transitions of a turn, one after the other.
@Suite struct TurnMachineTests {
    private let lock = ThreadsDatabase.TurnLock(owner: ThreadOwner(user: .anonymous), token: "replica:1")
    private let limits = TurnMachine.Limits(timeout: .seconds(60), renewal: .seconds(5))

    /// What happens in turn, and what the machine answers.
    struct Course: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var usesSharedThread = false
        let steps: [(TurnMachine.Event, TurnMachine.Action)]
    }

    private static func failed(
        _ failure: TurnMachine.Failure,
        hasEmitted: Bool = false
    ) -> TurnMachine.Event {
        .failed(failure, hasEmitted: hasEmitted)
    }

    private static let pauses = [0.25, 0.5, 1, 2, 4, 8, 8, 8, 8, 8, 8].map { Duration.seconds($0) }

    static let courses = [
        Course(
            testDescription: "the question of a user with a thread is asked in it",
            steps: [(.permitted(hasThread: true), .ask)]
        ),
        Course(
            testDescription: "a user without a thread gets one",
            steps: [(.permitted(hasThread: false), .createThread), (.threadAssigned, .ask)]
        ),
        Course(
            testDescription: "a thread whose revision is flushed is created again, twice",
            steps: [
                (.permitted(hasThread: false), .createThread), (.threadOutdated, .reloadCorpusAndCreateThread),
                (.threadOutdated, .reloadCorpusAndCreateThread), (.threadOutdated, .fail(.userBusy)),
            ]
        ),
        Course(
            testDescription: "a turn without its lock assigns no thread",
            steps: [(.permitted(hasThread: false), .createThread), (.lockLost, .fail(.lockLost))]
        ),
        Course(
            testDescription: "a thread that upstream does not know is replaced, once",
            steps: [
                (.permitted(hasThread: true), .ask),
                (failed(.threadNotFound), .replaceThread(carriesHistory: false)),
                (.threadAssigned, .ask), (failed(.threadNotFound), .fail(.failure)),
            ]
        ),
        Course(
            testDescription: "a thread that is too long goes on in a new one, then in an empty one, then fails",
            steps: [
                (.permitted(hasThread: true), .ask),
                (failed(.threadTooLong), .replaceThread(carriesHistory: true)), (.threadAssigned, .ask),
                (failed(.threadTooLong), .replaceThread(carriesHistory: false)), (.threadAssigned, .ask),
                (failed(.threadTooLong), .fail(.failure)),
            ]
        ),
        Course(
            testDescription: "each recovery is counted by itself",
            steps: [
                (.permitted(hasThread: true), .ask),
                (failed(.threadTooLong), .replaceThread(carriesHistory: true)), (.threadAssigned, .ask),
                (failed(.threadNotFound), .replaceThread(carriesHistory: false)), (.threadAssigned, .ask),
                (failed(.threadBusy), .askAgain(after: pauses[0])),
                (failed(.threadTooLong), .replaceThread(carriesHistory: false)), (.threadAssigned, .ask),
            ]
        ),
        Course(
            testDescription: "a busy thread is waited for, for about a minute",
            steps: [(.permitted(hasThread: true), .ask)]
                + pauses.map { (failed(.threadBusy), .askAgain(after: $0)) }
                + [(failed(.threadBusy), .fail(.failure))]
        ),
        Course(
            testDescription: "a lost vector store is no reason to replace the thread",
            steps: [(.permitted(hasThread: true), .ask), (failed(.vectorStoreLost), .fail(.vectorStoreLost))]
        ),
        Course(
            testDescription: "other failures end the turn",
            steps: [(.permitted(hasThread: true), .ask), (failed(.other), .fail(.failure))]
        ),
        Course(
            testDescription: "the shared thread is not replaced where upstream does not know it",
            usesSharedThread: true,
            steps: [(.permitted(hasThread: true), .ask), (failed(.threadNotFound), .fail(.sharedThreadLost))]
        ),
        Course(
            testDescription: "nor where it is too long",
            usesSharedThread: true,
            steps: [(.permitted(hasThread: true), .ask), (failed(.threadTooLong), .fail(.sharedThreadTooLong))]
        ),
        Course(
            testDescription: "but it is waited for",
            usesSharedThread: true,
            steps: [(.permitted(hasThread: true), .ask), (failed(.threadBusy), .askAgain(after: pauses[0]))]
        ),
    ]

    @Test(arguments: courses)
    func followsItsTable(_ course: Course) {
        var machine = TurnMachine(usesSharedThread: course.usesSharedThread, now: .zero)
        machine.admit(lock, now: .zero)
        for (event, action) in course.steps { #expect(machine.handle(event) == action) }
    }

    @Test(arguments: [
        TurnMachine.Failure.threadBusy, .threadNotFound, .threadTooLong, .vectorStoreLost, .other,
    ])
    func nothingIsAskedAgainAfterAnEvent(_ failure: TurnMachine.Failure) {
        var machine = TurnMachine(usesSharedThread: false, now: .zero)
        machine.admit(lock, now: .zero)
        _ = machine.handle(.permitted(hasThread: true))
        #expect(machine.handle(.failed(failure, hasEmitted: true)) == .fail(.failure))
    }

    @Test func onlyATurnWithItsLockIsAsked() {
        var queued = TurnMachine(usesSharedThread: false, now: .zero)
        #expect(queued.handle(.permitted(hasThread: true)) == .fail(.failure))
        queued.admit(lock, now: .zero)
        _ = queued.finish()
        #expect(queued.handle(.permitted(hasThread: true)) == .fail(.failure))
    }

    @Test func aTurnHasOneDeadlineInTheQueueAndAnotherFromItsAdmissionOn() {
        var machine = TurnMachine(usesSharedThread: false, now: .zero)
        #expect(machine.tick(now: .seconds(59), limits) == .nothing)
        #expect(machine.tick(now: .seconds(60), limits) == .end(.waitedTooLong))
        machine.admit(lock, now: .seconds(50))
        #expect(machine.tick(now: .seconds(109), limits) == .renewLock)
        #expect(machine.tick(now: .seconds(110), limits) == .end(.tookTooLong))
    }

    @Test func aLockIsRenewedFromItsAdmissionToTheOutcome() {
        var machine = TurnMachine(usesSharedThread: false, now: .zero)
        #expect(machine.tick(now: .seconds(5), limits) == .nothing)
        machine.admit(lock, now: .seconds(7))
        #expect(machine.nextTick(limits) == .seconds(12))
        #expect(machine.tick(now: .seconds(11), limits) == .nothing)
        #expect(machine.tick(now: .seconds(12), limits) == .renewLock)
        #expect(machine.nextTick(limits) == .seconds(17))
        #expect(machine.finish()?.token == lock.token)
        #expect(machine.lock == nil && machine.nextTick(limits) == nil)
        #expect(machine.tick(now: .seconds(500), limits) == .nothing)
    }

    @Test func theFirstReasonToEndCountsAndNoneAfterTheOutcome() {
        var machine = TurnMachine(usesSharedThread: false, now: .zero)
        #expect(machine.end(.cancelled) == true)
        #expect(machine.end(.shuttingDown) == false)
        #expect(machine.endReason == .cancelled)
        #expect(machine.nextTick(limits) == nil)

        var finished = TurnMachine(usesSharedThread: false, now: .zero)
        finished.admit(lock, now: .zero)
        #expect(finished.finish() != nil)
        #expect(finished.finish() == nil, "a lock is released once")
        #expect(finished.end(.cancelled) == false)
        #expect(finished.endReason == nil)
    }
}
