import Foundation
import Testing

@testable import PolicyServer

@Suite struct PageFilesTests {
    private let page = Page()
    private let index = String(decoding: Page().index.bytes, as: UTF8.self)

    @Test func pageReferencesEveryFileByTheVersion() {
        for name in page.files.keys { #expect(index.contains("page/\(page.version)/\(name)"), "\(name)") }
        #expect(!index.contains("{version}"))
    }

    @Test func everyImportedFileExists() {
        for (name, file) in page.files where name.hasSuffix(".js") {
            let source = String(decoding: file.bytes, as: UTF8.self)
            for match in source.matches(of: /from '\.\/([^']+)'/) {
                #expect(page.files[String(match.1)] != nil, "\(name) imports \(match.1)")
            }
        }
    }

    @Test func noScriptCreatesMarkupOrEvaluatesText() {
        for (name, file) in page.files where name.hasSuffix(".js") {
            let source = String(decoding: file.bytes, as: UTF8.self)
            for word in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"] {
                #expect(!source.contains(word), "\(name) uses \(word)")
            }
        }
        #expect(!index.contains(/\son\w+=|style=|<style/))
    }

    @Test func everyLanguageHasEveryText() throws {
        let source = String(decoding: try #require(page.files["texts.js"]).bytes, as: UTF8.self)
        let languages = source.split(separator: /\n  [a-z]{2}: \{\n/).dropFirst().map { part in
            Set(part.matches(of: /\n?    (\w+): '/).map { String($0.1) })
        }
        let first = try #require(languages.first)
        #expect(languages.count > 1 && !first.isEmpty)
        for language in languages { #expect(language == first) }
    }
}
