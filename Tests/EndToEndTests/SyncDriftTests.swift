import Foundation
import OpenAI
import Redis
import TestSupport
import Testing

/// Changes upstream by another program.
@Suite struct SyncDriftTests {
    @Test(arguments: UpstreamAPI.allCases)
    func aStoreThatIsGoneIsCreatedAnew(api: UpstreamAPI) async throws {
        try await TappedInstallation.withChange(over: api) { installation in
            let store = try await installation.redis.send(.hget("corpus", "vector_store_id")).string ?? ""
            try await installation.openAI.vectorStores.delete(store)
            let (receipt, result) = try await installation.syncing.sync()
            #expect(result.status == 0)
            #expect(receipt.storeRebuilt)
            #expect(receipt.added.count == 3)
            try await installation.expectAgreement()
        }
    }

    /// Where revisions have stores of their own, all documents in force have to be indexed again for the next.
    @Test(arguments: UpstreamAPI.allCases)
    func aChangeBesideAnUploadThatIsGoneComesIntoForceWithTheRepair(api: UpstreamAPI) async throws {
        try await TappedInstallation.withChange(over: api) { installation in
            let lost = try await installation.redis.send(.hget("file:notice.md", "file_id")).string ?? ""
            try await installation.openAI.files.delete(lost)
            let plain = try await installation.syncing.run(["sync"])
            let revision = try await installation.redis.send(.hget("corpus", "revision")).string
            if api == .assistants {
                #expect(plain.status == 1)
                #expect(plain.errors.contains("nothing was changed") && plain.errors.contains("--repair"))
                #expect(revision == "1")
            } else {
                #expect(plain.status == 0 && revision == "2")
            }
            try await installation.answering.serving { api in
                let answer = try await api.ask("How long is parental leave?", as: "ana")
                #expect(answer.answer.contains("18 weeks"), "what is there is in force all along")
            }
            let (receipt, result) = try await installation.syncing.sync("--repair")
            #expect(result.status == 0)
            #expect(receipt.replaced.contains("notice.md"))
            #expect(receipt.repaired.contains { $0.hasPrefix("notice.md: ") })
            try await installation.expectAgreement()
            try await installation.answering.serving { api in
                let notice = try await api.ask("How long is the notice period after probation?", as: "ana")
                #expect(notice.answer.contains("three months"))
                #expect(
                    try await api.ask("How many days of annual leave do I get?", as: "ana").answer.contains("31 days")
                )
            }
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func whatSomebodyElseChangedUpstreamIsRepaired(api: UpstreamAPI) async throws {
        try await TappedInstallation.with(over: api, documents: Documents.all) { installation in
            #expect(try await installation.syncing.sync().result.status == 0)
            let openAI = installation.openAI
            let store = try await installation.redis.send(.hget("corpus", "vector_store_id")).string ?? ""
            let fileID = { (path: String) in
                try await installation.redis.send(.hget("file:\(path)", "file_id")).string ?? ""
            }
            try await openAI.files.delete(try await fileID("notice.md"))
            try await openAI.vectorStores.detach(try await fileID("travel.txt"), from: store)
            _ = try await openAI.vectorStores.updateAttributes(
                ["since": .number(1), "until": .number(1)],
                of: try await fileID("leave/annual-leave.md"),
                in: store
            )
            let stray = "\(installation.syncing.folder)/stray.md"
            try Data("Nobody knows this file.".utf8).write(to: URL(fileURLWithPath: stray))
            let strayID = try await openAI.files.upload(path: stray, filename: "stray.md").id
            _ = try await openAI.vectorStores.attach(strayID, to: store)
            _ = try await installation.redis.send(.srem("documents", ["travel.txt"]))

            let (receipt, result) = try await installation.syncing.sync("--repair")
            #expect(result.status == 0)
            #expect(Set(receipt.replaced) == ["notice.md", "travel.txt"])
            #expect(receipt.repaired.count == 5)
            try await installation.expectAgreement()
            #expect(try await installation.syncing.sync("--repair").receipt.repaired.isEmpty)
        }
    }
}
