internal import HTTPTypes
internal import Hummingbird

/// `GET /`: the chat page; `GET /page/{version}/{name}`: its files.
///
/// Browsers revalidate the page each time. It references its files by their version, so browsers cache these
/// permanently and never mix two versions.
struct PageRoutes: Sendable {
    private let page = Page()

    var routes: [Route] {
        [
            Route(Self.showing, index),
            Route(showingFile, file),
        ]
    }

    @Sendable private func index(_ request: Request, _ context: APIContext) async throws -> Response {
        page.index.response(to: request, cacheControl: "no-cache")
    }

    @Sendable private func file(_ request: Request, _ context: APIContext) async throws -> Response {
        guard let file = page.files[try context.value(of: name)] else { throw Problem.notFound }
        // While replicas of two versions are running, a page may request its files from the other version.
        let isCurrent = try context.value(of: version) == page.version
        return file.response(to: request, cacheControl: isCurrent ? "public, max-age=31536000, immutable" : "no-cache")
    }

    private static let showing = Operation(
        method: .get,
        path: "/",
        id: "page",
        tag: .page,
        summary: "Show the chat page",
        access: .anyone,
        parameters: [.ifNoneMatch],
        replies: [.text([PageFile.html], "The page.", headers: [.entityTag]), .notModified]
    )

    private var version: Parameter {
        .path(
            "version",
            .string,
            "The version of the page; any other version gets the current files.",
            example: .of(page.version)
        )
    }

    private var name: Parameter {
        .path("name", .choice(page.files.keys.sorted()), "The file's name.", example: "main.js")
    }

    private var showingFile: Operation {
        Operation(
            method: .get,
            path: "/page/{version}/{name}",
            id: "page-part",
            tag: .page,
            summary: "Get a file of the chat page",
            access: .anyone,
            parameters: [version, name, .ifNoneMatch],
            replies: [.file(ofTypes: page.files.values.map(\.contentType)), .notModified],
            problems: [ProblemKind(.notFound)]
        )
    }
}
