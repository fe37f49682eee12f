import Foundation
import TestSupport
import Testing

@testable import DocumentText

@Suite struct OlderOfficeTests {
    @Test func namesThePackageOfAProgramThatIsMissing() async throws {
        let converter = OfficeConverter(limits: .standard, program: .calc, isInstalled: false)
        await #expect(
            throws: ExtractionError.server(
                "LibreOffice Calc, which reads .ods files, is not installed: install the package libreoffice-calc-nogui."
            )
        ) {
            try await converter.convert(fileAt: "/nowhere", fileExtension: "ods", in: WorkingFolder())
        }
    }

    @Test(arguments: [
        ("a.doc", "<html><body><p>Lunch costs 6 euros.</body></html>"),
        ("a.doc", "Lunch costs 6 euros.\r\n"),
        (
            "a.doc",
            "Date: Mon\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n"
                + "<p>Lunch costs 6 euros.\n--b--"
        ),
    ])
    func readsWhatHasTheNameOfAnOlderFormatOnly(name: String, content: String) async throws {
        #expect(try await extract(content.utf8, named: name).blocks == [.paragraph("Lunch costs 6 euros.")])
    }

    @Test func readsASheetThatIsAWebPageOrText() async throws {
        let row = ExtractedDocument.Block.tableRow("City: Graz; Limit: 95")
        let page = "<table><tr><th>City<th>Limit<tr><td>Graz<td>95</table>"
        #expect(try await extract(page.utf8, named: "a.xls").blocks == [row])
        #expect(try await extract("City\tLimit\nGraz\t95\n".utf8, named: "a.xls").blocks == [row])
    }

    @Test func readsADocumentOfThePresentFormatUnderAnOlderName() async throws {
        var zip = ZipFixture()
        zip.add("word/document.xml", "<w:document><w:body><w:p><w:r><w:t>Text.</w:t></w:r></w:p></w:body></w:document>")
        #expect(try await extract(zip.bytes, named: "a.doc").blocks == [.paragraph("Text.")])
    }

    @Test func namesTheProtectionOfAnOlderDocument() async throws {
        let sealed = CompoundFixture.bytes(["Root Entry", "WordDocument", "\u{9}DRMContent"])
        let failure = try await extractionFailure(sealed, named: "a.doc")
        #expect(failure?.message.hasPrefix("The file is protected by a sensitivity label") == true)
    }
}

/// What LibreOffice converts, where it is installed.
@Suite(
    .enabled(
        if: OptionalProgram.installed.isSuperset(of: [.writer, .calc, .impress]),
        "LibreOffice's writer, calc and impress are not all installed"
    )
)
struct LibreOfficeTests {
    /// A document that LibreOffice itself has saved in an older format.
    private func older(_ bytes: [UInt8], _ present: String, as fileExtension: String) async throws -> [UInt8] {
        let folder = WorkingFolder()
        defer { folder.remove() }
        let source = try folder.write(bytes, named: "a.\(present)")
        let place = try folder.path()
        _ = try await HelperProgram.soffice.run(
            [
                "-env:UserInstallation=file://\(place)/profile", "--headless", "--convert-to", fileExtension,
                "--outdir",
                "\(place)/out", source,
            ],
            within: .standard,
            writingIn: folder
        )
        return try FileBytes.first(32 << 20, at: "\(place)/out/a.\(fileExtension)")
    }

    @Test(arguments: ["doc", "rtf", "odt", "dot", "ott"])
    func readsTexts(fileExtension: String) async throws {
        let rtf = """
            {\\rtf1\\ansi{\\stylesheet{\\s1\\outlinelevel0 heading 1;}}{\\pard\\s1\\outlinelevel0\\b Canteen\\par}
            {\\pard Guests pay 7.90 euros. {\\strike Nobody pays. }All others 5.10.\\par}
            \\trowd\\trhdr\\cellx2000\\cellx4000{\\b Day}\\intbl\\cell{\\b Dish}\\intbl\\cell\\row
            \\trowd\\cellx2000\\cellx4000 Monday\\intbl\\cell Rice\\intbl\\cell\\row\\pard\\par}
            """
        let bytes =
            fileExtension == "rtf" ? Array(rtf.utf8) : try await older(Array(rtf.utf8), "rtf", as: fileExtension)
        #expect(
            try await extract(bytes, named: "a.\(fileExtension)").blocks == [
                .heading(level: 1, text: "Canteen"), .paragraph("Guests pay 7.90 euros. All others 5.10."),
                .tableRow("Day: Monday; Dish: Rice"),
            ]
        )
    }

    @Test(arguments: ["xls", "ods", "xlt", "ots"])
    func readsSheets(fileExtension: String) async throws {
        let bytes = try await older(
            Array("City,Limit,Meals\nGraz,95,31\nLille,125,44\n".utf8),
            "csv",
            as: fileExtension
        )
        let blocks = try await extract(bytes, named: "a.\(fileExtension)").blocks
        #expect(
            blocks.suffix(2) == [
                .tableRow("City: Graz; Limit: 95; Meals: 31"), .tableRow("City: Lille; Limit: 125; Meals: 44"),
            ]
        )
    }

    @Test(arguments: ["ppt", "odp", "pps", "pot", "otp"])
    func readsSlides(fileExtension: String) async throws {
        let slides = try await older(Self.slides, "fodp", as: fileExtension)
        let texts = try await extract(slides, named: "a.\(fileExtension)").blocks.map(\.text)
        #expect(texts == ["Bonus", "The target bonus is 9 percent."])
    }

    private static let slides = Array(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" \
        xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" \
        xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" \
        xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" \
        xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0" office:version="1.2" \
        office:mimetype="application/vnd.oasis.opendocument.presentation"><office:body><office:presentation>\
        <draw:page draw:name="page1"><draw:frame presentation:class="title" svg:width="20cm" svg:height="3cm" svg:x="1cm" \
        svg:y="1cm"><draw:text-box><text:p>Bonus</text:p></draw:text-box></draw:frame>\
        <draw:frame presentation:class="outline" svg:width="20cm" svg:height="9cm" svg:x="1cm" svg:y="5cm"><draw:text-box>\
        <text:p>The target bonus is 9 percent.</text:p></draw:text-box></draw:frame></draw:page>\
        </office:presentation></office:body></office:document>
        """.utf8
    )

    @Test func saysThatADocumentIsDamaged() async throws {
        let damaged = CompoundFixture.bytes(["Root Entry", "WordDocument"])
        #expect(
            try await extractionFailure(damaged, named: "a.doc")
                == .invalid("LibreOffice cannot read the file: it is damaged, or protected with a password.")
        )
    }
}
