import DocumentText
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
        #expect(findings.ignored.map(\.path) == [".git", ".hidden.md"])
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

    @Test func ignoresWhatPolicyignoreNames() async throws {
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

    @Test func takesNamesThatLookAlikeAsTwoFiles() async throws {
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

    /// Files of Windows, macOS, storage devices, office programs and browsers are no documents.
    @Test(arguments: [
        "Thumbs.db", "desktop.ini", "~WRL0001.tmp", "~$leave.docx", ".DS_Store", "._leave.md", "leave.pdf.crdownload",
        "leave.docx.part", "leave.md~", "Icon\r", "@eaDir/leave.md@SynoEAStream", "__MACOSX/leave.md",
        "$RECYCLE.BIN/S-1/leave.md", "System Volume Information/tracking.log", ".~lock.leave.docx#",
    ])
    func skipsFilesThatSystemsCreateForThemselves(_ path: String) async throws {
        let findings = try await scan { assets in
            try write("x", "\(assets)/\(path)")
            try write("x", "\(assets)/leave.md")
        }
        #expect(findings.files.map(\.path) == ["leave.md"])
        #expect(findings.leftOut.isEmpty && findings.ignored.isEmpty)
    }

    @Test(arguments: [
        "\u{FEFF}drafts/\n".data(using: .utf8), "drafts/\r\n".data(using: .utf8), "drafts/\r".data(using: .utf8),
        Data([0xFF, 0xFE]) + ("drafts/\r\n".data(using: .utf16LittleEndian) ?? Data()),
        Data([0xFE, 0xFF]) + ("drafts/\r\n".data(using: .utf16BigEndian) ?? Data()),
    ])
    func readsPolicyignoreInEveryEncodingThatSaysWhichItIs(_ text: Data?) async throws {
        let text = try #require(text)
        let findings = try await scan { assets in
            try write("x", "\(assets)/drafts/plan.md")
            #expect(FileManager.default.createFile(atPath: "\(assets)/.policyignore", contents: text))
        }
        #expect(findings.files.isEmpty)
        #expect(findings.ignored.map(\.reason) == ["line 1 of .policyignore"])
    }

    /// Without these checks, files that are to be ignored would become documents.
    @Test(arguments: [
        Data("Entw\u{FC}rfe/\n".unicodeScalars.map { UInt8($0.value) }), "drafts/\n".data(using: .utf16LittleEndian),
        Data([0xFF, 0xFE, 0, 0]) + ("drafts/\n".data(using: .utf32LittleEndian) ?? Data()),
        Data([0xFF, 0xFE, 0x64]), Data(count: 2 << 20),
    ])
    func refusesAPolicyignoreThatItCannotRead(_ text: Data?) async throws {
        let text = try #require(text)
        await #expect {
            _ = try await scan { assets in
                try write("x", "\(assets)/hr/plan.md")
                #expect(FileManager.default.createFile(atPath: "\(assets)/hr/.policyignore", contents: text))
            }
        } throws: { error in
            (error as? PolicyAssistantError)?.code == .fileUnreadable && "\(error)".contains("“hr/.policyignore”")
        }
    }

    @Test(arguments: ["folder", "nothing.md", "../outside"])
    func refusesAPolicyignoreThatIsNoFileOfTheFolder(_ target: String) async throws {
        await #expect(throws: PolicyAssistantError.self) {
            _ = try await scan { assets in
                try write("plan.md\n", "\(assets)/../outside")
                try write("x", "\(assets)/folder/plan.md")
                try FileManager.default.createSymbolicLink(
                    atPath: "\(assets)/.policyignore",
                    withDestinationPath: target
                )
            }
        }
    }

    @Test func followsAPolicyignoreWithinTheFolder() async throws {
        let findings = try await scan { assets in
            try write("plan.md\n", "\(assets)/..data/rules")
            try write("x", "\(assets)/plan.md")
            try FileManager.default.createSymbolicLink(
                atPath: "\(assets)/.policyignore",
                withDestinationPath: "..data/rules"
            )
        }
        #expect(findings.files.isEmpty)
    }

    @Test(arguments: [".PolicyIgnore", ".policyignore.txt", "policyignore", "PolicyIgnore.txt"])
    func namesAPolicyignoreOfAnotherName(_ name: String) async throws {
        let findings = try await scan { assets in try write("plan.md\n", "\(assets)/hr/\(name)") }
        #expect(findings.leftOut.map(\.path) == ["hr/\(name)"])
        #expect(findings.leftOut.first?.reason.contains("rename it to .policyignore") == true)
    }

    /// A file or folder that is replaced by a link after the scan is not followed.
    @Test func opensNothingThatWasReplacedByALink() async throws {
        try await withTemporaryFolder { folder in
            let assets = "\(folder)/assets"
            try write("secret", "\(folder)/outside/leave.md")
            try write("public", "\(assets)/leave.md")
            try write("public", "\(assets)/hr/leave.md")
            try write("public", "\(assets)/kept.md")
            let scanner = try AssetScanner(root: assets)
            let files = try scanner.scan().files
            try #require(files.map(\.path) == ["hr/leave.md", "kept.md", "leave.md"])
            for (path, target) in [("leave.md", "../outside/leave.md"), ("hr", "../outside")] {
                try FileManager.default.removeItem(atPath: "\(assets)/\(path)")
                try FileManager.default.createSymbolicLink(atPath: "\(assets)/\(path)", withDestinationPath: target)
            }
            for file in files where file.path != "kept.md" {
                #expect(throws: PolicyAssistantError.self) { try scanner.folder.open(file) }
            }
            #expect(try scanner.folder.open(files[1]).sha256() == ContentHash.of("public"))
        }
    }

    /// An upload and its hash are of one file, whatever takes its place.
    @Test func anOpenFileStaysTheOneThatWasOpened() async throws {
        try await withTemporaryFolder { folder in
            try write("first", "\(folder)/leave.md")
            let scanner = try AssetScanner(root: folder)
            let file = try scanner.folder.open(try #require(scanner.scan().files.first))
            try "second".write(toFile: "\(folder)/leave.md", atomically: true, encoding: .utf8)
            #expect(try file.sha256() == ContentHash.of("first"))
            #expect(try file.bytes(upTo: 99) == Array("first".utf8))
        }
    }

    @Test func aFolderThatIsALinkStaysTheOneThatWasOpened() async throws {
        try await withTemporaryFolder { folder in
            try write("one", "\(folder)/one/leave.md")
            try write("two", "\(folder)/two/leave.md")
            let files = FileManager.default
            try files.createSymbolicLink(atPath: "\(folder)/current", withDestinationPath: "one")
            let scanner = try AssetScanner(root: "\(folder)/current")
            try files.removeItem(atPath: "\(folder)/current")
            try files.createSymbolicLink(atPath: "\(folder)/current", withDestinationPath: "two")
            let file = try #require(try scanner.scan().files.first)
            #expect(try scanner.folder.open(file).sha256() == ContentHash.of("one"))
        }
    }

    @Test func aFileThatAProgramIsWritingIsNotTaken() async throws {
        try await withTemporaryFolder { folder in
            try write("half", "\(folder)/leave.md")
            let scanner = try AssetScanner(root: folder)
            let file = try #require(try scanner.scan().files.first)
            let writer = try FileHandle(forWritingTo: URL(filePath: "\(folder)/leave.md"))
            let error = #expect(throws: PolicyAssistantError.self) { try scanner.folder.open(file) }
            #expect(error?.message == OpenFile.beingWritten)
            try writer.close()
            #expect(try scanner.folder.open(file).sha256() == ContentHash.of("half"))
        }
    }

    @Test func aFileThatIsHeldOpenAndNotWrittenIsTakenAfterAWhile() async throws {
        try await withTemporaryFolder { folder in
            try write("whole", "\(folder)/leave.md")
            let scanner = try AssetScanner(root: folder)
            let file = try #require(try scanner.scan().files.first)
            let holder = try FileHandle(forWritingTo: URL(filePath: "\(folder)/leave.md"))
            let then = Date.now.addingTimeInterval(-120)
            try FileManager.default.setAttributes([.modificationDate: then], ofItemAtPath: "\(folder)/leave.md")
            #expect(try scanner.folder.open(file).sha256() == ContentHash.of("whole"))
            try holder.close()
        }
    }

    @Test func takesMoreTypesWhereTheEmbeddedEngineReads() async throws {
        try await withTemporaryFolder { folder in
            for name in ["a.xlsx", "b.csv", "c.htm", "d.eml", "e.md", "f.docm"] { try write("x", "\(folder)/\(name)") }
            let embedded = try AssetScanner(root: folder, readBy: .embedded).scan()
            #expect(embedded.files.map(\.path) == ["a.xlsx", "b.csv", "c.htm", "d.eml", "e.md", "f.docm"])
            #expect(try AssetScanner(root: folder).scan().files.map(\.path) == ["e.md"])
        }
    }

    @Test func leavesOutWhatAMissingProgramWouldReadAndNamesItsPackage() async throws {
        try await withTemporaryFolder { folder in
            for name in ["a.doc", "b.odt", "c.xls", "d.ppt", "e.msg"] { try write("x", "\(folder)/\(name)") }
            let without = try AssetScanner(root: folder, readBy: .embedded, programs: [.writer]).scan()
            #expect(without.files.map(\.path) == ["a.doc", "b.odt"])
            #expect(
                without.leftOut == [
                    LeftOutDocument(
                        path: "c.xls",
                        reason: "LibreOffice Calc, which reads .xls files, is not installed: install the package "
                            + "libreoffice-calc-nogui, or save it as .xlsx"
                    ),
                    LeftOutDocument(
                        path: "d.ppt",
                        reason: "LibreOffice Impress, which reads .ppt files, is not installed: install the package "
                            + "libreoffice-impress-nogui, or save it as .pptx"
                    ),
                    LeftOutDocument(
                        path: "e.msg",
                        reason: ".msg files, Outlook's own, are not supported; save the message as .eml or .pdf"
                    ),
                ]
            )
            let remote = try AssetScanner(root: folder, programs: []).scan()
            #expect(remote.files.map(\.path) == ["a.doc"], "OpenAI reads .doc by itself")
        }
    }
}
