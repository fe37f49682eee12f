import Foundation
import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct AssetScannerTests {
    private func scan(_ prepare: (_ folder: String) throws -> Void) async throws -> AssetScanner.Findings {
        try await withTemporaryFolder { folder in
            try FileManager.default.createDirectory(atPath: "\(folder)/assets", withIntermediateDirectories: true)
            try prepare("\(folder)/assets")
            return try AssetScanner(root: "\(folder)/assets").scan()
        }
    }

    private func write(_ text: String, _ path: String) throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try text.write(toFile: path, atomically: false, encoding: .utf8)
    }

    @Test func findsDocumentsInNestedFoldersWithAnyNames() async throws {
        let findings = try await scan { assets in
            try write("a", "\(assets)/leave.md")
            try write("b", "\(assets)/time/on call/Rota 2026.txt")
            try write("c", "\(assets)/büro/🏖 Urlaub.PDF")
        }
        #expect(findings.files.map(\.path) == ["büro/🏖 Urlaub.PDF", "leave.md", "time/on call/Rota 2026.txt"])
        #expect(findings.files.allSatisfy { $0.stamp.bytes == 1 })
        #expect(findings.leftOut.isEmpty)
    }

    @Test func namesWhatItLeavesOutAndWhy() async throws {
        let findings = try await scan { assets in
            try write("", "\(assets)/empty.md")
            try write("x", "\(assets)/table.xlsx")
            try write("x", "\(assets)/README")
            try write("x", "\(assets)/.hidden.md")
            try write("x", "\(assets)/~$lock.docx")
            try write("x", "\(assets)/.git/config.txt")
        }
        #expect(findings.files.isEmpty)
        let reasons = Dictionary(uniqueKeysWithValues: findings.leftOut.map { ($0.path, $0.reason) })
        #expect(Set(reasons.keys) == ["empty.md", "table.xlsx", "README"])
        #expect(reasons["empty.md"]?.contains("empty") == true)
        #expect(reasons["table.xlsx"]?.contains(".xlsx") == true)
        #expect(reasons["README"]?.contains("extension") == true)
        #expect(findings.ignored.map(\.path) == [".git", ".hidden.md", "~$lock.docx"])
    }

    @Test func followsLinksOnlyWithinTheTree() async throws {
        let findings = try await scan { assets in
            try write("inside", "\(assets)/real.md")
            try write("outside", "\(assets)/../secret.md")
            let files = FileManager.default
            try files.createSymbolicLink(atPath: "\(assets)/alias.md", withDestinationPath: "real.md")
            try files.createSymbolicLink(atPath: "\(assets)/leak.md", withDestinationPath: "../secret.md")
            try files.createSymbolicLink(atPath: "\(assets)/broken.md", withDestinationPath: "nothing.md")
            try files.createSymbolicLink(atPath: "\(assets)/loop", withDestinationPath: ".")
        }
        #expect(findings.files.map(\.path) == ["alias.md", "real.md"])
        #expect(findings.leftOut.map(\.path) == ["broken.md", "leak.md", "loop"])
    }

    @Test func aMissingFolderIsAnError() {
        #expect(throws: PolicyAssistantError.self) { try AssetScanner(root: "/nowhere").scan() }
    }

    @Test func passesOverWhatPolicyignoreNames() async throws {
        let findings = try await scan { assets in
            try write(
                "# drafts are nobody's business\n*.draft.md\n/archive/\n!keep.draft.md\n",
                "\(assets)/.policyignore"
            )
            try write("private.md\n", "\(assets)/hr/.policyignore")
            for path in [
                "leave.md", "leave.draft.md", "keep.draft.md", "archive/2020.md", "hr/archive/old.md", "hr/private.md",
                "private.md",
            ] {
                try write("x", "\(assets)/\(path)")
            }
        }
        #expect(findings.files.map(\.path) == ["hr/archive/old.md", "keep.draft.md", "leave.md", "private.md"])
        #expect(findings.ignored.map(\.path) == ["archive", "hr/private.md", "leave.draft.md"])
        #expect(findings.ignored.map(\.reason).contains("line 1 of hr/.policyignore"))
        #expect(findings.leftOut.isEmpty)
    }

    @Test func takesNamesThatLookAlikeAsTheTwoFilesTheyAre() async throws {
        let findings = try await scan { assets in
            for name in ["caf\u{E9}.md", "cafe\u{301}.md"] {
                #expect(FileManager.default.createFile(atPath: "\(assets)/\(name)", contents: Data("x".utf8)))
            }
        }
        #expect(findings.files.count == 2)
    }

    @Test func namesThatNoListCanShowAreLeftOut() async throws {
        let findings = try await scan { assets in try write("x", "\(assets)/two\nlines.md") }
        #expect(findings.files.isEmpty)
        #expect(findings.leftOut.first?.reason.contains("control character") == true)
    }
}
