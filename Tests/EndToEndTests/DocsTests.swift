import HTTPTypes
import TestSupport
import Testing

/// The page on which to try the API.
@Suite struct DocsTests {
    @Test(.needsBrowser, .needsDocsUI) func everyRouteCanBeTried() async throws {
        var settings = ["DOCS_UI_DIR": APITools.docsUI ?? ""]
        settings["WHISPER_MODEL_DIR"] = Browser.whisper
        try await withInstallation(documents: Documents.all, settings: settings) { installation, _ in
            let result = try await installation.browse("tries_the_api")
            #expect(result.status == 0, "\(result.output)")
        }
    }

    @Test(.needsBrowser, .needsDocsUI, .needsAxe) func followsTheAccessibilityGuidelines() async throws {
        let settings = ["DOCS_UI_DIR": APITools.docsUI ?? ""]
        try await withInstallation(settings: settings) { installation, _ in
            let result = try await installation.browse("docs_follow_wcag")
            #expect(result.status == 0, "\(result.output)")
        }
    }

    @Test func withoutSwaggerUIExplainsTheSetup() async throws {
        try await withInstallation(documents: Documents.all) { installation, _ in
            try await installation.servingHere { api in
                let page = try await api.send(.get, "/docs")
                #expect(page.status == 200)
                #expect(String(decoding: page.body, as: UTF8.self).contains("scripts/fetch-docs-ui"))
                #expect(try await api.send(.get, "/docs/docs.css").status == 200)
                #expect(try await api.send(.get, "/docs/swagger-ui.css").status == 404)
            }
        }
    }

    @Test func trailingSlashRedirectsToThePage() async throws {
        try await withInstallation { installation, _ in
            try await installation.serving { api in
                let reply = try await api.send(.get, "/docs/")
                #expect(reply.status == 308)
                #expect(reply.headers[.location] == "../docs", "relative, so that it holds below any path")
            }
        }
    }

    @Test(.needsBrowser, .needsDocsUI) func worksBelowAPathOfAProxy() async throws {
        let settings = ["DOCS_UI_DIR": APITools.docsUI ?? ""]
        try await withInstallation(documents: Documents.all, settings: settings) { installation, _ in
            let result = try await installation.browse("works_below_a_path")
            #expect(result.status == 0, "\(result.output)")
        }
    }

    @Test(.needsDocsUI) func runsOnlyTheServersScripts() async throws {
        let settings = ["DOCS_UI_DIR": APITools.docsUI ?? ""]
        try await withInstallation(documents: Documents.all, settings: settings) { installation, _ in
            try await installation.servingHere { api in
                let page = try await api.send(.get, "/docs")
                let policy = page.headers[.contentSecurityPolicy] ?? ""
                #expect(policy.contains("default-src 'none'; script-src 'self'; style-src 'self'"))
                #expect(!policy.contains("unsafe") && !policy.contains("http"))
                let html = String(decoding: page.body, as: UTF8.self)
                #expect(!html.contains(/<script>|<style|style=|\son\w+=|\/\/[a-z]/))
                for match in html.matches(of: /(?:src|href)="(docs\/[^"]+)"/) {
                    #expect(try await api.send(.get, "/\(match.1)").status == 200)
                }
            }
        }
    }
}
