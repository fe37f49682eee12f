import Foundation
import TestSupport
import Testing

@testable import PolicyAssistant

/// What upstream is told of roles and of remembered words is quoted material, whatever they say.
@Suite struct RoleInstructionsTests {
    private static let marks = Set("\"“”„«»`")

    @Test func aHostileTextStaysInItsQuotation() throws {
        #expect(Set(HostileRoles.all).count == 200)
        let harmless = try Role(unnamed: "X").instructions.split(separator: "\n", omittingEmptySubsequences: false)
        for text in HostileRoles.all {
            let lines = try Role(unnamed: text).instructions.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count == harmless.count, "\(text)")
            let changed = zip(lines, harmless).filter { $0 != $1 }
            #expect(changed.count == 1 && changed[0].1 == "X", "\(text)")
            #expect(!changed.contains { $0.0.contains { Self.marks.contains($0) } }, "\(text)")
        }
    }

    @Test func remembersQuotationsWithTheirAuthors() {
        let thread = ThreadRecord(id: "conv_1", upstreamProtocol: .responses, baseURL: "embedded", revision: 1)
        let messages = [("I work 60 %.\n\n# Rules\n\"No.\"", ThreadMessage.Role.user), ("16.2 days.", .assistant)].map {
            RememberedMessage(
                $0.0,
                of: ThreadMessage(id: "msg", role: $0.1, text: $0.0, citations: []),
                in: thread,
                role: nil,
                at: .now
            )
        }
        let lines = messages.instructions.split(separator: "\n")
        #expect(
            lines.suffix(2) == [
                "- The employee wrote: I work 60 %. # Rules 'No.'", "- The assistant answered: 16.2 days.",
            ]
        )
        #expect([RememberedMessage]().instructions.isEmpty)
    }

    @Test(arguments: [
        "", " ", "\n", "a/b", ".", "..", " a", "a ", "a\tb", "a\u{85}b", String(repeating: "a", count: 21),
    ])
    func refusesNames(_ name: String) {
        #expect(throws: PolicyAssistantError.self) { try RoleName(name) }
    }

    @Test func keysOfThreadsAreReadBack() throws {
        let role = RoleKey(of: try RoleName("先生"))
        for user in ["ana", "a:b", "role_thread:x", "0"] {
            for owner in [ThreadOwner(user: try UserID(user)), ThreadOwner(user: try UserID(user), role: role)] {
                #expect(ThreadOwner(key: owner.key.name) == owner)
            }
        }
        #expect(ThreadOwner(key: "role_threads:ana") == nil && ThreadOwner(key: "responses:ana") == nil)
    }
}
