import Testing

@testable import DocumentText

/// The texts of editors and content systems in JSON.
@Suite struct EditorTextTests {
    private func blocks(_ json: String) throws -> [ExtractedDocument.Block] {
        try JSONReader.document(from: json).blocks
    }

    private static let slate = #"""
        [{"type": "heading-two", "children": [{"text": "Leave"}]},
        {"type": "paragraph", "children": [{"text": "You get "}, {"text": "25", "strikethrough": true}, {"text": " 30", "bold": true},
        {"text": " days."}]}, {"type": "bulleted-list", "children": [{"type": "list-item", "children": [{"text": "Interns: 12"}]}]}]
        """#
    private static let strapi = #"""
        [{"type": "heading", "level": 2, "children": [{"type": "text", "text": "Leave"}]}, {"type": "paragraph", "children":
        [{"type": "text", "text": "You get "}, {"type": "text", "text": "30", "bold": true}, {"type": "text", "text": " days."}]},
        {"type": "list", "format": "unordered", "children": [{"type": "list-item", "children": [{"type": "text", "text": "Interns: 12"}]}]}]
        """#
    private static let lexical = #"""
        {"root": {"children": [{"children": [{"format": 0, "text": "Leave", "type": "text"}], "format": "", "tag": "h2", "type": "heading"},
        {"children": [{"format": 0, "text": "You get ", "type": "text"}, {"format": 4, "text": "25 ", "type": "text"},
        {"format": 1, "text": "30", "type": "text"}, {"format": 0, "text": " days.", "type": "text"}], "type": "paragraph"},
        {"children": [{"children": [{"format": 0, "text": "Interns: 12", "type": "text"}], "type": "listitem"}], "type": "list"}],
        "type": "root"}}
        """#
    private static let portable = #"""
        [{"_key": "a", "_type": "block", "style": "h2", "markDefs": [], "children": [{"_type": "span", "text": "Leave", "marks": []}]},
        {"_type": "block", "style": "normal", "children": [{"_type": "span", "text": "You get "},
        {"_type": "span", "text": "25 ", "marks": ["strike-through"]}, {"_type": "span", "text": "30", "marks": ["strong"]},
        {"_type": "span", "text": " days."}]},
        {"_type": "block", "listItem": "bullet", "level": 1, "children": [{"_type": "span", "text": "Interns: 12"}]}]
        """#
    private static let quill = #"""
        {"ops": [{"insert": "Leave"}, {"insert": "\n", "attributes": {"header": 2}}, {"insert": "You get "},
        {"insert": "25 ", "attributes": {"strike": true}}, {"insert": "30", "attributes": {"bold": true}},
        {"insert": " days.\nInterns: 12"}, {"insert": "\n", "attributes": {"list": "bullet"}}]}
        """#
    private static let notion = #"""
        {"object": "list", "results": [{"object": "block", "type": "heading_2", "heading_2": {"rich_text": [{"plain_text": "Leave"}]}},
        {"object": "block", "type": "paragraph", "archived": true, "paragraph": {"rich_text": [{"plain_text": "Gone."}]}},
        {"object": "block", "type": "paragraph", "paragraph": {"rich_text": [{"plain_text": "You get "},
        {"plain_text": "25 ", "annotations": {"strikethrough": true}}, {"plain_text": "30 days."}]}},
        {"object": "block", "type": "bulleted_list_item", "bulleted_list_item": {"rich_text": [{"plain_text": "Interns: 12"}]}}]}
        """#

    @Test(arguments: [slate, strapi, lexical, portable, quill, notion])
    func joinsTheWordsOfAText(text: String) throws {
        let expected: [ExtractedDocument.Block] = [
            .heading(level: 2, text: "Leave"), .paragraph("You get 30 days."), .listItem("Interns: 12"),
        ]
        #expect(try blocks(text) == expected)
        let string = text.replacing("\n", with: " ").replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        for json in ["{\"id\": 5, \"body\": \(text)}", "{\"id\": 5, \"body\": \"\(string)\"}"] {
            #expect(try blocks(json) == [.paragraph("id: 5")] + expected)
        }
    }

    @Test func readsTheTablesOfTexts() throws {
        let notion = #"""
            [{"object": "block", "type": "table", "table": {"has_column_header": true, "children": [
            {"object": "block", "type": "table_row", "table_row": {"cells": [[{"plain_text": "Grade"}], [{"plain_text": "Days"}]]}},
            {"object": "block", "type": "table_row", "table_row": {"cells": [[{"plain_text": "A"}], [{"plain_text": "30"}]]}}]}}]
            """#
        #expect(try blocks(notion) == [.tableRow("Grade: A; Days: 30")])
        let quill = #"""
            {"ops": [{"insert": "Italy"}, {"insert": "\n", "attributes": {"table": "row-1"}}, {"insert": "42"},
            {"insert": "\n", "attributes": {"table": "row-1"}}, {"insert": "Spain"}, {"insert": "\n", "attributes": {"table": "row-2"}},
            {"insert": "34"}, {"insert": "\n", "attributes": {"table": "row-2"}}, {"insert": "End.\n"}]}
            """#
        #expect(try blocks(quill) == [.tableRow("Italy: 42"), .tableRow("Spain: 34"), .paragraph("End.")])
    }

    @Test func takesOtherTreesForValues() throws {
        let json =
            #"{"children": [{"type": "team", "name": "Payroll", "children": [{"type": "person", "text": "Bo"}]}]}"#
        #expect(
            try blocks(json) == [
                .heading(level: 1, text: "Payroll"), .paragraph("children[0].type: team"),
                .paragraph("children[0].children[0].type: person"), .paragraph("children[0].children[0].text: Bo"),
            ]
        )
        #expect(try blocks(#"[{"insert": 5}]"#) == [.paragraph("[0].insert: 5")])
    }

    @Test(arguments: ["faq.jsonl", "faq.ndjson"])
    func readsLinesOfJSON(name: String) async throws {
        let document = try await extract("{\"days\": 30}\n{\"days\": 5}\n".utf8, named: name)
        #expect(document.blocks == [.paragraph("[0].days: 30"), .paragraph("[1].days: 5")])
    }

    @Test(arguments: [#"{"children":["#, #"[{"type":"a","children":["#, #"{"root":"#])
    func survivesHostileTrees(piece: String) throws {
        let json = String(repeating: piece, count: 200_000)
        let elapsed = ContinuousClock().measure { _ = try? JSONReader.document(from: json) }
        #expect(elapsed < .seconds(20))
    }
}
