import TestSupport
import Testing

@testable import DocumentText

/// The order of the text on a slide, and what belongs together on it.
@Suite struct SlidesTests {
    private static func text(_ lines: [String]) -> String {
        lines.map { $0.first == "<" ? "<a:p>\($0)</a:p>" : "<a:p><a:r><a:t>\($0)</a:t></a:r></a:p>" }.joined()
    }

    private static func place(_ left: Int, _ top: Int, _ width: Int, _ height: Int) -> String {
        "<a:xfrm><a:off x=\"\(left)\" y=\"\(top)\"/><a:ext cx=\"\(width)\" cy=\"\(height)\"/></a:xfrm>"
    }

    private static func shape(_ lines: String..., at place: String = "", holding: String = "") -> String {
        "<p:sp><p:nvSpPr>\(holding)</p:nvSpPr><p:spPr>\(place)</p:spPr><p:txBody>\(text(lines))</p:txBody></p:sp>"
    }

    private static let title = "<p:nvPr><p:ph type=\"title\"/></p:nvPr>"

    private func document(_ shapes: String..., layout: String = "") async throws -> ExtractedDocument {
        var zip = ZipFixture()
        zip.add("ppt/presentation.xml", "<p:presentation><p:sldSz cx=\"1000\" cy=\"1000\"/></p:presentation>")
        zip.add("ppt/slides/slide1.xml", "<p:sld><p:cSld><p:spTree>\(shapes.joined())</p:spTree></p:cSld></p:sld>")
        if !layout.isEmpty {
            let target = "Type=\"http://example.org/slideLayout\" Target=\"../slideLayouts/slideLayout1.xml\""
            zip.add(
                "ppt/slides/_rels/slide1.xml.rels",
                "<Relationships><Relationship Id=\"r1\" \(target)/></Relationships>"
            )
            zip.add("ppt/slideLayouts/slideLayout1.xml", "<p:sldLayout>\(layout)</p:sldLayout>")
        }
        return try await extract(zip.bytes, named: "a.pptx")
    }

