import Foundation
import TestSupport
import Testing

@testable import LocalEngine

private let modelFolder = ProcessInfo.processInfo.environment["ENCODER_MODEL_DIR"]

/// Every cell of tables of different formats and shapes, asked for by the names of its row and its column.
@Suite(.enabled(if: modelFolder != nil, "ENCODER_MODEL_DIR names no folder"))
struct TableAnswerTests {
    /// A table in a file.
    private struct Table: Sendable {
        let file: String
        let bytes: [UInt8]
        let columns: [String]
        let rows: [[String]]
        /// How many of the first columns name a row.
        var keys = 1

        /// The questions for its cells, with the right values and those of the other rows of the column.
        var questions: [(text: String, value: String, others: [String])] {
            rows.flatMap { row in
                columns.indices.dropFirst(keys).map { column in
                    let key = row.prefix(keys).joined(separator: ", ")
                    let others = rows.map { $0[column] }.filter { $0 != row[column] }
                    return ("What is the \(columns[column].lowercased()) for \(key)?", row[column], others)
                }
            }
        }
    }

    private static func markdown(_ table: (columns: [String], rows: [[String]]), title: String) -> [UInt8] {
        let lines = ([table.columns, table.columns.map { _ in "---" }] + table.rows)
            .map { "| " + $0.joined(separator: " | ") + " |" }
        return Array("# \(title)\n\n\(lines.joined(separator: "\n"))\n".utf8)
    }

    private static func docx(_ table: (columns: [String], rows: [[String]]), title: String) -> [UInt8] {
        func row(_ cells: [String], _ properties: String = "") -> String {
            let cells = cells.map { "<w:tc><w:tcPr/><w:p><w:r><w:t>\($0)</w:t></w:r></w:p></w:tc>" }
            return "<w:tr><w:trPr>\(properties)</w:trPr>\(cells.joined())</w:tr>"
        }
        let rows = row(table.columns, "<w:tblHeader/>") + table.rows.map { row($0) }.joined()
        let heading =
            "<w:p><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:r><w:t>\(title)</w:t></w:r></w:p>"
        var zip = ZipFixture()
        zip.add(
            "word/document.xml",
            "<w:document><w:body>\(heading)<w:tbl>\(rows)</w:tbl></w:body></w:document>"
        )
        return zip.bytes
    }

    private static func xlsx(_ table: (columns: [String], rows: [[String]]), title: String) -> [UInt8] {
        let rows = ([table.columns] + table.rows).enumerated().map { number, cells in
            let style = number == 0 ? " s=\"1\"" : ""
            return "<row r=\"\(number + 1)\">" + cells.map { "<c t=\"str\"\(style)><v>\($0)</v></c>" }.joined()
                + "</row>"
        }
        var zip = ZipFixture()
        zip.add("xl/workbook.xml", "<workbook><sheets><sheet name=\"\(title)\" r:id=\"r1\"/></sheets></workbook>")
        zip.add(
            "xl/_rels/workbook.xml.rels",
            """
            <Relationships><Relationship Id="r1" Type="http://example.org/worksheet" Target="sheet.xml"/>
            <Relationship Id="r2" Type="http://example.org/styles" Target="styles.xml"/></Relationships>
            """
        )
        zip.add(
            "xl/styles.xml",
            "<styleSheet><fonts><font/><font><b/></font></fonts><cellXfs><xf/><xf fontId=\"1\"/></cellXfs></styleSheet>"
        )
        zip.add("xl/sheet.xml", "<worksheet><sheetData>\(rows.joined())</sheetData></worksheet>")
        return zip.bytes
    }

