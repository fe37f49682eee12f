internal import HTTPTypes
internal import Hummingbird
internal import PolicyAssistant

/// `GET /openapi.json`: the OpenAPI document; `GET /docs`: a page to read it and to try the routes.
struct DescriptionRoutes: Sendable {
    /// The OpenAPI document, created for the first request: it would take nearly a third of the program's start.
    private let document: OnDemand<PageFile>
    private let page: DocsPage

    /// Creates the routes, whose own operations are part of the document.
    init(of operations: [Operation], settings: Settings, version: String) {
        let page = DocsPage(swaggerUIIn: settings.docsDirectory)
        self.page = page
        document = OnDemand {
            let document = OpenAPIDocument(
                operations: operations + [Self.describing, Self.showing, page.showingFile],
                authentication: settings.authentication,
                // A relative URL is resolved against the document's own.
                server: settings.publicURL?.description ?? ".",
                programVersion: version
            )
            return PageFile(document.json.text, "application/json")
        }
    }

    /// The OpenAPI document as served.
    var text: [UInt8] { document.value.bytes }

    var routes: [Route] {
        [Route(Self.describing, describe), Route(Self.showing, show), Route(page.showingFile, file)]
    }

    @Sendable private func describe(_ request: Request, _ context: APIContext) async throws -> Response {
        document.value.response(to: request, cacheControl: "no-cache")
    }

    @Sendable private func show(_ request: Request, _ context: APIContext) async throws -> Response {
        // The router ignores a trailing slash, but the page's relative links do not.
        guard !request.uri.path.hasSuffix("/") else {
            return Response(status: .permanentRedirect, headers: [.location: "../docs", .cacheControl: "no-cache"])
        }
        return page.index.response(to: request, cacheControl: "no-cache")
    }

    @Sendable private func file(_ request: Request, _ context: APIContext) async throws -> Response {
        guard let file = page.files[try context.value(of: page.name)] else { throw Problem.notFound }
        return file.response(to: request, cacheControl: "no-cache")
    }

    private static let describing = Operation(
        method: .get,
        path: "/openapi.json",
        id: "description",
        tag: .page,
        summary: "Get the description of the API",
        details: "This OpenAPI 3.1 document.",
        access: .anyone,
        parameters: [.ifNoneMatch],
        replies: [
            Reply(
                status: .ok,
                summary: "The document.",
                contents: [
                    Content(
                        mediaType: "application/json",
                        schema: .object(
                            .required("openapi", .choice([OpenAPIDocument.version]), "The version of OpenAPI.")
                        )
                    )
                ],
                headers: [.entityTag]
            ),
            .notModified,
        ]
    )

    private static let showing = Operation(
        method: .get,
        path: "/docs",
        id: "docs",
        tag: .page,
        summary: "Show the page to try the API",
        access: .anyone,
        parameters: [.ifNoneMatch],
        replies: [.text([PageFile.html], "The page.", headers: [.entityTag]), .notModified]
    )
}
