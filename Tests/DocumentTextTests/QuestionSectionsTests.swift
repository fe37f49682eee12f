import TestSupport
import Testing

@testable import DocumentText

/// Each question of a list of questions and answers is a heading above its answer.
@Suite struct QuestionSectionsTests {
    private func outline(_ text: String, _ name: String) async throws -> [String] {
        Self.outline(try await extract(text.utf8, named: name))
    }

    private static func outline(_ document: ExtractedDocument) -> [String] {
        document.blocks.map { block in
            switch block {
            case .heading(let level, let text): String(repeating: "#", count: level) + " " + text
            case .listItem(let text): "- " + text
            case .paragraph(let text), .tableRow(let text), .code(let text): text
            }
        }
    }

    private static let pairs = ["# Leave", "## Can I sell it? Or not?", "No.", "## Who decides?", "Your manager."]

    @Test(arguments: [
        ("a.md", "**Can I sell it? Or not?**\n\nNo.\n\n**Who decides**?\n\nYour manager."),
        ("a.md", "**Can I sell it? Or not?**\nNo.\n\n**Who decides?** Your manager."),
        ("a.md", "- **Can I sell it? Or not?** No.\n- **Who decides?**\n  Your manager."),
        ("a.md", "Q: Can I sell it? Or not?\nA: No.\n\n**Q:** Who decides?\n\n**A:** Your manager."),
        (
            "a.md",
            "<details><summary>Can I sell it? Or not?</summary>\n\nNo.\n\n</details>\n<details><summary>Who decides?</summary>Your manager.</details>"
        ),
        ("a.html", "<p><b>Can I sell it? Or not?</b><br>No.<p><strong>Who decides?</strong><p>Your manager."),
        ("a.html", "<dl><dt>Can I sell it? Or not?<dd>No.<dt>Who decides?<dd>Your manager.</dl>"),
        ("a.html", "<p>Frage: Can I sell it? Or not?<p>Antwort: No.<ul><li>F. Who decides? A. Your manager.</ul>"),
        ("a.txt", "Q) Can I sell it? Or not?\nA) No.\n\nQ) Who decides?\nA) Your manager.\n"),
        ("a.txt", "P: Can I sell it? Or not? R: No. P: Who decides? R: Your manager.\n"),
    ])
    func questionsWithMarks(name: String, text: String) async throws {
        let isPage = name.hasSuffix("html")
        let head = isPage ? "<h1>Leave</h1>" : name.hasSuffix("md") ? "# Leave\n\n" : "LEAVE\n\n"
        let told = try await outline(head + text, name)
        #expect(told.dropFirst() == Self.pairs.dropFirst())
    }

    @Test(arguments: [
        ("a.md", "Can I sell it?\n\nNo.\n\nWho decides,\nand how?\nYour manager.\n"),
        ("a.md", "Can I sell it?\n: No.\n\nWho decides, and how?\n: Your manager.\n"),
        ("a.md", "1. Can I sell it?\n\n   No.\n\n2. Who decides, and how?\n\n   Your manager.\n"),
        ("a.html", "<p>Can I sell it?<br>No.<br>Who decides, and how?<br>Your manager."),
        (
            "a.html",
            "<button>Can I sell it?</button><div>No.</div><button>Who decides, and how?</button><div>Your manager.</div>"
        ),
    ])
    func questionsWithoutMarks(name: String, text: String) async throws {
        let head = name.hasSuffix("html") ? "<h1>Leave</h1>" : "# Leave\n\n"
        let told = ["# Leave", "## Can I sell it?", "No.", "## Who decides, and how?", "Your manager."]
        #expect(try await outline(head + text, name) == told)
    }

    @Test func shortAndLongQuestionsOfPlainTextsAreOnOneLevel() async throws {
        let text = """
            LEAVE

            Who decides?

            Your manager.

            Can I sell the leave that I have left to a colleague of mine?

            No.

            CONTACT

            Room 7
            """
        let told = [
            "# LEAVE", "## Who decides?", "Your manager.",
            "## Can I sell the leave that I have left to a colleague of mine?", "No.", "## CONTACT", "Room 7",
        ]
        #expect(try await outline(text, "a.txt") == told)
    }

    /// Single questions, and questions without answers.
    @Test(arguments: [
        "Any questions?\n\nAsk HR.\n", "**Any questions?** Ask HR.\n", "Why so? It is the law. Who pays? We do.\n",
        "**Name?**\n\n____\n\n**Date?**\n\n____\n", "Name?\n\nTom\n\nDate?\n\nMay\n",
        "How are you?\n\nWhat could be better?\n\nWho could help?\n\nThank you.\n",
        "Ask yourself:\n\n- Is it legal?\n- Would you tell it?\n\nIf not, stop.\n",
        "Q: The letter after P.\n\nA: The first letter.\n", "Q: Who decides?\n", "A: 5 days.\n\nB: 6 days.\n",
        "| Question | Answer |\n|---|---|\n| Is it free? | No. |\n| Is it paid? | No. |\n",
        "**Is it fair?**\n\n☐ Yes\n\n**Is it clear?**\n\n☐ Yes\n",
        "- **Is it legal?** If not, stop.\n- **Who pays?** We do.\n- Ask HR.\n",
        "- **Is it legal?**\n- Ask HR.\n- **Is it fair?**\n- Ask the board.\n",
        "Read this.\n\n**Why?**\nIt is the law.\n\nAll of us have to.\n",
    ])
    func otherQuestionsStayText(text: String) async throws {
        let read = try await extract(("# Leave\n\n" + text).utf8, named: "a.md")
        #expect(try read.blocks == MarkdownReader.document(from: "# Leave\n\n" + text).blocks)
    }

