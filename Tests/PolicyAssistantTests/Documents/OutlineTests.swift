import Testing

@testable import PolicyAssistant

@Suite struct OutlineTests {
    @Test func takesTheOneHighestHeadingForTheTitle() {
        let outline = Outline(
            of: "# Leave\n\nText.\n\n## 1. Entitlement\n\n### 1.1 Part-time\n\n## 2.3) *Carrying* over ##"
        )
        #expect(outline.title == "Leave")
        #expect(outline.sections == ["Entitlement", "Carrying over"])
    }

    @Test func takesTheOneWithoutANumberForTheTitleAsWordFilesHaveIt() {
        let outline = Outline(of: "# Benefits\n\n# 1. Health\n\n## Glasses\n\n# 2. Pension")
        #expect(outline.title == "Benefits")
        #expect(outline.sections == ["Health", "Pension"])
    }

    @Test func knowsNoTitleWherePartsStandSideBySide() {
        let numbered = Outline(of: "# 1. Why\n\n# 2. Respect\n\n## Titles\n\n# 3. Gifts")
        #expect(numbered.title == nil)
        #expect(numbered.sections == ["Why", "Respect", "Gifts"])
        let outline = Outline(of: "# Annual leave\n\n# Parental leave")
        #expect(outline.title == nil)
        #expect(outline.sections == ["Annual leave", "Parental leave"])
    }

    @Test(arguments: [
        "Plain text.", "#hashtag", "####### seven", "# ", "```\n# a comment\n```",
        "# \(String(repeating: "long ", count: 20))",
    ])
    func findsNoneWhereThereIsNone(_ text: String) {
        #expect(Outline(of: text) == Outline(of: ""))
    }

    @Test func topicsAreHeadingsOfDifferentDocumentsThatNoOtherHas() {
        let topics = Topic.choose(from: [
            (file("leave.md"), Outline(of: "# Leave\n## Purpose\n## Carrying over\n## Illness")),
            (file("empty.txt"), Outline(of: "Nothing.")),
            (file("travel.md"), Outline(of: "# Travel\n## PURPOSE\n## Hotels")),
        ])
        #expect(topics.map(\.heading) == ["Carrying over", "Hotels", "Illness"])
        #expect(topics.map(\.title) == ["Leave", "Travel", "Leave"])
        #expect(topics.map(\.fileID) == ["file-leave.md", "file-travel.md", "file-leave.md"])
    }

    @Test func topicsAreFew() {
        let many = (1...50).map { "## Part \($0) of the whole" }.joined(separator: "\n")
        #expect(Topic.choose(from: [(file("a.md"), Outline(of: many))]).count == Topic.most)
    }

    private func file(_ path: String) -> IndexedDocument {
        IndexedDocument(
            path: path,
            fileID: "file-\(path)",
            sha256: "",
            bytes: 1,
            modified: "",
            uploadedAt: nil,
            revision: 1
        )
    }
}
