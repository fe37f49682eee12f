import TestSupport
import Testing

@testable import DocumentText

/// Charts and diagrams of Word documents and presentations.
@Suite struct OfficeGraphicTests {
    private static func cache(_ values: [String], format: String? = nil) -> String {
        let points = values.enumerated().map { "<c:pt idx=\"\($0)\"><c:v>\($1)</c:v></c:pt>" }
        let code = format.map { "<c:formatCode>\($0)</c:formatCode>" } ?? ""
        return "<c:numRef><c:f>A1</c:f><c:numCache>\(code)\(points.joined())</c:numCache></c:numRef>"
    }

    private static func series(_ name: String, _ values: [String], format: String? = nil) -> String {
        """
        <c:ser><c:tx>\(cache([name]))</c:tx><c:cat>\(cache(["Grade A", "Grade B"]))</c:cat><c:val>\(cache(values, format: format))</c:val></c:ser>
        """
    }

    private static func title(_ text: String) -> String {
        "<c:title><c:tx><c:rich><a:p><a:r><a:t>\(text)</a:t></a:r></a:p></c:rich></c:tx></c:title>"
    }

    private static let chart = """
        <c:chartSpace><c:chart>\(title("Bonus by grade"))<c:plotArea><c:barChart>\(series("Target", ["0.05", "0.08"], format: "0%"))
        \(series("Maximum", ["0.1", "0.155"], format: "0.0%"))</c:barChart><c:catAx>\(title("Grade"))</c:catAx><c:valAx/></c:plotArea></c:chart></c:chartSpace>
        """

    private static let diagram = """
        <dgm:dataModel><dgm:ptLst><dgm:pt modelId="0" type="doc"/>\(point(3, "Return talk")) \(point(1, "Report")) \(point(2, "within 3 days"))
        <dgm:pt modelId="9" type="pres"><dgm:t><a:p><a:r><a:t>Not shown</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst>
        <dgm:cxnLst><dgm:cxn srcId="0" destId="3" srcOrd="1"/><dgm:cxn srcId="0" destId="1" srcOrd="0"/><dgm:cxn srcId="1" destId="2"/></dgm:cxnLst></dgm:dataModel>
        """

    private static func point(_ id: Int, _ text: String) -> String {
        "<dgm:pt modelId=\"\(id)\"><dgm:t><a:p><a:r><a:t>\(text)</a:t></a:r></a:p></dgm:t></dgm:pt>"
    }

    private static let relationships = """
        <Relationships><Relationship Id="r1" Type="http://example.org/chart" Target="../charts/chart1.xml"/>
        <Relationship Id="r2" Type="http://example.org/diagramData" Target="../diagrams/data1.xml"/></Relationships>
        """

    private static let told: [ExtractedDocument.Block] = [
        .tableRow("Bonus by grade; Grade: Grade A; Target: 5 %; Maximum: 10.0 %"),
        .tableRow("Bonus by grade; Grade: Grade B; Target: 8 %; Maximum: 15.5 %"), .listItem("Report"),
        .listItem("Report: within 3 days"), .listItem("Return talk"),
    ]

    @Test func inWordDocuments() async throws {
        var zip = ZipFixture()
        zip.add(
            "word/document.xml",
            """
            <w:document><w:body><w:p><w:r><w:t>Before.</w:t></w:r><w:r><w:drawing><c:chart r:id="r1"/></w:drawing></w:r>
            <w:r><w:drawing><dgm:relIds r:dm="r2"/></w:drawing></w:r></w:p><w:p><w:r><w:t>After.</w:t></w:r></w:p></w:body></w:document>
            """
        )
        zip.add("word/_rels/document.xml.rels", Self.relationships)
        zip.add("charts/chart1.xml", Self.chart)
        zip.add("diagrams/data1.xml", Self.diagram)
        let document = try await extract(zip.bytes, named: "a.docx")
        #expect(document.blocks == [.paragraph("Before.")] + Self.told + [.paragraph("After.")])
    }

    @Test func inPresentations() async throws {
        var zip = ZipFixture()
        zip.add(
            "ppt/slides/slide1.xml",
            "<p:sld><p:graphicFrame><c:chart r:id=\"r1\"/></p:graphicFrame><p:graphicFrame><dgm:relIds r:dm=\"r2\"/></p:graphicFrame></p:sld>"
        )
        zip.add("ppt/slides/_rels/slide1.xml.rels", Self.relationships)
        zip.add("ppt/charts/chart1.xml", Self.chart)
        zip.add("ppt/diagrams/data1.xml", Self.diagram)
        #expect(try await extract(zip.bytes, named: "a.pptx").blocks == Self.told)
    }

    @Test func chartsOfNewerTypesAreTheirValues() async throws {
        func level(_ texts: [String], format: String = "") -> String {
            let points = texts.enumerated().map { "<cx:pt idx=\"\($0)\">\($1)</cx:pt>" }
            return "<cx:lvl \(format)>\(points.joined())</cx:lvl>"
        }
        let chart = """
            <cx:chartSpace><cx:chartData><cx:data id="0"><cx:strDim type="cat">\(level(["Base", "Bonus"])) \(level(["Pay", "Pay"]))
            </cx:strDim><cx:numDim type="val">\(level(["3000", "250.5"], format: "formatCode=\"0.00\""))</cx:numDim></cx:data>
            </cx:chartData><cx:chart><cx:title><cx:tx><cx:rich><a:p><a:r><a:t>Grade A</a:t></a:r></a:p></cx:rich></cx:tx></cx:title>
            <cx:plotArea><cx:series layoutId="waterfall"><cx:tx><cx:txData><cx:v>Euros</cx:v></cx:txData></cx:tx><cx:dataId val="0"/>
            </cx:series><cx:axis><cx:title><cx:tx><cx:txData><cx:v>Part</cx:v></cx:txData></cx:tx></cx:title></cx:axis></cx:plotArea>
            </cx:chart></cx:chartSpace>
            """
        var zip = ZipFixture()
        zip.add(
            "word/document.xml",
            "<w:document><w:body><w:p><w:r><w:drawing><cx:chart r:id=\"r1\"/></w:drawing></w:r></w:p></w:body></w:document>"
        )
        zip.add(
            "word/_rels/document.xml.rels",
            "<Relationships><Relationship Id=\"r1\" Type=\"http://example.org/chartEx\" Target=\"chart.xml\"/></Relationships>"
        )
        zip.add("word/chart.xml", chart)
        #expect(
            try await extract(zip.bytes, named: "a.docx").blocks.map(\.text) == [
                "Grade A; Pay Base; Euros: 3000.00", "Grade A; Pay Bonus; Euros: 250.50",
            ]
        )
    }
}
