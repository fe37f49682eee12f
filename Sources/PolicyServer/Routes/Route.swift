internal import HTTPTypes
internal import Hummingbird

/// A route: what it is for, takes and answers, and what does it.
///
/// The router is made of routes, and the API's description of their operations, so that it tells what is served.
struct Route: Sendable {
    typealias Handler = @Sendable (Request, APIContext) async throws -> Response

    let operation: Operation
    private let handler: Handler

    init(_ operation: Operation, _ handler: @escaping Handler) {
        self.operation = operation
        self.handler = handler
    }

    @Sendable fileprivate func answer(_ request: Request, _ context: APIContext) async throws -> Response {
        if operation.access == .administrator { try context.identity.requireAdmin() }
        return try await handler(request, context)
    }
}

extension Router where Context == APIContext {
    /// Serves routes; whoever comes to one of their paths with another method is told which there are.
    func serve(_ routes: [Route]) {
        for route in routes {
            on(RouterPath(route.operation.path), method: route.operation.method, use: route.answer)
        }
        for (path, routes) in Dictionary(grouping: routes, by: \.operation.path) {
            var allowed = routes.map(\.operation.method)
            // A HEAD is answered wherever a GET is.
            if allowed.contains(.get) { allowed.append(.head) }
            allowed.sort { $0.rawValue < $1.rawValue }
            for method in Self.methods where !allowed.contains(method) {
                on(RouterPath(path), method: method) { [allowed] _, _ -> Response in
                    throw Problem.methodNotAllowed(allowed: allowed)
                }
            }
        }
    }

    /// The methods of the web's standards.
    private static var methods: [HTTPRequest.Method] {
        [.get, .head, .post, .put, .patch, .delete, .options, .trace, .query]
    }
}

extension APIContext {
    /// Returns a parameter of the path, with its percent escapes read.
    func value(of parameter: Parameter) throws -> String {
        guard let text = parameters.get(parameter.name), let value = String(percentDecoding: text) else {
            throw Problem.notFound
        }
        return value
    }
}

extension String {
    /// Reads a text with percent escapes, byte for byte: Foundation takes a byte-order mark at the beginning away.
    ///
    /// It is nil where a percent sign is not followed by two hexadecimal digits, or where the bytes are not UTF-8.
    init?(percentDecoding text: some StringProtocol) {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst()?.hexadecimalDigit, let low = rest.popFirst()?.hexadecimalDigit else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        self.init(validating: bytes, as: UTF8.self)
    }
}

extension UInt8 {
    /// The value of the digit whose ASCII code this is.
    fileprivate var hexadecimalDigit: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
