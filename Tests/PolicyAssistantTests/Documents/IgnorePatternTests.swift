import Testing

@testable import PolicyAssistant

@Suite struct IgnorePatternTests {
    /// What git says of the same patterns and paths.
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
        ("a.md  ", "a.md", true), ("a\\ ", "a ", true), ("a\\ ", "a", false), ("a.md\r", "a.md", true),
        ("é?", "éx", true), ("🏖*.md", "🏖 Urlaub.md", true), ("A.md", "a.md", false),
    ])
    func matchesAsGitDoes(_ pattern: String, _ path: String, _ expected: Bool) throws {
        let pattern = try #require(IgnorePattern(line: pattern[...]))
        #expect(pattern.matches(path.split(separator: "/")[...], isFolder: false) == expected)
    }

    @Test(arguments: ["", "   ", "# a comment", "/", "!"])
    func linesWithoutAPatternAreNone(_ line: String) {
        #expect(IgnorePattern(line: line[...]) == nil)
    }

    @Test func aSlashAtTheEndMeansFolders() throws {
        let pattern = try #require(IgnorePattern(line: "build/"))
        #expect(pattern.matches(["x", "build"], isFolder: true))
        #expect(!pattern.matches(["x", "build"], isFolder: false))
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