    private static let tables: [Table] = {
        let terms = (
            columns: ["Office", "Probation", "Weekly hours"],
            rows: [
                ["Lisbon", "6 months", "40 hours"], ["Oslo", "5 months", "37.5 hours"],
                ["Turin", "2 months", "36 hours"],
            ]
        )
        let severance = """
            <h1>Severance pay</h1><table><tr><th>Site</th><th>Length of service</th><th>Severance</th></tr>
            <tr><td rowspan="2">Ghent</td><td>up to 2 years</td><td>one salary</td></tr>
            <tr><td>more than 2 years</td><td>three salaries</td></tr>
            <tr><td rowspan="2">Malmo</td><td>up to 2 years</td><td>two salaries</td></tr>
            <tr><td>more than 2 years</td><td>five salaries</td></tr></table>
            """
        let devices = (
            columns: ["Device", "Deposit", "Replaced after"],
            rows: [
                ["Laptop", "150 euros", "4 years"], ["Phone", "80 euros", "3 years"],
                ["Headset", "15 euros", "18 months"],
            ]
        )
        let rates = (
            columns: ["Country", "Breakfast", "Hotel limit"],
            rows: [
                ["Denmark", "14 euros", "190 euros"], ["Greece", "9 euros", "120 euros"],
                ["Hungary", "7 euros", "95 euros"],
            ]
        )
        let courses = (
            columns: ["Course", "Duration", "Who approves"],
            rows: [
                ["First aid", "2 days", "the safety officer"], ["Welding", "3 weeks", "the head of the workshop"],
                ["Negotiation", "1 day", "the line manager"],
            ]
        )
        let hours = """
            <h1>Opening hours</h1><table><tr><td></td><th>Workdays</th><th>Saturdays</th></tr>
            <tr><th>Canteen</th><td>11:30 to 14:00</td><td>12:00 to 13:00</td></tr>
            <tr><th>Library</th><td>08:00 to 19:00</td><td>10:00 to 15:00</td></tr>
            <tr><th>Gym</th><td>06:00 to 22:00</td><td>09:00 to 18:00</td></tr></table>
            """
        return [
            Table(
                file: "terms.md",
                bytes: markdown(terms, title: "Terms of employment"),
                columns: terms.columns,
                rows: terms.rows
            ),
            Table(
                file: "severance.html",
                bytes: Array(severance.utf8),
                columns: ["Site", "Length of service", "Severance"],
                rows: [
                    ["Ghent", "up to 2 years", "one salary"], ["Ghent", "more than 2 years", "three salaries"],
                    ["Malmo", "up to 2 years", "two salaries"], ["Malmo", "more than 2 years", "five salaries"],
                ],
                keys: 2
            ),
            Table(
                file: "devices.csv",
                bytes: Array(([devices.columns] + devices.rows).map { $0.joined(separator: ",") + "\n" }.joined().utf8),
                columns: devices.columns,
                rows: devices.rows
            ),
            Table(
                file: "rates.xlsx",
                bytes: xlsx(rates, title: "Travel rates"),
                columns: rates.columns,
                rows: rates.rows
            ),
            Table(
                file: "courses.docx",
                bytes: docx(courses, title: "Courses"),
                columns: courses.columns,
                rows: courses.rows
            ),
            Table(
                file: "hours.html",
                bytes: Array(hours.utf8),
                columns: ["", "Workdays", "Saturdays"],
                rows: [
                    ["Canteen", "11:30 to 14:00", "12:00 to 13:00"], ["Library", "08:00 to 19:00", "10:00 to 15:00"],
                    ["Gym", "06:00 to 22:00", "09:00 to 18:00"],
                ]
            ),
        ]
    }()

    /// A value of another row is never said without doubt, and nearly every cell is found.
    @Test func saysTheValueOfTheRowThatIsAskedFor() async throws {
        try await withEngine(encoder: modelFolder) { engine in
            var files: [JSONValue] = []
            for table in Self.tables {
                files.append(.string(try await engine.upload(table.file, bytes: table.bytes).id))
            }
            let store = try await engine.post("vector_stores", ["file_ids": .array(files)]).id
            try await engine.indexed(store)
            var (right, unsure) = (0, 0)
            let questions = Self.tables.flatMap { table in table.questions.map { (table.file, $0) } }
            for (file, question) in questions {
                let body: JSONValue = [
                    "model": "gpt-6-luna", "input": .string(question.text),
                    "tools": [["type": "file_search", "vector_store_ids": [.string(store)]]],
                ]
                let response = try await engine.post("responses", body)
                let content = response["output"]?.array?.last?["content"]?.array?.first
                let text = content?["text"]?.string ?? ""
                guard response["metadata"]?["confidence"] == "sure" else {
                    unsure += 1
                    continue
                }
                let neighbours = question.others.filter { text.contains(": \($0)") }
                #expect(neighbours.isEmpty, "\(question.text) \(text)")
                if text.contains(": \(question.value)") { right += 1 }
                #expect(content?["annotations"]?.array?.first?["filename"]?.string == file, "\(question.text) \(text)")
            }
            #expect(questions.count == 34)
            #expect(right >= 32 && right + unsure == questions.count, "right: \(right), unsure: \(unsure)")
        }
    }
}
