import Testing

@testable import PolicyAssistant

@Suite struct IgnorePatternTests {
    /// The results of git for the same patterns and paths.
    @Test(arguments: [
        ("*.md", "a.md", true), ("*.md", "x/y/a.md", true), ("*.md", "a.mdx", false), ("a.md", "x/a.md", true),
        ("/a.md", "a.md", true), ("/a.md", "x/a.md", false), ("x/a.md", "x/a.md", true), ("x/a.md", "y/x/a.md", false),
        ("x/*.md", "x/a.md", true), ("x/*.md", "x/y/a.md", false), ("**/a.md", "a.md", true),
        ("**/a.md", "x/y/a.md", true), ("x/**", "x/a.md", true), ("x/**", "x/y/a.md", true), ("x/**", "x", false),
        ("x/**/a.md", "x/a.md", true), ("x/**/a.md", "x/y/z/a.md", true), ("x/**/a.md", "y/a.md", false),
        ("a?.md", "ab.md", true), ("a?.md", "a.md", false), ("a?b", "a/b", false), ("a*b", "axxb", true),
        ("a*b*c", "abbc", true), ("a*b*c", "abb", false), ("*", "anything", true), ("a**b", "axb", true),
        ("[abc].md", "b.md", true), ("[abc].md", "d.md", false), ("[!abc].md", "d.md", true),
        ("[^abc].md", "a.md", false), ("[a-c]x", "bx", true), ("[a-c]x", "dx", false), ("[]]x", "]x", true),
        ("[!]]x", "ax", true), ("[a-]x", "-x", true), ("[\\]]x", "]x", true), ("[abc", "a", false),
        ("\\#a", "#a", true), ("\\!a", "!a", true), ("a\\*b", "a*b", true), ("a\\*b", "axb", false),
        ("a\\", "a", false),
        ("a.md  ", "a.md", true), ("a\\ ", "a ", true), ("a\\ ", "a", false),
        ("é?", "éx", true), ("🏖*.md", "🏖 Urlaub.md", true), ("A.md", "a.md", false),
    ])
    func matchesAsGitDoes(_ pattern: String, _ path: String, _ expected: Bool) throws {
        let pattern = try #require(IgnorePattern(line: pattern))
        #expect(pattern.matches(path.split(separator: "/")[...], isFolder: false) == expected)
    }

    @Test(arguments: ["", "   ", "# a comment", "/", "!"])
    func linesWithoutAPatternAreNone(_ line: String) {
        #expect(IgnorePattern(line: line) == nil)
    }

    @Test func aSlashAtTheEndMeansFolders() throws {
        let pattern = try #require(IgnorePattern(line: "build/"))
        #expect(pattern.matches(["x", "build"], isFolder: true))
        #expect(!pattern.matches(["x", "build"], isFolder: false))
    }

    /// The results of git for the same patterns and paths with several `**`.
    @Test(arguments: [
        ("**/**/a.md", "a.md", true), ("**/a/**/b.md", "a/x/a/b.md", true), ("**/a/**/b.md", "x/b.md", false),
        ("**/a/*/b.md", "a/a/x/b.md", true), ("a/**/b/**/c.md", "a/b/x/b/y/c.md", true), ("**/a/**", "x/a", false),
        ("**/a/**", "a/a/b", true), ("x/**/**", "x", false), ("x/**/**", "x/y", true),
    ])
    func severalRunsOfFoldersMatchAsGitDoes(_ pattern: String, _ path: String, _ expected: Bool) throws {
        let pattern = try #require(IgnorePattern(line: pattern))
        #expect(pattern.matches(path.split(separator: "/")[...], isFolder: false) == expected)
    }

    @Test(.timeLimit(.minutes(1)))
    func manyRunsOfFoldersCostNoMoreThanTheirNumber() throws {
        // A matcher that goes back to every run tries some 10^30 ways of dividing the path among these.
        let pattern = try #require(IgnorePattern(line: String(repeating: "**/a/", count: 60) + "b.md"))
        let path = Array(repeating: Substring("a"), count: 200)
        #expect(!pattern.matches(path[...], isFolder: false))
        #expect(pattern.matches((path + ["b.md"])[...], isFolder: false))
    }

    /// Every way in which a line may end; the last line need not.
    @Test(arguments: ["\n", "\r\n", "\r"])
    func linesEndAsEachSystemEndsThem(_ end: String) {
        var rules = IgnoreRules()
        rules.add(["# drafts", "a.md", "", "b.md"].joined(separator: end), ofFolder: "", named: ".policyignore")
        #expect(rules.reason(toIgnore: "a.md", isFolder: false) == "line 2 of .policyignore")
        #expect(rules.reason(toIgnore: "b.md", isFolder: false) == "line 4 of .policyignore")
    }

    @Test func lettersAreTheSameHoweverTheyAreComposed() {
        for (pattern, name) in [("Entw\u{FC}rfe/", "Entwu\u{308}rfe"), ("Entwu\u{308}rfe/", "Entw\u{FC}rfe")] {
            var rules = IgnoreRules()
            rules.add(pattern, ofFolder: "", named: ".policyignore")
            #expect(rules.reason(toIgnore: "hr/\(name)", isFolder: true) != nil)
            #expect(rules.reason(toIgnore: "hr/entwu\u{308}rfe", isFolder: true) == nil, "case counts, as for git")
        }
        var rules = IgnoreRules()
        rules.add("[\u{E4}-\u{FC}]?.md\n", ofFolder: "", named: ".policyignore")
        #expect(rules.reason(toIgnore: "o\u{308}e\u{301}.md", isFolder: false) != nil)
    }

    @Test func theLastLineDecides() {
        var rules = IgnoreRules()
        rules.add("*.md\n!keep.md\n", ofFolder: "", named: ".policyignore")
        #expect(rules.reason(toIgnore: "a.md", isFolder: false) == "line 1 of .policyignore")
        #expect(rules.reason(toIgnore: "x/keep.md", isFolder: false) == nil)
        rules.add("/keep.md\n", ofFolder: "x", named: "x/.policyignore")
        #expect(rules.reason(toIgnore: "x/keep.md", isFolder: false) == "line 1 of x/.policyignore")
        #expect(rules.reason(toIgnore: "keep.md", isFolder: false) == nil)
        #expect(rules.reason(toIgnore: "x/y/keep.md", isFolder: false) == nil)
    }
}
