import GRDB
import HTTPTypes
import TestSupport
import Testing

@testable import LocalEngine

@Suite struct RunLockTests {
    /// An engine's answers wait until the gate opens; the signal says that one waits.
    private struct Held {
        let gate = Gate()
        let waits = Gate()

        func hooks(_ time: TestTime = TestTime(), holder: LeaseHolder = .make()) -> EngineTestHooks {
            EngineTestHooks(
                clock: time.clock,
                holder: holder,
                beforeAnswering: {
                    waits.open()
                    await gate.wait()
                    try Task.checkCancellation()
                },
                housekeepingInterval: .milliseconds(20)
            )
        }
    }

    /// A thread with a run that waits at the gate.
    private func start(_ engine: EngineClient, _ held: Held) async throws -> (
        path: String, body: JSONValue, run: String
    ) {
        let body: JSONValue = ["assistant_id": .string(try await engine.assistant())]
        let path = "threads/\(try await engine.post("threads").id)"
        let run = try await engine.post("\(path)/runs", body)
        #expect(run["status"] == "queued")
        await held.waits.wait()
        return (path, body, run.id)
    }

    private func expectBusy(_ engine: EngineClient, _ path: String, _ body: JSONValue, _ run: String) async throws {
        let thread = path.dropFirst("threads/".count)
        let message = try await engine.post("\(path)/messages", ["role": "user", "content": "x"])
        #expect(message.status == 400)
        #expect(message.message == "Can't add messages to \(thread) while a run \(run) is active.")
        let second = try await engine.post("\(path)/runs", body)
        #expect(second.status == 400)
        #expect(second.message == "Thread \(thread) already has an active run \(run).")
        #expect(second.json["error"]?["code"] == JSONValue.null)
    }

    private func ended(_ engine: EngineClient, _ path: String, _ run: String) async throws -> Reply {
        try await engine.ended(run, in: String(path.dropFirst("threads/".count)))
    }

    @Test func refusesMessagesAndRunsUntilTheRunHasEnded() async throws {
        let held = Held()
        try await withEngine(held.hooks()) { engine in
            let (path, body, run) = try await start(engine, held)
            #expect(try await engine.get("\(path)/runs/\(run)")["status"] == "in_progress")
            try await expectBusy(engine, path, body, run)
            #expect(try await engine.get("\(path)/messages").list.isEmpty)
            held.gate.open()
            #expect(try await ended(engine, path, run)["status"] == "completed")
            #expect(try await engine.post("\(path)/messages", ["role": "user", "content": "x"]).status == 200)
            #expect(try await engine.post("\(path)/runs", body).status == 200)
        }
    }

    @Test func holdsAcrossEnginesOnOneDatabase() async throws {
        try await withTemporaryFolder { folder in
            let held = Held()
            try await withEngine(in: folder, held.hooks()) { engine in
                try await withEngine(in: folder, EngineTestHooks(clock: TestTime().clock), socket: "b") { other in
                    let (path, body, run) = try await start(engine, held)
                    try await expectBusy(other, path, body, run)
                    held.gate.open()
                    #expect(try await ended(other, path, run)["status"] == "completed")
                    #expect(try await other.post("\(path)/runs", body).status == 200)
                }
            }
        }
    }

    @Test func endsACancelledRunOnceItsWorkerNotices() async throws {
        let held = Held()
        try await withEngine(held.hooks()) { engine in
            let (path, body, run) = try await start(engine, held)
            #expect(try await engine.post("\(path)/runs/\(run)/cancel")["status"] == "cancelling")
            try await expectBusy(engine, path, body, run)
            held.gate.open()
            let cancelled = try await ended(engine, path, run)
            #expect(cancelled["status"] == "cancelled")
            #expect(cancelled["cancelled_at"]?.double != nil)
            #expect(try await engine.get("\(path)/messages").list.isEmpty)
            let steps = try await engine.get("\(path)/runs/\(run)/steps").list
            #expect(steps.map { $0["status"] } == ["cancelled"])
            let again = try await engine.post("\(path)/runs/\(run)/cancel")
            #expect(again.status == 400)
            #expect(again.message == "Cannot cancel run with status 'cancelled'.")
        }
    }

