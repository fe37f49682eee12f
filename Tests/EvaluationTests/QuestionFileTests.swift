import Testing

@testable import Evaluation

@Suite struct QuestionFileTests {
    @Test func readsOurOwnFields() throws {
        let file = try QuestionFile(
            """
            {"id": "q1", "question": "How much?", "answer": "27 days", "file": "leave.md", "also": ["more.md"], \
            "must_contain": ["27 days"], "before": ["Is there leave?"], "kind": "number"}

            {"question": "Which?", "file": "a.md", "any_of": [["one", "two"], ["three"]]}
            {"question": "Who wins the cup?", "file": null}
            {"question": "What is the weather?", "kind": "out-of-scope"}
            """,
            named: "questions.jsonl"
        )
        var first = EvaluationQuestion(id: "q1", text: "How much?", expectation: .answer)
        first.before = ["Is there leave?"]
        first.kind = "number"
        first.expectedAnswer = "27 days"
        first.files = ["leave.md", "more.md"]
        first.fact = .texts(anyOf: [["27 days"]])
        #expect(file.questions[0] == first)
        #expect(file.questions[1].id == "line 3")
        #expect(file.questions[1].fact == .texts(anyOf: [["one", "two"], ["three"]]))
        #expect(file.questions[2...].map(\.expectation) == [.refusal, .refusal])
        #expect(file.notes.isEmpty)
    }

    @Test(arguments: [
        ("{\"question\": \"a\"", "line 1", "JSON object"),
        ("[1]", "line 1", "JSON object"),
        ("{\"file\": \"a.md\"}", "line 1", "`question`"),
        ("{\"question\": \"  \", \"file\": \"a.md\"}", "line 1", "`question`"),
        ("{\"question\": 1.5, \"file\": [\"a.md\"]}", "line 1", "`file` has to be a text"),
        ("{\"question\": \"a\", \"must_contain\": [\"x\"]}", "line 1", "`file` is missing"),
        ("{\"question\": \"a\", \"answer\": \"x\"}", "line 1", "`file` is missing"),
        ("{\"question\": \"a\", \"file\": \"a.md\", \"must_contain\": [\"\"]}", "line 1", "empty text"),
        ("{\"question\": \"a\", \"file\": \"a.md\", \"must_contain\": [[\"x\"]]}", "line 1", "list of texts"),
        ("{\"question\": \"a\", \"file\": \"a.md\", \"any_of\": [[]]}", "line 1", "`any_of`"),
        (
            "{\"question\": \"a\", \"file\": \"a.md\", \"any_of\": [[\"x\"]], \"must_contain\": [\"y\"]}", "line 1",
            "exclude each other"
        ),
        ("{\"question\": \"a\", \"kind\": \"out-of-scope\", \"file\": \"a.md\"}", "line 1", "out-of-scope"),
        ("{\"question\": \"a\", \"file\": \"a.md\", \"draft\": \"yes\"}", "line 1", "`draft`"),
        ("\n\n{}", "line 3", "`question`"),
        ("\n", "no question", "no question"),
    ])
    func namesTheLineAndWhatToDo(_ text: String, _ place: String, _ words: String) throws {
        let faults = try #require(throws: QuestionFileFaults.self) { try QuestionFile(text, named: "q.jsonl") }
        #expect(faults.faults.count == 1)
        #expect(faults.description.contains(place) && faults.description.contains(words), "\(faults)")
    }

