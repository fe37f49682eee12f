import TestSupport
import Testing

@testable import DocumentText

@Suite struct WordTableTests {
    private static func cell(_ text: String, isBold: Bool = false, holding inner: String = "") -> String {
        let look = isBold ? "<w:rPr><w:b/></w:rPr>" : ""
        return "<w:tc>\(inner)<w:p><w:r>\(look)<w:t>\(text)</w:t></w:r></w:p></w:tc>"
    }

    private static func row(_ cells: String...) -> String { "<w:tr>\(cells.joined())</w:tr>" }

    private static func table(_ rows: String...) -> String { "<w:tbl>\(rows.joined())</w:tbl>" }

    private static func paragraph(_ text: String) -> String { "<w:p><w:r><w:t>\(text)</w:t></w:r></w:p>" }

    private func lines(_ body: String) async throws -> [String] {
        var zip = ZipFixture()
        zip.add("word/document.xml", "<w:document><w:body>\(body)</w:body></w:document>")
        return try await extract(zip.bytes, named: "a.docx").blocks.map(\.text)
    }

    private static let huts = table(
        row(cell("Hut", isBold: true), cell("Beds", isBold: true)),
        row(cell("Larch"), cell("12"))
    )
    private static let ferries = table(
        row(cell("Ferry", isBold: true), cell("Cabins", isBold: true)),
        row(cell("Gull"), cell("40"))
    )

    @Test func readsTablesThatATableArranges() async throws {
        let body = Self.table(
            Self.row(
                Self.cell("", holding: Self.paragraph("Our huts.") + Self.huts),
                Self.cell("", holding: Self.paragraph("Our ferries.") + Self.ferries)
            )
        )
        #expect(
            try await lines(body) == ["Our huts.", "Hut: Larch; Beds: 12", "Our ferries.", "Ferry: Gull; Cabins: 40"]
        )
    }

    @Test func labelsATableWithinARow() async throws {
        let body = Self.table(
            Self.row(Self.cell("Place", isBold: true), Self.cell("What is there", isBold: true)),
            Self.row(Self.cell("Alm"), Self.cell("Two huts", holding: Self.huts)),
            Self.row(Self.cell("Tal"), Self.cell("A ferry", holding: Self.ferries))
        )
        #expect(
            try await lines(body) == [
                "Place: Alm; What is there: Two huts", "Place: Tal; What is there: A ferry",
                "Alm; Hut: Larch; Beds: 12", "Tal; Ferry: Gull; Cabins: 40",
            ]
        )
    }

    @Test func leavesOutATableWithinAHiddenRow() async throws {
        let hidden = "<w:tr><w:trPr><w:hidden/></w:trPr>\(Self.cell("Old"))\(Self.cell("x", holding: Self.huts))</w:tr>"
        let body = Self.table(
            Self.row(Self.cell("Place"), Self.cell("Note")),
            hidden,
            Self.row(Self.cell("Tal"), Self.cell("open"))
        )
        #expect(try await lines(body).joined().contains("Larch") == false)
    }

    @Test func readsTheLabelsOfAFormWithTheirValues() async throws {
        let body = Self.table(
            Self.row(
                Self.cell("Hut", isBold: true),
                Self.cell("Larch"),
                Self.cell("Beds", isBold: true),
                Self.cell("12")
            ),
            Self.row(
                Self.cell("Warden", isBold: true),
                Self.cell("Ida"),
                Self.cell("Fee", isBold: true),
                Self.cell("30")
            )
        )
        #expect(try await lines(body) == ["Hut: Larch", "Beds: 12", "Warden: Ida", "Fee: 30"])
    }

    @Test func survivesTablesWithinEachOther() async throws {
        let depth = 3_000
        let body =
            String(repeating: "<w:tbl><w:tr><w:tc>", count: depth) + Self.paragraph("Deep.")
            + String(repeating: "</w:tc></w:tr></w:tbl>", count: depth)
        #expect(try await lines(body) == ["Deep."])
    }

    /// Word shows two tables with nothing between them as one.
    @Test func aTableDirectlyBelowAnotherGoesOnWithIt() async throws {
        func table(_ rows: String...) -> String {
            let grid = "<w:tblGrid><w:gridCol w:w=\"900\"/><w:gridCol w:w=\"800\"/></w:tblGrid>"
            return "<w:tbl>\(grid)\(rows.joined())</w:tbl>"
        }
        let header = Self.row(Self.cell("Site", isBold: true), Self.cell("Hotel", isBold: true))
        let first = table(header, Self.row(Self.cell("Rome"), Self.cell("140")))
        let second = table(Self.row(Self.cell("Oslo"), Self.cell("160")), Self.row(Self.cell("Riga"), Self.cell("90")))
        #expect(
            try await lines(first + second) == [
                "Site: Rome; Hotel: 140", "Site: Oslo; Hotel: 160", "Site: Riga; Hotel: 90",
            ]
        )
        #expect(
            try await lines(first + "<w:p/>" + second) == ["Site: Rome; Hotel: 140", "Oslo: 160", "Riga: 90"]
        )
        let other = table(
            Self.row(Self.cell("Grade", isBold: true), Self.cell("Days", isBold: true)),
            Self.row(Self.cell("A"), Self.cell("25"))
        )
        #expect(try await lines(first + other) == ["Site: Rome; Hotel: 140", "Grade: A; Days: 25"])
    }

    @Test func readsSmallTablesAndBoxesThatATableArranges() async throws {
        let address = Self.table(Self.row(Self.cell("Send mail to:")), Self.row(Self.cell("Hut office, Alm")))
        let phone = Self.table(Self.row(Self.cell("Phone"), Self.cell("555 0100")))
        let box =
            "<w:p><w:r><w:pict><w:txbxContent>\(Self.paragraph("Open in May."))</w:txbxContent></w:pict></w:r></w:p>"
        let body = Self.table(
            Self.row(Self.cell("", holding: Self.huts)),
            Self.row(Self.cell("", holding: address + phone + box))
        )
        #expect(
            try await lines(body) == [
                "Hut: Larch; Beds: 12", "Send mail to:", "Hut office, Alm", "Phone 555 0100", "Open in May.",
            ]
        )
    }

    @Test func joinsCellsThatAreMergedWithTheOneBeforeThem() async throws {
        func merged(_ text: String, _ value: String) -> String {
            "<w:tc><w:tcPr><w:hMerge w:val=\"\(value)\"/></w:tcPr>\(Self.paragraph(text))</w:tc>"
        }
        let body = Self.table(
            Self.row(Self.cell("Plan"), merged("Staff", "restart"), merged("", "continue")),
            Self.row(Self.cell(""), Self.cell("single"), Self.cell("family")),
            Self.row(Self.cell("Basic"), Self.cell("20"), Self.cell("45")),
            Self.row(Self.cell("Plus"), Self.cell("35"), Self.cell("80"))
        )
        #expect(
            try await lines(body).last == "Plan: Plus; Staff single: 35; Staff family: 80"
        )
    }
}
