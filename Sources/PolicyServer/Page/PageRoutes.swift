internal import HTTPTypes
internal import Hummingbird

/// `GET /`: the chat page; `GET /page/{version}/{name}`: its parts.
///
/// The page is asked for anew each time, and names its parts by their version, so that a browser keeps these for good
/// and still never mixes two versions.
struct PageRoutes: Sendable {
    private let page = Page()

    func add(to router: Router<APIContext>) {
        router.route("", [.get: index])
        router.route("page/:version/:name", [.get: part])
    }

    @Sendable private func index(_ request: Request, _ context: APIContext) async throws -> Response {
        page.index.response(to: request, cacheControl: "no-cache")
    }

    @Sendable private func part(_ request: Request, _ context: APIContext) async throws -> Response {
        guard let part = page.parts[try context.pathParameter("name")] else { throw Problem.notFound }
        // A page of another version is there for as long as replicas of two versions serve it.
        let isCurrent = try context.pathParameter("version") == page.version
        return part.response(to: request, cacheControl: isCurrent ? "public, max-age=31536000, immutable" : "no-cache")
    }
}
