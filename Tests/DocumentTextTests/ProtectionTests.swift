import Testing

@testable import DocumentText

@Suite struct ProtectionTests {
    @Test func leavesOutAPDFThatIsOnlyTheCoverOfAProtectedOne() async throws {
        let cover = PDFFixture.bytes(
            pages: [["This document is protected. Open it in a reader that supports sensitivity labels."]],
            catalog:
                "/Names << /EmbeddedFiles << /Names [(d) << /Type /Filespec /F (d) /AFRelationship /EncryptedPayload "
                + "/EP << /Type /EncryptedPayload /Subtype /MicrosoftIRMServices /Version (1) >> >>] >> >>"
        )
        let failure = try await extractionFailure(cover, named: "a.pdf")
        #expect(failure?.code == .invalidFile)
        #expect(failure?.message.hasPrefix("The file is protected by a sensitivity label (Microsoft Purview)") == true)
        let open = PDFFixture.bytes(pages: [["Labels of Microsoft Purview protect documents."]])
        #expect(try await extract(open, named: "a.pdf").blocks.count == 1)
    }

    @Test(arguments: ["a.docx", "a.xlsx", "a.pptx"])
    func namesTheLabelOfAnOfficeDocument(name: String) async throws {
        let names = ["Root Entry", "\u{6}DataSpaces", "DataSpaceMap", "DRMEncryptedDataSpace", "EncryptedPackage"]
        let failure = try await extractionFailure(CompoundFixture.bytes(names), named: name)
        #expect(failure?.code == .invalidFile)
        #expect(failure?.message.hasPrefix("The file is protected by a sensitivity label") == true)
    }

    @Test func tellsAPasswordFromALabel() async throws {
        let names = ["Root Entry", "\u{6}DataSpaces", "StrongEncryptionDataSpace", "EncryptedPackage"]
        #expect(
            try await extractionFailure(CompoundFixture.bytes(names), named: "a.docx")
                == .invalid("The file is protected with a password: save it without one.")
        )
    }

    @Test func followsTheChainOfTheDirectory() throws {
        let names = (0..<40).map { "Stream \($0)" }
        #expect(try #require(CompoundFile(CompoundFixture.bytes(names))).names == Set(names))
        // A chain that never ends is followed for a while only.
        var endless = CompoundFixture.bytes(names)
        endless.replaceSubrange(516..<520, with: [1, 0, 0, 0])
        #expect(CompoundFile(endless) != nil)
    }
}

/// Writes the containers of Office 97–2003, with a directory and nothing else in them.
enum CompoundFixture {
    static func bytes(_ names: [String]) -> [UInt8] {
        func little(_ value: UInt32, _ count: Int = 4) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt32($0 * 8)) }
        }
        let sectors = (names.count + 3) / 4
        var header: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 504)
        header.replaceSubrange(24..<34, with: [0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0])
        header.replaceSubrange(44..<52, with: little(1) + little(1))
        header.replaceSubrange(76..<512, with: little(0) + [UInt8](repeating: 0xFF, count: 432))
        var table: [UInt8] = little(0xFFFF_FFFD)
        for sector in 1...sectors { table += little(sector < sectors ? UInt32(sector + 1) : 0xFFFF_FFFE) }
        table += [UInt8](repeating: 0xFF, count: 512 - table.count)
        var directory: [UInt8] = []
        for name in names {
            let units = name.utf16.flatMap { little(UInt32($0), 2) }
            directory += units + [UInt8](repeating: 0, count: 64 - units.count) + little(UInt32(units.count + 2), 2)
            directory += [UInt8](repeating: 0, count: 62)
        }
        directory += [UInt8](repeating: 0, count: sectors * 512 - directory.count)
        return header + table + directory
    }
}
