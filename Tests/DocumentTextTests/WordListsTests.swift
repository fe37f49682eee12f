import TestSupport
import Testing

@testable import DocumentText

/// The levels and the numbers of a Word document's lists.
@Suite struct WordListsTests {
    private static func paragraph(_ text: String, _ properties: String) -> String {
        "<w:p><w:pPr>\(properties)</w:pPr><w:r><w:t>\(text)</w:t></w:r></w:p>"
    }

    private static func item(_ text: String, _ list: Int, _ level: Int = 0) -> String {
        paragraph(text, "<w:numPr><w:ilvl w:val=\"\(level)\"/><w:numId w:val=\"\(list)\"/></w:numPr>")
    }

    private static func level(_ level: Int, _ format: String, _ text: String, _ properties: String = "") -> String {
        """
        <w:lvl w:ilvl="\(level)"><w:start w:val="1"/><w:numFmt w:val="\(format)"/>\(properties)<w:lvlText w:val="\(text)"/></w:lvl>
        """
    }

    private static func definition(_ id: Int, _ content: String...) -> String {
        "<w:abstractNum w:abstractNumId=\"\(id)\">\(content.joined())</w:abstractNum>"
    }

    private static func list(_ id: Int, _ definition: Int, _ overrides: String = "") -> String {
        "<w:num w:numId=\"\(id)\"><w:abstractNumId w:val=\"\(definition)\"/>\(overrides)</w:num>"
    }

    private func texts(_ body: String..., numbering: String = "") async throws -> [String] {
        var zip = ZipFixture()
        zip.add("word/document.xml", "<w:document><w:body>\(body.joined())</w:body></w:document>")
        let target = "Type=\"http://example.org/numbering\" Target=\"numbering.xml\""
        zip.add("word/_rels/document.xml.rels", "<Relationships><Relationship Id=\"r1\" \(target)/></Relationships>")
        zip.add("word/numbering.xml", "<w:numbering>\(numbering)</w:numbering>")
        return try await extract(zip.bytes, named: "a.docx").blocks.map(\.text)
    }

    @Test func theStylesOfListsTellTheirDepths() async throws {
        func item(_ text: String, _ style: String) -> String {
            Self.paragraph(text, "<w:pStyle w:val=\"\(style)\"/>")
        }
        #expect(
            try await texts(
                item("Wedding", "ListBullet"),
                item("own: 2 days", "ListBullet2"),
                item("Death", "ListNumber"),
                item("of a parent: 3 days", "ListNumber2")
            ) == ["Wedding", "Wedding: own: 2 days", "Death", "Death: of a parent: 3 days"]
        )
    }

    @Test func anItemBelongsToTheNumberedOneAboveIt() async throws {
        let numbering =
            Self.definition(
                0,
                Self.level(0, "upperRoman", "Article %1."),
                Self.level(1, "decimal", "%1.%2", "<w:isLgl/>"),
                Self.level(2, "lowerRoman", "(%3)")
            ) + Self.list(1, 0)
        #expect(
            try await texts(
                Self.item("Absence", 1),
                Self.item("A certificate is needed:", 1, 1),
                Self.item("from the third day on,", 1, 2),
                Self.item("Grounds are", 1, 1),
                Self.item("illness,", 1, 2),
                Self.item("care.", 1, 2),
                numbering: numbering
            ) == [
                "Article I. Absence", "1.1 A certificate is needed:", "A certificate is needed: from the third day on,",
                "1.2 Grounds are", "Grounds are: illness,", "Grounds are: care.",
            ]
        )
    }

    @Test func levelsOfTheirOwnLinkedOnesAndCountsThatGoOn() async throws {
        let numbering =
            Self.definition(0, "<w:numStyleLink w:val=\"Clauses\"/>")
            + Self.definition(1, "<w:styleLink w:val=\"Clauses\"/>", Self.level(0, "decimal", "§ %1"))
            + Self.definition(
                2,
                Self.level(0, "decimal", "Step %1"),
                Self.level(1, "decimal", "No. %2", "<w:lvlRestart w:val=\"0\"/>")
            ) + Self.definition(3, Self.level(0, "lowerLetter", "%1)")) + Self.list(1, 0) + Self.list(2, 2)
            + Self.list(
                3,
                3,
                "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"4\"/>\(Self.level(0, "upperLetter", "Class %1"))</w:lvlOverride>"
            )
        #expect(
            try await texts(
                Self.item("Scope", 1),
                Self.item("Term", 1),
                Self.item("Verbal", 2),
                Self.item("3 months", 2, 1),
                Self.item("Written", 2),
                Self.item("6 months", 2, 1),
                Self.item("90 euros", 3),
                numbering: numbering
            ) == [
                "§ 1 Scope", "§ 2 Term", "Step 1 Verbal", "No. 1 3 months", "Step 2 Written", "No. 2 6 months",
                "Class D 90 euros",
            ]
        )
    }
}