    /// The number of a question stays, to which other texts may refer.
    @Test func numbersOfQuestionsStay() async throws {
        let text = "Question 1: Who decides?\n\nAnswer 1: See question 2.\n\nQ2. Who then?\n\nA2. We do.\n"
        let told = ["## Question 1: Who decides?", "See question 2.", "## Q2. Who then?", "We do."]
        #expect(try await outline(text, "a.md") == told)
    }

    @Test func whatFollowsAnotherTitleIsNotTheAnswer() async throws {
        let text = """
            ## Leave

            **Who decides?**

            Your manager.

            **Notice**

            Four weeks.

            # Contact

            Room 7
            """
        let told = [
            "## Leave", "### Who decides?", "Your manager.", "### Notice", "Four weeks.", "# Contact", "Room 7",
        ]
        #expect(try await outline(text, "a.md") == told)
    }

    /// Text after what opens would be under its summary, too.
    @Test func summariesAreHeadingsUnlessTextFollows() async throws {
        let countries =
            "<details><summary>Peru</summary>30 days<details><summary>Lima</summary>31 days</details></details>"
        let page = "<h2>A</h2>\(countries)<h2>B</h2>\(countries)<p>Others: 20 days"
        let told = [
            "## A", "### Peru", "30 days", "#### Lima", "31 days", "## B", "Peru", "30 days", "Lima", "31 days",
            "Others: 20 days",
        ]
        #expect(try await outline(page, "a.html") == told)
        let open = "<h2>A</h2><details><summary>Peru</summary><h3>Notes</h3>30 days</details><h3>End</h3>"
        #expect(try await outline(open, "a.html") == ["## A", "### Peru", "#### Notes", "30 days", "### End"])
    }

    /// From the first question on, each term is a heading.
    @Test func termsOfListsWithQuestions() async throws {
        let page = "<h1>A</h1><dl><dt>Pay<dd>May<dt>Is it paid?<dd><p>No.<p>Never.<dt>Gym<dd>Free</dl>"
        let told = ["# A", "- Pay: May", "## Is it paid?", "No.", "Never.", "## Gym", "Free"]
        #expect(try await outline(page, "a.html") == told)
    }

    @Test func tablesBelowQuestionsKeepTheirPlaces() async throws {
        let text = "# A\n\nQ: Who pays? How?\nA: We do.\n\n| Day | Pay |\n|---|---|\n| May 1 | 5 |\n\nEnd.\n"
        let document = try await extract(text.utf8, named: "a.md")
        let rows = try #require(document.tables.first?.blocks)
        #expect(rows == 3..<4)
        #expect(Self.outline(document) == ["# A", "## Who pays? How?", "We do.", "Day: May 1; Pay: 5", "End."])
    }

    @Test func listsOfTheQuestionsStayAsTheyAre() async throws {
        let questions = ["Can I sell it?", "Can I buy it?", "Who decides?"]
        let list = questions.map { "<p><a href=\"#\">\($0)</a></p>" }.joined()
        let answers = questions.map { "<p>\($0)</p><p>See below.</p>" }.joined()
        let told = ["# A"] + questions + questions.flatMap { ["## " + $0, "See below."] }
        #expect(try await outline("<h1>A</h1>" + list + answers, "a.html") == told)
    }

    @Test func nestedItemsAreAnswers() async throws {
        let text = "# A\n\n- **Who pays?**\n  - We do.\n- **Why? And when?** Now.\n  - Or never.\n\nRead on.\n"
        let told = ["# A", "## Who pays?", "- We do.", "## Why? And when?", "Now.", "- Or never.", "Read on."]
        #expect(try await outline(text, "a.md") == told)
    }

    private static func docx(_ paragraphs: [String]) -> [UInt8] {
        var zip = ZipFixture()
        let body = paragraphs.map { text in
            let lines = text.split(separator: "\n").map { line in
                let isBold = line.hasPrefix("*")
                return
                    "<w:r><w:rPr>\(isBold ? "<w:b/>" : "")</w:rPr><w:t>\(isBold ? line.dropFirst() : line)</w:t></w:r>"
            }
            return "<w:p>\(lines.joined(separator: "<w:r><w:br/></w:r>"))</w:p>"
        }
        zip.add("word/document.xml", "<w:document><w:body>\(body.joined())</w:body></w:document>")
        return zip.bytes
    }

    @Test(arguments: [
        [
            "*Who decides?", "We do.",
            "*Can I take the leave that I have left over from the last year after the end of March?",
            "No.", "*Is it paid?\nYes.",
        ],
        [
            "F: Who decides?", "A: We do.",
            "*F: Can I take the leave that I have left over from the last year after the end of March?",
            "A: No.", "F: Is it paid?\nA: Yes.",
        ],
        [
            "Who decides?\nWe do.",
            "Can I take the leave that I have left over from the last year after the end of March?", "No.",
            "Is it paid?", "Yes.",
        ],
    ])
    func inWordDocuments(paragraphs: [String]) async throws {
        let told = Self.outline(try await extract(Self.docx(paragraphs), named: "a.docx"))
        let questions = [
            "Who decides?", "Can I take the leave that I have left over from the last year after the end of March?",
            "Is it paid?",
        ]
        #expect(
            told.map { $0.drop { $0 == "#" || $0 == " " } } == [
                questions[0][...], "We do.", questions[1][...], "No.", questions[2][...], "Yes.",
            ]
        )
        #expect(Set(told.filter { $0.hasPrefix("#") }.map { $0.prefix { $0 == "#" } }).count == 1)
    }
}