    @Test func theTitleIsFirstAndTheRestInTheOrderOfItsPlaces() async throws {
        let slide = try await document(
            Self.shape("3. HR signs", at: Self.place(100, 600, 300, 50)),
            Self.shape("1. Fill in the form", at: Self.place(100, 200, 300, 50)),
            Self.shape("Right.", at: Self.place(600, 400, 300, 50)),
            Self.shape("2. Team lead signs", at: Self.place(100, 400, 300, 50)),
            Self.shape("Beside the slide", at: Self.place(1200, 400, 300, 50)),
            Self.shape("Approval", at: Self.place(100, 900, 300, 50), holding: Self.title)
        )
        #expect(
            slide.blocks == [
                .heading(level: 2, text: "Approval"), .listItem("1. Fill in the form"), .listItem("2. Team lead signs"),
                .listItem("Right."), .listItem("3. HR signs"),
            ]
        )
        #expect(slide.warnings == ["Text beside a slide was left out."])
    }

    @Test func namesAboveOtherShapesAreTheirHeaders() async throws {
        let cards = try await document(
            Self.shape("Berlin", at: Self.place(0, 200, 200, 50)),
            Self.shape("Paris", at: Self.place(400, 200, 200, 50)),
            Self.shape("39 hours", at: Self.place(0, 400, 200, 50)),
            Self.shape("35 hours", at: Self.place(400, 400, 200, 50))
        )
        #expect(cards.blocks == [.tableRow("Berlin: 39 hours; Paris: 35 hours")])
        let lists = try await document(
            Self.shape("Full-time", at: Self.place(0, 200, 400, 50)),
            Self.shape("30 days", "40 hours", at: Self.place(0, 300, 400, 600)),
            Self.shape("Part-time", at: Self.place(500, 200, 400, 50)),
            Self.shape("18 days", "24 hours", at: Self.place(500, 300, 400, 600))
        )
        #expect(
            lists.blocks.map(\.text) == [
                "Full-time", "Full-time: 30 days", "Full-time: 40 hours", "Part-time", "Part-time: 18 days",
                "Part-time: 24 hours",
            ]
        )
    }

    @Test func aGroupIsReadAsAWhole() async throws {
        func card(_ name: String, _ text: String, left: Int) -> String {
            let inner = "<a:chOff x=\"0\" y=\"0\"/><a:chExt cx=\"10\" cy=\"10\"/>"
            return """
                <p:grpSp><p:grpSpPr><a:xfrm><a:off x="\(left)" y="300"/><a:ext cx="300" cy="300"/>\(inner)</a:xfrm></p:grpSpPr>\
                \(Self.shape(text, at: Self.place(0, 5, 10, 4)))\(Self.shape(name, at: Self.place(0, 0, 10, 4)))</p:grpSp>
                """
        }
        let slide = try await document(
            card("Meals", "14 euros a day", left: 600),
            card("Hotel", "140 euros a night", left: 100),
            Self.shape("Travel costs:", at: Self.place(100, 100, 800, 50))
        )
        #expect(
            slide.blocks.map(\.text) == [
                "Travel costs:", "Hotel", "Hotel: 140 euros a night", "Meals", "Meals: 14 euros a day",
            ]
        )
    }

    @Test func aShapeHasThePlaceOfItsPlaceholder() async throws {
        func placeholder(_ index: Int) -> String { "<p:nvPr><p:ph idx=\"\(index)\"/></p:nvPr>" }
        let slide = try await document(
            Self.shape("Second.", holding: placeholder(2)),
            Self.shape("First.", holding: placeholder(1)),
            layout: Self.shape("Click.", at: Self.place(0, 100, 900, 100), holding: placeholder(1))
                + Self.shape("Click.", at: Self.place(0, 500, 900, 100), holding: placeholder(2))
        )
        #expect(slide.blocks == [.listItem("First."), .listItem("Second.")])
    }

    @Test func aLoneLineInTheLargestTypeIsTheTitle() async throws {
        let large = "<a:r><a:rPr sz=\"3600\"/><a:t>Parental leave</a:t></a:r>"
        let slide = try await document(
            Self.shape("Up to 3 years", at: Self.place(0, 400, 900, 100)),
            Self.shape(large, at: Self.place(0, 100, 900, 100))
        )
        #expect(slide.blocks == [.heading(level: 2, text: "Parental leave"), .listItem("Up to 3 years")])
    }

    @Test func levelsMarksAndAlternatives() async throws {
        func item(_ text: String, _ level: Int) -> String {
            "<a:pPr lvl=\"\(level)\"/><a:r><a:t>\(text)</a:t></a:r>"
        }
        let marked =
            "<a:r><a:t>30</a:t></a:r><a:r><a:rPr baseline=\"30000\"/><a:t>1</a:t></a:r><a:r><a:t> days</a:t></a:r>"
        let slide = try await document(
            Self.shape(item("Germany", 0), item("4 weeks", 1), item("France", 0), item("1 month", 1), marked),
            """
            <mc:AlternateContent><mc:Choice Requires="a14">\(Self.shape("140 euros"))</mc:Choice><mc:Fallback>\(Self.shape("140 euros"))</mc:Fallback></mc:AlternateContent>
            """
        )
        #expect(
            slide.blocks.map(\.text) == [
                "Germany", "Germany: 4 weeks", "France", "France: 1 month", "30¹ days", "140 euros",
            ]
        )
    }

    /// PowerPoint marks the first row of each table as its header.
    @Test(arguments: [
        ("Payday|25th of the month/Bonus|March", ["Payday: 25th of the month", "Bonus: March"]),
        ("Day|Room/Monday|Hall", ["Day: Monday; Room: Hall"]), ("Grade|2026/A|27", ["Grade: A; 2026: 27"]),
    ])
    func aMarkedFirstRowOfANameAndAValueIsNoHeader(table: String, rows: [String]) async throws {
        let markup = table.split(separator: "/").map { row in
            "<a:tr>" + row.split(separator: "|").map { "<a:tc>\(Self.text([String($0)]))</a:tc>" }.joined() + "</a:tr>"
        }
        let frame = "<p:graphicFrame><a:tbl><a:tblPr firstRow=\"1\"/>\(markup.joined())</a:tbl></p:graphicFrame>"
        #expect(try await document(frame).blocks.map(\.text) == rows)
    }
}
