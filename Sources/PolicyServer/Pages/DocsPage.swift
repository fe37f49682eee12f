internal import FoundationEssentials
internal import HTTPTypes

/// The page on which the API is read and tried: Swagger UI, with a style and a start of our own.
///
/// Swagger UI is not built into the program: set-up fetches it into a folder. Where it is missing, the page says so.
struct DocsPage: Sendable {
    let index: PageFile
    /// The parts by their names.
    let parts: [String: PageFile]

    /// Takes Swagger UI's files from a folder, where it holds them.
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
        let isThere = fetched.count == Self.fetchedTypes.count
        index = PageFile(
            isThere ? PackageResources.docs_html : PackageResources.docs_missing_html,
            PageFile.html,
            policy: Self.policy
        )
        parts = own.merging(fetched) { own, _ in own }
    }

    /// What the package holds that the page needs.
    private static let fetchedTypes = ["swagger-ui.css": PageFile.css, "swagger-ui-bundle.js": PageFile.javaScript]

    /// What the page may do.
    ///
    /// It makes markup by itself, so that Trusted Types would stop it; all else is as strict as for the chat page.
    private static let policy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "img-src 'self' data:",
        "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
    ].joined(separator: "; ")

    var name: Parameter {
        .path("name", .choice(parts.keys.sorted()), "The part's name.", example: "docs.css")
    }

    var showingPart: Operation {
        Operation(
            method: .get,
            path: "/docs/{name}",
            id: "docs-part",
            tag: .page,
            summary: "Show a part of that page",
            access: .anyone,
            parameters: [name, .knownTags],
            replies: [.part(ofAnyOf: parts.values.map(\.contentType)), .unchanged],
            problems: [ProblemKind(.notFound)]
        )
    }
}

extension Reply {
    /// A part of a page.
    static func part(ofAnyOf mediaTypes: [String]) -> Reply {
        Reply(
            status: .ok,
            summary: "The part.",
            contents: Set(mediaTypes).sorted().map { Content(mediaType: $0, schema: .string) },
            headers: [.entityTag]
        )
    }
}