    @Test func reportsACancelledRunInItsStream() async throws {
        let held = Held()
        try await withEngine(held.hooks()) { engine in
            let assistant = try await engine.assistant()
            let path = "threads/\(try await engine.post("threads").id)"
            let body: JSONValue = ["assistant_id": .string(assistant), "stream": true]
            let events = try await engine.streamRun("\(path)/runs", body) { name in
                guard name == "thread.run.in_progress" else { return true }
                let run = try await engine.get("\(path)/runs").ids[0]
                try await engine.post("\(path)/runs/\(run)/cancel")
                held.gate.open()
                return true
            }
            #expect(events.map(\.name).suffix(2) == ["thread.run.step.cancelled", "thread.run.cancelled"])
        }
    }

    @Test func continuesWithoutTheClientOfItsStream() async throws {
        let held = Held()
        try await withEngine(held.hooks()) { engine in
            let assistant = try await engine.assistant()
            let path = "threads/\(try await engine.post("threads").id)"
            let body: JSONValue = ["assistant_id": .string(assistant), "stream": true]
            let events = try await engine.streamRun("\(path)/runs", body) { $0 != "thread.run.in_progress" }
            held.gate.open()
            let run = events[0].object["id"]?.string ?? ""
            #expect(try await ended(engine, path, run)["status"] == "completed")
            #expect(try await engine.get("\(path)/messages").list.count == 1)
        }
    }

    @Test(arguments: [(RunLocks.lease, "failed"), (RunLocks.lifetime, "expired")])
    func endsWhenItTakesTooLong(_ duration: Int, _ status: String) async throws {
        let (held, time) = (Held(), TestTime())
        try await withEngine(held.hooks(time)) { engine in
            let (path, body, run) = try await start(engine, held)
            time.advance(duration)
            let late = try await ended(engine, path, run)
            #expect(late["status"] == .string(status))
            #expect(late["last_error"]?["code"] == (status == "failed" ? "server_error" : nil))
            #expect(try await engine.get("\(path)/runs/\(run)/steps").list.map { $0["status"] } == [.string(status)])
            let next = try await engine.post("\(path)/runs", body)
            held.gate.open()
            #expect(try await ended(engine, path, next.id)["status"] == "completed")
            // The late answer was not stored.
            #expect(try await engine.get("\(path)/messages").list.count == 1)
            #expect(try await engine.get("\(path)/runs/\(run)").json == late.json)
        }
    }

    @Test func failsWhenItsProcessIsGone() async throws {
        try await withTemporaryFolder { folder in
            let time = TestTime()
            var (path, body, run): (String, JSONValue, String) = ("", nil, "")
            try await withEngine(in: folder, EngineTestHooks(clock: time.clock)) { engine in
                body = ["assistant_id": .string(try await engine.assistant())]
                path = "threads/\(try await engine.post("threads").id)"
                run = try await engine.post("\(path)/runs", body).id
                _ = try await ended(engine, path, run)
            }
            // As if the process had ended in the middle of it.
            let database = try await EngineDatabase.open(at: "\(folder)/engine.sqlite")
            let gone = try Processes.goneHolder()
            try await database.write { db in
                try db.execute(sql: "UPDATE run SET is_active = TRUE, holder = ?", arguments: [gone.name])
            }
            try database.close()
            try await withEngine(in: folder, EngineTestHooks(clock: time.clock, housekeepingInterval: .seconds(60))) {
                engine in
                let next = try await engine.post("\(path)/runs", body)
                #expect(next.status == 200)
                #expect(try await engine.get("\(path)/runs/\(run)")["status"] == "failed")
            }
        }
    }

    @Test func failsWhenItsEngineIsShutDown() async throws {
        try await withTemporaryFolder { folder in
            let held = Held()
            let (path, run) = try await withEngine(in: folder, held.hooks()) { engine in
                let (path, _, run) = try await start(engine, held)
                return (path, run)
            }
            try await withEngine(in: folder, EngineTestHooks(clock: TestTime().clock)) { engine in
                let interrupted = try await engine.get("\(path)/runs/\(run)")
                #expect(interrupted["status"] == "failed")
                #expect(interrupted["last_error"] == ["code": "server_error", "message": "The run was interrupted."])
            }
        }
    }

    @Test func endsWithItsThread() async throws {
        let held = Held()
        try await withEngine(held.hooks()) { engine in
            let assistant = try await engine.assistant()
            let path = "threads/\(try await engine.post("threads").id)"
            let body: JSONValue = ["assistant_id": .string(assistant), "stream": true]
            let events = try await engine.streamRun("\(path)/runs", body) { name in
                guard name == "thread.run.in_progress" else { return true }
                try await engine.delete(path)
                held.gate.open()
                return true
            }
            #expect(events.last?.name == "error")
            #expect(events.last?.object["code"] == "server_error")
        }
    }
}