    @Test func tellsAllFaultsAtOnce() throws {
        let text = "{}\n{\"question\": \"a\", \"file\": \"a.md\"}\nnothing\n"
        let faults = try #require(throws: QuestionFileFaults.self) { try QuestionFile(text, named: "q.jsonl") }
        #expect(faults.faults.count == 2)
        #expect(
            faults.faults.contains { $0.hasPrefix("line 1:") } && faults.faults.contains { $0.hasPrefix("line 3:") }
        )
    }

    @Test func namesFieldsThatItDoesNotRead() throws {
        let text = """
            {"question": "a", "file": "a.md", "must_contian": ["x"]}
            {"question": "b", "file": "b.md", "must_contian": ["x"]}
            """
        let file = try QuestionFile(text, named: "q.jsonl")
        #expect(file.notes == ["`must_contian` is not read (line 1 and 1 more)."])
    }

    @Test func countsNoDraft() throws {
        let text = """
            {"question": "a", "file": "a.md", "must_contain": [], "draft": true}
            {"question": "b", "file": "b.md", "must_contain": [], "draft": false}
            """
        let file = try QuestionFile(text, named: "q.jsonl")
        #expect(file.questions.map(\.text) == ["b"] && file.drafts == 1)
        #expect(file.questions[0].fact == nil)
    }

    @Test func namesDocumentsThatThereAreNot() throws {
        let text = """
            {"question": "a", "file": "leave.md", "must_contain": ["x"]}
            {"question": "b", "file": "eave.md", "must_contain": ["x"]}
            """
        var file = try QuestionFile(text, named: "q.jsonl")
        file.check(against: ["time/leave.md"])
        #expect(file.notes == ["line 2: no synced document has the path eave.md."])
    }

    @Test func takesFilesAndFiguresOfAzuresTruth() throws {
        let text = #"""
            {"question": "What does it cost?", "truth": "The deductible is $1,500 a year [benefits.pdf#page=3][plan.pdf]."}
            {"question": "Who decides?", "truth": "The manager decides [roles.pdf]."}
            """#
        let file = try QuestionFile(text, named: "qa.jsonl")
        #expect(file.questions[0].files == ["benefits.pdf", "plan.pdf"])
        #expect(file.questions[0].fact == .figures(["1500"]))
        #expect(file.questions[1].fact == nil)
        #expect(file.questions.map(\.expectation) == [.answer, .answer])
        #expect(file.notes == ["Not checked: the wording of the answer (1 of 2 questions)."])
    }

    @Test func takesFiguresOfGovernmentIdealAnswers() throws {
        let text = """
            {"id": "q-7", "question": "How long?", "ideal_answer": "You have 14 days."}
            {"id": "q-8", "question": "Which team wins?", "ideal_answer": "I cannot say.", "kind": "out-of-scope"}
            """
        let file = try QuestionFile(text, named: "qa.jsonl")
        #expect(file.questions[0].id == "q-7" && file.questions[0].fact == .figures(["14"]))
        #expect(file.questions[0].files.isEmpty && file.questions[0].expectation == .answer)
        #expect(file.questions[1].expectation == .refusal)
    }

    @Test func readsPromptfoosTests() throws {
        let text = #"""
            description: leave
            prompts: ["{{question}}"]
            defaultTest:
              vars: { office: Utrecht }
              assert:
                - type: not-contains
                  value: as an AI
            tests:
              - description: entitlement
                vars: { question: "How much leave in {{office}}?" }
                assert:
                  - type: icontains
                    value: "{{ office }}"
                  - { type: contains-all, value: [27, days] }
                  - { type: contains-any, value: "27 days, 28 days" }
                  - { type: regex, value: '\b27\b' }
                  - { type: llm-rubric, value: is polite }
              - vars:
                  query: Who?
                assert:
                  - type: similar
                    value: x
            """#
        let file = try QuestionFile(text, named: "promptfooconfig.yaml")
        #expect(file.questions.map(\.id) == ["entitlement", "test 2"])
        #expect(file.questions.map(\.text) == ["How much leave in Utrecht?", "Who?"])
        #expect(
            file.questions[0].assertions.map(\.description) == [
                "not-contains “as an AI”", "icontains “Utrecht”", "contains-all “27”, “days”",
                "contains-any “27 days”, “28 days”", #"regex “\b27\b”"#,
            ]
        )
        #expect(file.questions[0].expectation == .assertions)
        #expect(
            file.notes == [
                "Not checked: llm-rubric (1 of 2 questions).", "Not checked: similar (1 of 2 questions).",
            ]
        )
    }

    @Test func readsPromptfoosTestsInJSON() throws {
        let configuration = #"{"tests": [{"vars": {"question": "a"}, "assert": [{"type": "equals", "value": "b"}]}]}"#
        let line = #"{"vars": {"question": "a"}, "assert": [{"type": "equals", "value": "b"}]}"#
        for (text, name) in [(configuration, "tests.json"), ("[\(line)]", "tests.json"), (line, "tests.jsonl")] {
            let file = try QuestionFile(text, named: name)
            #expect(file.questions.map(\.text) == ["a"])
            #expect(file.questions[0].assertions.map(\.description) == ["equals “b”"])
        }
    }

    @Test(arguments: [
        ("tests: file://tests.csv", "tests in other files"), ("prompts: [a]", "tests"),
        ("scenarios: []\ntests: []", "scenarios"), ("tests: [{vars: {question: [a, b]}}]", "test 1: `question`"),
        ("tests: [{vars: {a: b, c: d}}]", "test 1: No variable is the question"),
        ("tests: [{vars: {question: a}, assert: [{type: contains}]}]", "test 1: The assertion contains needs"),
        ("tests: [{vars: {question: a}, assert: [{type: regex, value: '('}]}]", "regular expression"),
        ("tests: [", "YAML"), ("tests: [{vars: {<<: {a: b}}}]", "merge keys"),
    ])
    func saysWhatOfPromptfooIsNotRead(_ text: String, _ words: String) throws {
        let faults = try #require(throws: QuestionFileFaults.self) { try QuestionFile(text, named: "a.yaml") }
        #expect(faults.description.contains(words), "\(faults)")
    }

    @Test(arguments: [
        ("contains", ["27"], "it is 27", true), ("contains", ["It"], "it is 27", false),
        ("icontains", ["IT"], "it is 27", true), ("contains-all", ["it", "28"], "it is 27", false),
        ("contains-any", ["28", "27"], "it is 27", true), ("icontains-all", ["IT", "27"], "it is 27", true),
        ("icontains-any", ["X", "IS"], "it is 27", true), ("starts-with", ["it"], "it is 27", true),
        ("starts-with", ["is"], "it is 27", false), ("equals", ["it is 27"], "it is 27", true),
        ("equals", ["27"], "it is 27", false), ("regex", [#"\d{2}$"#], "it is 27", true),
        ("regex", [#"^\d"#], "it is 27", false),
    ])
    func assertionsHoldAsPromptfooHasThem(_ kind: String, _ values: [String], _ answer: String, _ holds: Bool) throws {
        let kind = try #require(Assertion.Kind(rawValue: kind))
        #expect(Assertion(kind: kind, isNegated: false, values: values).passes(answer) == holds)
        #expect(Assertion(kind: kind, isNegated: true, values: values).passes(answer) != holds)
    }
}
