internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import PolicyAssistant
internal import SMS

/// The webhooks of the provider of text messages, and `POST /channels/sms/codes`, which gives a user a code to text.
struct SMSRoutes: Sendable {
    let channel: SMSChannel

    /// The maximum size of a webhook's body in bytes.
    static let maximumBytes = 64 * 1024

    var routes: [Route] {
        let own = [Route(receiving, receive), Route(reporting, report), Route(Self.coding, code)]
        guard channel.provider.name == "twilio" else { return own }
        return own + [Route(Self.receivingFormerly, receiveFormerly), Route(Self.receivingFormerlyByGet, receive)]
    }

    @Sendable private func receive(_ request: Request, _ context: APIContext) async throws -> Response {
        _ = try await channel.receive(webhook(request, context))
        return acknowledgement
    }

    @Sendable private func report(_ request: Request, _ context: APIContext) async throws -> Response {
        try await channel.receiveReport(webhook(request, context), of: context.value(of: Self.token))
        return Response(status: .noContent)
    }

    /// `POST /sms`, with the responses of the service that this one replaces.
    @Sendable private func receiveFormerly(_ request: Request, _ context: APIContext) async throws -> Response {
        do {
            guard case .message(let id) = try await channel.receive(webhook(request, context)) else {
                return acknowledgement
            }
            return try .json(ReceivedBody(message: "Success! ConversationID: \(id)."))
        } catch WebhookRefusal.incomplete {
            let text = "Invalid Request Content: ReceiveSms -- Required values are missing in the request body."
            return try .json(RefusedBody(error: text), status: .badRequest)
        } catch let error as PolicyAssistantError {
            return try .json(RefusedBody(error: "Unexpected error: \(error.message)"), status: .internalServerError)
        }
    }

    @Sendable private func code(_ request: Request, _ context: APIContext) async throws -> Response {
        var request = request
        let body = try await Self.codeBody.decode(from: &request, context)
        let code = try await channel.numbers.code(for: context.identity.user(claimed: body.userID))
        return try .json(
            CodeBody(
                code: code.text,
                expiresIn: Int(code.lifetime.components.seconds),
                number: channel.number?.value
            ),
            headers: [.cacheControl: "no-store"]
        )
    }

    private var acknowledgement: Response {
        let (contentType, body) = channel.provider.acknowledgement
        return Response(
            status: .ok,
            headers: [.contentType: contentType],
            body: ResponseBody(byteBuffer: ByteBuffer(string: body))
        )
    }

    private func webhook(_ request: Request, _ context: APIContext) async throws -> WebhookRequest {
        var request = request
        let body = try await request.wholeBody(upTo: Self.maximumBytes, context)
        return WebhookRequest(
            method: request.method,
            target: request.head.path ?? "/",
            headers: request.headers,
            body: Array(body.readableBytesView)
        )
    }
}
