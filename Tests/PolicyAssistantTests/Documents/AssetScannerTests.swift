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
}
