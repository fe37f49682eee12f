import Foundation
import OpenAI
import Redis
import TestSupport
import Testing

/// A deployment whose Redis was lost finds its resources upstream.
@Suite struct SyncAdoptionTests {
    private func loseRedis(of installation: TappedInstallation) async throws {
        _ = try await installation.redis.send(RedisCommand("FLUSHALL", []))
    }

    @Test(arguments: UpstreamAPI.allCases)
    func nothingIsUploadedASecondTime(api: UpstreamAPI) async throws {
        try await TappedInstallation.with(over: api, documents: Documents.all) { installation in
            _ = try await installation.syncing.sync()
            let before = Set(try await installation.openAI.files.all().collect().map(\.id))
            try await loseRedis(of: installation)
            let (plan, _) = try await installation.syncing.sync("--adopt", "--dry-run")
            #expect(plan.adopted?.count == 3 && plan.added.isEmpty)
            #expect(try await installation.redis.send(.exists("corpus")).integer == 0, "a dry run changes nothing")

            let (receipt, result) = try await installation.syncing.sync("--repair", "--adopt")
            #expect(result.status == 0)
            #expect(receipt.adopted?.count == 3 && receipt.added.isEmpty && receipt.replaced.isEmpty)
            #expect(Set(try await installation.openAI.files.all().collect().map(\.id)) == before)
            try await installation.expectAgreement()
            try await installation.answering.serving { api in
                let answer = try await api.ask("How long is parental leave?", as: "ana")
                #expect(answer.answer.contains("18 weeks"))
            }
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func whatIsNotNeededIsDeleted(api: UpstreamAPI) async throws {
        try await TappedInstallation.with(over: api, documents: Documents.all) { installation in
            _ = try await installation.syncing.sync()
            // An upload of a killed sync, one of another program, a change and a removal.
            let source = "\(installation.syncing.assets)/notice.md"
            for name in ["notice.0123456789ab.md", "other.md"] {
                _ = try await installation.openAI.files.upload(path: source, filename: name, purpose: .assistants)
            }
            try installation.syncing.write("# Notice\n\nThe notice period is five months.\n", to: "notice.md")
            try await loseRedis(of: installation)
            let (receipt, result) = try await installation.syncing.sync("--adopt")
            #expect(result.status == 0)
            #expect(receipt.replaced == ["notice.md"] && receipt.adopted?.count == 3)
            let names = try await installation.openAI.files.all().collect().map(\.filename)
            #expect(names.contains("other.md"), "it is not ours")
            #expect(!names.contains("notice.0123456789ab.md"))
            #expect(names.count == 4)
            #expect(try await installation.openAI.vectorStores.all().collect().count == 1)
        }
    }

    @Test func resourcesOfAnotherDeploymentAreNotAdopted() async throws {
        try await TappedInstallation.with(over: .responses, documents: Documents.all) { installation in
            _ = try await installation.syncing.sync()
            let metadata = ["app": "policy-assistant", "sync": "x", "deployment": "somebody-else"]
            let foreign = try await installation.openAI.vectorStores.create(name: "x", metadata: metadata).id
            let own = try await installation.redis.send(.hget("corpus", "deployment")).string ?? ""
            try await loseRedis(of: installation)
            let refused = try await installation.syncing.run(["sync", "--adopt"])
            #expect(refused.status == 5)
            #expect(refused.errors.contains("somebody-else") && refused.errors.contains(own))
            #expect(try await installation.redis.send(.exists("corpus")).integer == 0)

            let (receipt, result) = try await installation.syncing.sync("--adopt", "--deployment", own)
            #expect(result.status == 0)
            #expect(receipt.adopted?.count == 3 && receipt.added.isEmpty)
            #expect(receipt.leftAlone?.contains { $0.hasPrefix(foreign) } == true)
            #expect(try await installation.openAI.vectorStores.all().collect().count == 2)
        }
    }
}
