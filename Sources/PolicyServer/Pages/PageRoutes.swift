internal import HTTPTypes
internal import Hummingbird

/// `GET /`: the chat page; `GET /page/{version}/{name}`: its parts.
///
/// The page is asked for anew each time, and names its parts by their version, so that a browser keeps these for good
/// and still never mixes two versions.
struct PageRoutes: Sendable {
    private let page = Page()

    var routes: [Route] {
        [
            Route(Self.showing, index),
            Route(showingPart, part),
        ]
    }

    @Sendable private func index(_ request: Request, _ context: APIContext) async throws -> Response {
        page.index.response(to: request, cacheControl: "no-cache")
    }

    @Sendable private func part(_ request: Request, _ context: APIContext) async throws -> Response {
        guard let part = page.parts[try context.value(of: name)] else { throw Problem.notFound }
        // A page of another version is there for as long as replicas of two versions serve it.
        let isCurrent = try context.value(of: version) == page.version
        return part.response(to: request, cacheControl: isCurrent ? "public, max-age=31536000, immutable" : "no-cache")
    }

    private static let showing = Operation(
        method: .get,
        path: "/",
        id: "page",
        tag: .page,
        summary: "Show the chat page",
        access: .anyone,
        parameters: [.knownTags],
        replies: [.text([PageFile.html], "The page.", headers: [.entityTag]), .unchanged]
    )

    private var version: Parameter {
        .path(
            "version",
            .string,
            "The version of the page; another than the server's is answered too.",
            example: .of(page.version)
        )
    }

    private var name: Parameter {
        .path("name", .choice(page.parts.keys.sorted()), "The part's name.", example: "main.js")
    }

    private var showingPart: Operation {
        Operation(
            method: .get,
            path: "/page/{version}/{name}",
            id: "page-part",
            tag: .page,
            summary: "Show a part of the chat page",
            access: .anyone,
            parameters: [version, name, .knownTags],
            replies: [.part(ofAnyOf: page.parts.values.map(\.contentType)), .unchanged],
            problems: [ProblemKind(.notFound)]
        )
    }
}
