internal import FoundationEssentials
internal import HTTPTypes

/// The page to read and try the API: Swagger UI, with a style sheet and a start script of this project.
///
/// Swagger UI is not part of the program: `scripts/fetch-docs-ui` downloads it into a folder. Without it, the page says
/// how to set it up.
struct DocsPage: Sendable {
    let index: PageFile
    /// The files of the page, by name.
    let files: [String: PageFile]

    /// Creates the page, and reads Swagger UI's files from a folder.
    init(swaggerUIIn folder: String) {
        let own = [
            "docs.css": PageFile(PackageResources.docs_css, PageFile.css),
            "docs.js": PageFile(PackageResources.docs_js, PageFile.javaScript),
            "icon.svg": PageFile(PackageResources.icon_svg, PageFile.svg),
        ]
        var fetched: [String: PageFile] = [:]
        for (name, type) in Self.fetchedTypes {
            guard let content = try? Data(contentsOf: URL(filePath: folder).appending(path: name)) else { continue }
            fetched[name] = PageFile(Array(content), type)
        }
        let isComplete = fetched.count == Self.fetchedTypes.count
        let missing = String(decoding: PackageResources.docs_missing_html, as: UTF8.self)
        let html = String(decoding: PackageResources.docs_html, as: UTF8.self)
            .replacing("{head}", with: isComplete ? Self.swaggerUI.head : "")
            .replacing("{main}", with: isComplete ? Self.swaggerUI.main : missing)
        index = PageFile(Array(html.utf8), PageFile.html, policy: Self.policy, permissions: .noPermissions)
        files = own.merging(fetched) { own, _ in own }
    }

    /// The files of Swagger UI that the page needs, with their types.
    private static let fetchedTypes = ["swagger-ui.css": PageFile.css, "swagger-ui-bundle.js": PageFile.javaScript]

    /// The parts of the HTML document that show Swagger UI.
    private static let swaggerUI = (
        head: """
        <link rel="stylesheet" href="docs/swagger-ui.css">
          <script src="docs/swagger-ui-bundle.js" defer></script>
          <script type="module" src="docs/docs.js"></script>
        """,
        main: """
        <div id="docs"></div>
          <noscript><p class="docs-note">This page needs JavaScript; openapi.json does not.</p></noscript>
        """
    )

    /// The page's Content-Security-Policy: as strict as the chat page's, but without Trusted Types, since Swagger UI
    /// creates markup.
    private static let policy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "img-src 'self' data:",
        "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
    ].joined(separator: "; ")

    var name: Parameter {
        .path("name", .choice(files.keys.sorted()), "The file's name.", example: "docs.css")
    }

    var showingFile: Operation {
        Operation(
            method: .get,
            path: "/docs/{name}",
            id: "docs-part",
            tag: .page,
            summary: "Get a file of the page to try the API",
            access: .anyone,
            parameters: [name, .ifNoneMatch],
            replies: [.file(ofTypes: files.values.map(\.contentType)), .notModified],
            problems: [ProblemKind(.notFound)]
        )
    }
}

extension Reply {
    /// A file of a page.
    static func file(ofTypes mediaTypes: [String]) -> Reply {
        Reply(
            status: .ok,
            summary: "The file.",
            contents: Set(mediaTypes).sorted().map { Content(mediaType: $0, schema: .string) },
            headers: [.entityTag]
        )
    }
}
