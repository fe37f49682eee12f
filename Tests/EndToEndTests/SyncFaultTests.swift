import Redis
import Synchronization
import TestSupport
import Testing

/// Faults while a sync runs.
@Suite struct SyncFaultTests {
    @Test(arguments: UpstreamAPI.allCases)
    func anUploadThatFailsThreeTimesIsTriedAFourthTime(api: UpstreamAPI) async throws {
        try await TappedInstallation.withChange(over: api) { installation in
            let failures = Mutex(3)
            installation.tap.inject { passage in
                guard passage.direction == .request, passage.text.hasPrefix("POST /v1/files ") else { return nil }
                return failures.withLock { left in
                    guard left > 0 else { return nil }
                    left -= 1
                    return .serverError
                }
            }
            let (receipt, result) = try await installation.syncing.sync()
            #expect(result.status == 0)
            #expect(receipt.replaced == ["leave/annual-leave.md"])
            #expect(receipt.checks.passed == 1 && receipt.checks.failed.isEmpty)
            #expect(failures.withLock(\.self) == 0)
            try await installation.expectAgreement()
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func anUploadWhoseAnswerIsLostIsFoundAgain(api: UpstreamAPI) async throws {
        try await TappedInstallation.withChange(over: api) { installation in
            let uploads = Mutex(0)
            installation.tap.inject { passage in
                if passage.direction == .request, passage.text.hasPrefix("POST /v1/files ") {
                    uploads.withLock { $0 += 1 }
                }
                let isAnswer = passage.direction == .answer && passage.text.contains(#""purpose":"assistants""#)
                return isAnswer && !passage.text.contains(#""object":"list""#) ? .cut : nil
            }
            let (receipt, result) = try await installation.syncing.sync()
            #expect(result.status == 0)
            #expect(receipt.replaced.count == 1)
            #expect(uploads.withLock(\.self) == 1)
            try await installation.expectAgreement()
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func aFileThatIsNeverIndexedIsNamedAndTheOthersGoOn(api: UpstreamAPI) async throws {
        try await TappedInstallation.withChange(over: api) { installation in
            try installation.syncing.write("# Parking\n\nThe car park opens at six in the morning.\n", to: "parking.md")
            let stuck = Mutex("")
            installation.tap.inject { passage in
                guard passage.direction == .request, passage.text.hasPrefix("GET /v1/vector_stores/") else {
                    return nil
                }
                let path = passage.text.split(separator: " ")[1].split(separator: "/").map(String.init)
                guard path.count == 5 else { return nil }
                if path[3] == "file_batches" {
                    let counts = #"{"in_progress":2,"completed":0,"failed":0,"cancelled":0,"total":2}"#
                    return .json(#"{"id":"\#(path[4])","status":"in_progress","file_counts":\#(counts)}"#)
                }
                guard path[3] == "files" else { return nil }
                let isStuck = stuck.withLock { stuck in
                    if stuck.isEmpty { stuck = path[4] }
                    return stuck == path[4]
                }
                return isStuck ? .json(#"{"id":"\#(path[4])","status":"in_progress"}"#) : nil
            }
            let (receipt, result) = try await installation.syncing.sync("--indexing-timeout", "1")
            #expect(result.status == 3)
            #expect(receipt.failed.count == 1)
            #expect(receipt.added.count + receipt.replaced.count == 1)
            installation.tap.inject { _ in nil }
            #expect(try await installation.syncing.sync().result.status == 0)
            try await installation.expectAgreement()
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func aSyncThatLosesRedisChangesNothingAndIsResumed(api: UpstreamAPI) async throws {
        try await TappedInstallation.withChange(over: api) { installation in
            installation.tap.inject { passage in
                if passage.direction == .request, passage.text.hasPrefix("POST /v1/files ") {
                    installation.server.freeze()
                }
                return nil
            }
            let result = try await installation.syncing.run(["sync"])
            installation.server.thaw()
            #expect(result.status == 69)
            #expect(try await installation.redis.send(.hget("corpus", "revision")).string == "1")
            installation.tap.inject { _ in nil }
            #expect(try await installation.syncing.sync().result.status == 0)
            try await installation.expectAgreement()
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func aSyncThatLosesItsLockStopsAndLeavesNothing(api: UpstreamAPI) async throws {
        try await TappedInstallation.withChange(over: api) { installation in
            installation.tap.arm { $0.direction == .request && $0.text.hasPrefix("POST /v1/files ") }
            let status = try await withThrowingTaskGroup(of: Int32.self) { group in
                group.addTask { try await installation.syncing.run(["sync"]).status }
                await installation.tap.reachesMoment()
                _ = try await installation.redis.send(.set("lock:sync", "0123 another-host 1 now"))
                installation.tap.release()
                installation.tap.arm { _ in false }
                return try await group.next()
            }
            #expect(status == 75)
            #expect(try await installation.redis.send(.get("lock:sync")).string == "0123 another-host 1 now")
            _ = try await installation.redis.send(.del("lock:sync"))
            #expect(try await installation.syncing.sync().result.status == 0)
            try await installation.expectAgreement()
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func aThreadThatCannotBeDeletedIsDeletedLater(api: UpstreamAPI) async throws {
        try await TappedInstallation.withChange(over: api) { installation in
            try await installation.answering.serving { api in
                _ = try await api.ask("How long is parental leave?", as: "ana")
            }
            installation.tap.inject { passage in
                passage.direction == .request && passage.text.hasPrefix("DELETE /v1/\(api.threadsPath)/")
                    ? .serverError : nil
            }
            let (receipt, result) = try await installation.syncing.sync()
            #expect(result.status == 0)
            #expect(receipt.threadsFlushed == 0 && receipt.threadsNotFlushed == 1)
            installation.tap.inject { _ in nil }
            try await installation.server.withClient(database: 0) { redis in
                #expect(try await redis.send(.exists("thread:ana")).integer == 0)
                #expect(try await redis.send(RedisCommand("HLEN", ["undeleted"])).integer == 1)
                let flush = try await installation.syncing.run(["flush"])
                #expect(flush.status == 0)
                #expect(flush.output.contains("1 threads flushed"))
                #expect(try await redis.send(.exists("undeleted")).integer == 0)
            }
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func newTextThatIsNotFoundFailsTheVerification(api: UpstreamAPI) async throws {
        try await TappedInstallation.withChange(over: api) { installation in
            installation.tap.inject { passage in
                passage.direction == .request && passage.text.contains("/search HTTP/1.1")
                    ? .json(
                        #"{"object":"vector_store.search_results.page","search_query":[""],"data":[],"has_more":false}"#
                    )
                    : nil
            }
            let (receipt, result) = try await installation.syncing.sync()
            #expect(result.status == 4)
            #expect(receipt.checks.failed.map(\.path) == ["leave/annual-leave.md"])
            #expect(receipt.revision == 2)
            installation.tap.inject { _ in nil }
            let (again, success) = try await installation.syncing.sync()
            #expect(success.status == 0)
            #expect(again.checks.passed == 1, "what failed is checked again by the next sync")
            try await installation.expectAgreement()
        }
    }
}
