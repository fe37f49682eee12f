internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import PolicyAssistant

/// `GET /media/{token}`: the images of answers by text message, which their provider fetches.
struct MediaRoutes: Sendable {
    let channel: SMSChannel

    var routes: [Route] { [Route(Self.showing, show)] }

    @Sendable private func show(_ request: Request, _ context: APIContext) async throws -> Response {
        guard let bytes = try await channel.image(context.value(of: Self.token)) else { throw Problem.notFound }
        return Response(
            status: .ok,
            headers: [
                .contentType: Self.jpeg, .contentDisposition: "inline; filename=image.jpg",
                .cacheControl: "private, max-age=3600",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }

    private static let jpeg = "image/jpeg"

    private static let token = Parameter.path(
        "token",
        .string(pattern: "^[0-9a-f]{32}$"),
        "The token of the image, which nobody can guess.",
        example: "0f7c2d1e9b8a4c3d2e1f0a9b8c7d6e5f"
    )

    private static let showing = Operation(
        method: .get,
        path: "/media/{token}",
        id: "media",
        tag: .channels,
        summary: "Get an image of a text message",
        details: "The link expires after a day.",
        access: .anyone,
        parameters: [token],
        replies: [.text([jpeg], "The image.")],
        problems: [ProblemKind(.notFound), .storeUnavailable]
    )
}
