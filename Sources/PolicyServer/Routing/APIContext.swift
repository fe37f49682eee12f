internal import HTTPConnections
internal import HTTPTypes
internal import Hummingbird
internal import IPAddresses
internal import Logging
internal import NIOCore

/// The context of a request: its ID, its caller and its connection.
struct APIContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The ID that the response and every log line of the request carry.
    private(set) var requestID: String
    /// The request's caller.
    var identity = Identity.unknown
    private let channel: any Channel

    /// The metadata key of the ID that Hummingbird assigns.
    private static let foreignID = "hb.request.id"
    /// The metadata key of the request's ID.
    private static let loggedID = "request_id"

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
        // A request has one ID: unless the client sends one, it is the ID that Hummingbird assigned.
        requestID = source.logger[metadataKey: Self.foreignID]?.description ?? RequestID().description
        logger[metadataKey: Self.foreignID] = nil
        logger[metadataKey: Self.loggedID] = .string(requestID)
    }

    /// Takes the ID that the client gave the request.
    mutating func take(_ requestID: String) {
        self.requestID = requestID
        logger[metadataKey: Self.loggedID] = .string(requestID)
    }

    /// Runs tasks on the event loop of the connection.
    var executor: any TaskExecutor { EventLoopExecutor(channel.eventLoop) }

    /// The IP address of the other end of the connection.
    var peer: String? { channel.remoteAddress?.ipAddress }

    /// The IP address at which the connection arrived.
    var localAddress: IPAddress? { channel.localAddress?.ipAddress.flatMap { IPAddress($0) } }

    /// Sends `100 Continue` if the client waits for it before it sends the body.
    func sendContinue(to request: Request) {
        if request.headers[.expect] != nil { channel.triggerUserOutboundEvent(ContinueResponse(), promise: nil) }
    }

    /// Returns a parameter of the path, percent-decoded.
    ///
    /// - Throws: ``Problem/notFound`` if it is missing or not percent-encoded UTF-8.
    func value(of parameter: Parameter) throws -> String {
        guard let text = parameters.get(parameter.name), let value = String(percentDecoding: text) else {
            throw Problem.notFound
        }
        return value
    }
}

extension String {
    /// Decodes percent-encoded UTF-8, byte for byte; Foundation's decoder would remove a leading byte-order mark.
    ///
    /// It is nil if a percent sign is not followed by two hexadecimal digits, or if the bytes are not UTF-8.
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
    /// The value of a hexadecimal digit in ASCII.
    fileprivate var hexadecimalDigit: UInt8? { Character(UnicodeScalar(self)).hexDigitValue.map(UInt8.init) }
}
