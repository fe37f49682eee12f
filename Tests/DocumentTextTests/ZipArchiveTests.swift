import Foundation
import TestSupport
import Testing

@testable import DocumentText

@Suite struct ZipArchiveTests {
    private static let whole = "The file is damaged: it is not a whole Office document."
    private static let text = "<w:document><w:p><w:r><w:t>text</w:t></w:r></w:p></w:document>"

    private static func archive(_ add: (inout ZipFixture) -> Void) -> [UInt8] {
        var zip = ZipFixture()
        add(&zip)
        return zip.bytes
    }

    @Test func asksForADocumentWithoutAPassword() async throws {
        let file = Self.archive { $0.addEncrypted("word/document.xml", Self.text) }
        #expect(
            try await extractionFailure(file, named: "a.docx")
                == .invalid("The file is protected with a password: save it without one.")
        )
    }

    @Test func saysThatAMemberIsDamaged() async throws {
        let file = Self.archive { $0.addDamaged("word/document.xml", Self.text) }
        #expect(try await extractionFailure(file, named: "a.docx") == .invalid(Self.whole))
    }

    @Test func saysThatTheArchiveIsCutOff() async throws {
        let file = Self.archive { $0.add("word/document.xml", Self.text) }
        for count in stride(from: 0, to: file.count, by: 7) {
            #expect(try await extractionFailure(file.prefix(count), named: "a.docx") == .invalid(Self.whole))
        }
    }

    @Test(arguments: [1 << 10, nil, 1 << 31])
    func countsWhatAMemberHasAndNotWhatItClaims(claim: Int?) async throws {
        let file = Self.archive { $0.addBomb("word/document.xml", megabytes: 8, claim: claim) }
        let failure = try await extractionFailure(file, named: "a.docx", limits: ExtractionLimits(textBytes: 1 << 20))
        #expect(failure == .invalid("The file holds more than 1 MB of text."))
    }

    @Test func countsWhatAllMembersHaveTogether() async throws {
        let file = Self.archive { zip in
            for number in 1...3 { zip.add("ppt/slides/slide\(number).xml", String(repeating: " ", count: 500_000)) }
        }
        let failure = try await extractionFailure(
            file,
            named: "a.pptx",
            limits: ExtractionLimits(archiveBytes: 1 << 20)
        )
        #expect(failure == .invalid("The file holds more than 1 MB of text."))
    }

    @Test func rejectsAnArchiveOfTooManyMembers() async throws {
        let file = Self.archive { zip in
            zip.add("word/document.xml", Self.text)
            for number in 1...3 { zip.add("\(number)", "") }
        }
        let failure = try await extractionFailure(file, named: "a.docx", limits: ExtractionLimits(archiveMembers: 3))
        #expect(failure == .invalid("The file is an archive of more than 3 parts."))
        #expect(try await extractionFailure(file, named: "a.docx", limits: ExtractionLimits(archiveMembers: 4)) == nil)
    }

    @Test func readsNamesAsWindowsHasThem() async throws {
        let file = Self.archive { $0.add("word\\document.xml", Self.text) }
        #expect(try await extract(file, named: "a.docx").blocks == [.paragraph("text")])
    }

    @Test(arguments: ["../../../../../../../etc/passwd", "/etc/passwd", "..\\..\\passwd", "*", "-x", ""])
    func readsMembersOnlyWhateverTheirNamesAre(name: String) async throws {
        let file = Self.archive { zip in
            zip.add(
                "_rels/.rels",
                "<Relationships><Relationship Id='1' Type='officeDocument' Target='/\(name)'/></Relationships>"
            )
            zip.add(name, Self.text)
        }
        let failure = try await extractionFailure(file, named: "a.docx")
        #expect(failure == nil || failure == .invalid("The file is not a Word document."))
        let missing = Self.archive { zip in
            zip.add(
                "_rels/.rels",
                "<Relationships><Relationship Id='1' Type='officeDocument' Target='/\(name)'/></Relationships>"
            )
        }
        #expect(try await extractionFailure(missing, named: "a.docx") == .invalid("The file is not a Word document."))
    }

    @Test func copiesAnArchiveWithAnotherMember() throws {
        let folder = WorkingFolder()
        defer { folder.remove() }
        let bytes = Self.archive { zip in
            zip.add("mimetype", "application/zip")
            zip.add("content.xml", Self.text)
            zip.add("Pictures/1.png", "picture")
        }
        let path = try folder.write(bytes, named: "a.odt")
        let link = try folder.path() + "/link.odt"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
        let copy = try folder.path() + "/b.odt"
        let content = Array("<other/>".utf8)
        try ZipArchive(path: link, limits: ExtractionLimits())
            .copy(to: copy, replacing: "content.xml", with: content)

        let archive = try ZipArchive(path: copy, limits: ExtractionLimits())
        #expect(archive.names(from: "", to: "") == ["mimetype", "content.xml", "Pictures/1.png"])
        #expect(try archive.member("content.xml") == content)
        #expect(try archive.member("Pictures/1.png") == Array("picture".utf8))
        #expect(try [UInt8](Data(contentsOf: URL(filePath: path))) == bytes)
    }
}
