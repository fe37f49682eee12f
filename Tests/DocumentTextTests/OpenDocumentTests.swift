import TestSupport
import Testing

@testable import DocumentText

/// What is hidden in a text document, which LibreOffice converts.
@Suite(.enabled(if: OptionalProgram.installed.contains(.writer), "LibreOffice's writer is not installed"))
struct OpenDocumentTests {
    private static let manifest = """
        <?xml version="1.0" encoding="UTF-8"?>
        <manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">\
        <manifest:file-entry manifest:full-path="/" \
        manifest:media-type="application/vnd.oasis.opendocument.text"/>\
        <manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>
        """

    private func document(_ body: String) async throws -> ExtractedDocument {
        var zip = ZipFixture()
        zip.add("mimetype", "application/vnd.oasis.opendocument.text")
        zip.add("META-INF/manifest.xml", Self.manifest)
        zip.add(
            "content.xml",
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" \
            xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>\
            <office:text>\(body)</office:text></office:body></office:document-content>
            """
        )
        return try await extract(zip.bytes, named: "a.odt")
    }

    @Test func leavesOutHiddenSectionsAndParagraphs() async throws {
        let read = try await document(
            """
            <text:section text:name="a" text:display="none"><text:p>The bonus is 6 percent.</text:p>\
            <text:section text:name="b"><text:p>It is 7 percent.</text:p></text:section>\
            <text:p>It is 8 percent.</text:p></text:section>\
            <text:section text:name="c"><text:p>The bonus is 9 percent.</text:p></text:section>\
            <text:p>It is <text:hidden-paragraph text:condition="ooow:1==1" text:is-hidden="true"/>5 percent.</text:p>\
            <text:p>Managers get 12 percent.</text:p>
            """
        )
        #expect(read.blocks == [.paragraph("The bonus is 9 percent."), .paragraph("Managers get 12 percent.")])
        #expect(read.warnings == ["Text that is hidden or struck out was left out."])
    }

    @Test func keepsASectionThatIsShown() async throws {
        let read = try await document(
            #"<text:section text:name="a" text:display="true"><text:p>The bonus is 9 percent.</text:p></text:section>"#
        )
        #expect(read.blocks == [.paragraph("The bonus is 9 percent.")])
        #expect(read.warnings.isEmpty)
    }
}
