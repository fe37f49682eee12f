import Testing

@testable import DocumentText

@Suite struct JSONReaderTests {
    @Test func tellsEachLeafWithItsPath() throws {
        let document = try JSONReader.document(
            from:
                #" {"leave": {"days": 27, "rate": 3.50, "none": null}, "who": ["Ana\u0301", "\ud83d\ude00 \"x\"\n y", true]} "#
        )
        #expect(
            document.blocks.map(\.text) == [
                "leave.days: 27", "leave.rate: 3.50", "who[0]: Ana\u{301}", "who[1]: 😀 \"x\" y", "who[2]: true",
            ]
        )
    }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\" 1}", "\"open", "[1] 2", "{} {}", "{}\n2", "nul", "01a", "\"\\u12\"", "\"\\", "{,}",
    ])
    func rejectsWhatIsNotJSON(text: String) {
        #expect(throws: ExtractionError.invalid("The file is not valid JSON.")) { try JSONReader.document(from: text) }
    }

    @Test func rejectsDeepNesting() {
        let text = String(repeating: "[", count: 1_000_000)
        #expect(throws: ExtractionError.invalid("The JSON is nested too deeply.")) {
            try JSONReader.document(from: text)
        }
    }

    @Test(arguments: [
        ("{\"sickPayWeeks\": 6}", ["sick pay weeks: 6"]), ("{\"maxURLLength\": 6}", ["max URL length: 6"]),
        ("{\"full_time\": 6, \"HR\": 1}", ["full_time: 6", "HR: 1"]),
    ])
    func tellsTheWordsOfAKey(json: String, lines: [String]) throws {
        #expect(try JSONReader.document(from: json).blocks.map(\.text) == lines)
    }

    @Test func readsValuesThatAreHTML() throws {
        let json =
            #"{"a": "<h2>Fee</h2><table><tr><th>Who<th>Euros<tr><td>All<td>5</table>", "b": "<p>7&nbsp;days</p>", "c": "a < b"}"#
        #expect(
            try JSONReader.document(from: json).blocks == [
                .paragraph("Fee"), .tableRow("Who: All; Euros: 5"), .paragraph("b: 7 days"), .paragraph("c: a < b"),
            ]
        )
    }

    @Test(arguments: [
        (#"{"a": "~~Old: 90~~ New: 120"}"#, ["a: New: 120"]), (#"{"a": "5 ~ 6 and ~~ 7"}"#, ["a: 5 ~ 6 and ~~ 7"]),
        (#"{"a": "Limits:\n- Ulm: **160**\n- ~~Bonn: 90~~"}"#, ["a: Limits:", "a: Ulm: 160"]),
        (#"{"a": "Line\nline"}"#, ["a: Line line"]),
        (#"{"a": "|Who|Euros|\n|-|-|\n|All|5|", "b": 1}"#, ["Who: All; Euros: 5", "b: 1"]),
    ])
    func readsValuesThatAreMarkdown(json: String, lines: [String]) throws {
        #expect(try JSONReader.document(from: json).blocks.map(\.text) == lines)
    }

    @Test func keepsTheHeadingsOfMarkdownApartFromOtherValues() throws {
        let json = #"[{"title": "Travel", "body": "Rules.\n\n# Hotel\n\n120 euros", "days": 5}]"#
        #expect(
            try JSONReader.document(from: json).blocks == [
                .heading(level: 1, text: "Travel"), .paragraph("[0].body: Rules."), .heading(level: 2, text: "Hotel"),
                .paragraph("120 euros"), .heading(level: 2, text: "[0].days"), .paragraph("[0].days: 5"),
            ]
        )
    }

    @Test func joinsTheTextNodesOfARichText() throws {
        let text = """
            {"version": 1, "type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "You get "},
            {"type": "text", "text": "25", "marks": [{"type": "strike"}]}, {"type": "text", "text": "30 < 31", "marks": [{"type": "strong"}]},
            {"type": "text", "text": " days."}]}, {"type": "table", "content": [{"type": "tableRow", "content": [
            {"type": "tableHeader", "content": [{"type": "text", "text": "Who"}]}, {"type": "tableHeader", "content": [{"type": "text", "text": "Euros"}]}]},
            {"type": "tableRow", "content": [{"type": "tableCell", "content": [{"type": "text", "text": "All"}]}, {"type": "tableCell", "content": [{"type": "text", "text": "5"}]}]}]}]}
            """
        let string = text.replacing("\n", with: " ").replacing("\"", with: "\\\"")
        for json in ["{\"a\": \(text), \"b\": 1}", "{\"a\": \"\(string)\", \"b\": 1}"] {
            #expect(
                try JSONReader.document(from: json).blocks == [
                    .paragraph("a: You get 30 < 31 days."), .tableRow("Who: All; Euros: 5"), .paragraph("b: 1"),
                ]
            )
        }
    }

    @Test func readsRecordsOnLinesOfTheirOwn() throws {
        let json = "{\"title\": \"Leave\", \"days\": 30}\n{\"title\": \"Study\", \"days\": 5}\n"
        #expect(
            try JSONReader.document(from: json).blocks == [
                .heading(level: 1, text: "Leave"), .paragraph("[0].days: 30"), .heading(level: 1, text: "Study"),
                .paragraph("[1].days: 5"),
            ]
        )
    }

    @Test func readsLinesOfRecordsWithoutTitlesAsATable() throws {
        let json = "{\"grade\": \"A\", \"days\": 28}\r\n\r\n{\"grade\": \"B\", \"days\": 30}\n"
        #expect(
            try JSONReader.document(from: json).blocks == [
                .tableRow("grade: A; days: 28"), .tableRow("grade: B; days: 30"),
            ]
        )
        #expect(throws: ExtractionError.self) {
            try JSONReader.document(from: "{\"grade\": \"A\", \"days\": 28} {\"grade\": \"B\", \"days\": 30}")
        }
    }

    @Test func tellsARecordBelowItsTitle() throws {
        let json = """
            {"rates": [{"id": 1, "title": "Lunch", "euros": 9}, {"title": "Dinner", "euros": 14, "notes": ["Not at home"]}],
             "valid": "2026", "by": "HR"}
            """
        #expect(
            try JSONReader.document(from: json).blocks == [
                .heading(level: 1, text: "Lunch"), .paragraph("rates[0].id: 1"), .paragraph("rates[0].euros: 9"),
                .heading(level: 1, text: "Dinner"), .paragraph("rates[1].euros: 14"),
                .paragraph("rates[1].notes[0]: Not at home"), .heading(level: 1, text: "valid"),
                .paragraph("valid: 2026"), .paragraph("by: HR"),
            ]
        )
    }

    @Test func readsRecordsWithoutTitlesAsATable() throws {
        let json = """
            {"by": "HR", "mealRates": [{"country": "Peru", "fullDay": 3.50, "isNew": true}, {"country": "Chad", "fullDay": null},
             {"country": "Iran", "fullDay": 40, "note": "from May"}], "valid": "2026"}
            """
        #expect(
            try JSONReader.document(from: json).blocks == [
                .paragraph("by: HR"), .heading(level: 1, text: "meal rates"),
                .tableRow("country: Peru; full day: 3.50; is new: true"), .tableRow("country: Chad"),
                .tableRow("country: Iran; full day: 40; note: from May"),
                .heading(level: 1, text: "valid"), .paragraph("valid: 2026"),
            ]
        )
    }

    @Test func readsRecordsWithTitlesOrListsOrWithFewKeysInCommonOneByOne() throws {
        for json in [
            #"[{"name": "A", "days": 1}, {"name": "B", "days": 2}]"#, #"[{"grade": "A", "days": [1]}, {"grade": "B"}]"#,
            #"[{"a": 1}, {"b": 2}, {"c": 3}]"#, #"[{"grade": "A", "days": 1}]"#, #"[{"a": 1, "b": 2}, 3]"#,
            #"[{"a": 1, "b": "x\ny"}, {"a": 1, "b": "y"}]"#,
        ] {
            #expect(try JSONReader.document(from: json).tables.isEmpty)
        }
    }

    @Test func tellsRecordsWithinRecordsBelowBothTitles() throws {
        let json = """
            [{"name": "Leave", "kinds": [{"name": "Moving", "days": 1}, {"name": "Wedding", "days": 2}], "by": "HR"}]
            """
        #expect(
            try JSONReader.document(from: json).blocks == [
                .heading(level: 1, text: "Leave"), .heading(level: 2, text: "Moving"),
                .paragraph("[0].kinds[0].days: 1"), .heading(level: 2, text: "Wedding"),
                .paragraph("[0].kinds[1].days: 2"), .heading(level: 2, text: "[0].by"), .paragraph("[0].by: HR"),
            ]
        )
    }

    @Test(arguments: [
        "[{\"name\": \"Anna\"}]", "[{\"days\": {\"name\": \"x\"}, \"name\": \"y\"}]", "{\"name\": \"x\", \"n\": 1}",
        "[{\"name\": \"\", \"n\": 1}]", "[{\"name\": 4, \"n\": 1}]",
    ])
    func takesNoOtherValueForATitle(json: String) throws {
        let blocks = try JSONReader.document(from: json).blocks
        #expect(!blocks.contains { if case .heading = $0 { true } else { false } })
    }

    @Test(arguments: [
        "{\"pay\": \"R&amp;D gets 80&nbsp;%\"}",
        "[{\"pay\": \"R&amp;D gets 80&#160;%\", \"n\": 1}, {\"pay\": \"x\", \"n\": 2}]",
    ])
    func readsTheCharacterReferencesOfTexts(json: String) throws {
        let texts = try JSONReader.document(from: json).blocks.map(\.text)
        #expect(texts.contains { $0.hasPrefix("pay: R&D gets 80 %") })
    }

    @Test(arguments: [
        (#"[["Site", "Lunch"], ["Aalst", "8 euros"], ["Mechelen", "9 euros"]]"#, "Site: Mechelen; Lunch: 9 euros"),
        (
            #"[{"group": "Divers", "pay": {"summer": 25, "winter": 52}}, {"group": "Cooks", "pay": {"summer": 2, "winter": 6}}]"#,
            "group: Cooks; pay summer: 2; pay winter: 6"
        ),
    ])
    func tellsTheRowsOfArraysAndOfNestedObjects(text: String, row: String) throws {
        #expect(try JSONReader.document(from: text).blocks.last?.text == row)
    }

    @Test func tellsArraysOfDifferentSizesWithTheirPaths() throws {
        let document = try JSONReader.document(from: #"[["Aalst", "8 euros"], ["Mechelen"]]"#)
        #expect(document.blocks.map(\.text) == ["[0][0]: Aalst", "[0][1]: 8 euros", "[1][0]: Mechelen"])
    }
}
