internal import HTTPTypes
internal import Hummingbird
internal import PolicyAssistant

/// `GET /openapi.json`: the description of the API; `GET /docs`: a page on which to read it and to try the routes.
struct DescriptionRoutes: Sendable {
    private let document: PageFile
    private let page: DocsPage

    /// Describes the operations, and the routes of this description with them.
    init(of operations: [Operation], settings: Settings, version: String) {
        page = DocsPage(swaggerUIIn: settings.docsDirectory)
        document = PageFile(
            OpenAPIDocument(
                operations: operations + [Self.describing, Self.showing, page.showingPart],
                authentication: settings.authentication,
                // A relative URL goes out from the description's own.
                server: settings.publicURL?.description ?? ".",
                programVersion: version
            ).json.text,
            "application/json"
        )
    }

    /// The description, as it is served.
    var text: [UInt8] { document.bytes }

    var routes: [Route] {
        [Route(Self.describing, describe), Route(Self.showing, show), Route(page.showingPart, showPart)]
    }

    @Sendable private func describe(_ request: Request, _ context: APIContext) async throws -> Response {
        document.response(to: request, cacheControl: "no-cache")
    }

    @Sendable private func show(_ request: Request, _ context: APIContext) async throws -> Response {
        // The router takes both paths for one; the page's links, which are relative, lead on from only one of them.
        guard !request.uri.path.hasSuffix("/") else {
            return Response(status: .permanentRedirect, headers: [.location: "../docs", .cacheControl: "no-cache"])
        }
        return page.index.response(to: request, cacheControl: "no-cache")
    }

    @Sendable private func showPart(_ request: Request, _ context: APIContext) async throws -> Response {
        guard let part = page.parts[try context.value(of: page.name)] else { throw Problem.notFound }
        return part.response(to: request, cacheControl: "no-cache")
    }

    private static let describing = Operation(
        method: .get,
        path: "/openapi.json",
        id: "description",
        tag: .page,
        summary: "Describe the API",
        details: "This document, in the words of OpenAPI 3.1.",
        access: .anyone,
        parameters: [.knownTags],
        replies: [
            Reply(
                status: .ok,
                summary: "The document.",
                contents: [
                    Content(
                        mediaType: "application/json",
                        schema: .object(.required("openapi", .choice([OpenAPIDocument.version]), "OpenAPI's version."))
                    )
                ],
                headers: [.entityTag]
            ),
            .unchanged,
        ]
    )

    private static let showing = Operation(
        method: .get,
        path: "/docs",
        id: "docs",
        tag: .page,
        summary: "Show the page on which to try the routes",
        access: .anyone,
        parameters: [.knownTags],
        replies: [.text([PageFile.html], "The page.", headers: [.entityTag]), .unchanged]
    )
}
