internal import CXML2

/// Receives the events of libxml2's parser, and sends them on as tokens.
@safe final class TokenReceiver {
    private let send: (MarkupToken) -> Bool
    /// The text since the last tag.
    private var text: [UInt8] = []
    private var isStopped = false
    private var context: htmlParserCtxtPtr?
    /// How often the parser has compared the name of an end tag that ends no element with that of an open element.
    private var comparisons = 0
    /// The limit that the page exceeds.
    private(set) var exceededLimit: MarkupLimit?

    /// Creates a receiver.
    ///
    /// - Parameter send: Takes each token; the parsing ends when it returns false.
    init(_ send: @escaping (MarkupToken) -> Bool) {
        self.send = send
    }

    /// Lets a parser send its events to the receiver, which has to live until ``detach()``.
    func attach(to context: htmlParserCtxtPtr) {
        unsafe self.context = unsafe context
        unsafe context.pointee.userData = Unmanaged.passUnretained(self).toOpaque()
        guard let handler = unsafe context.pointee.sax else { return }
        unsafe handler.pointee = xmlSAXHandler()
        unsafe handler.pointee.initialized = UInt32(XML_SAX2_MAGIC)
        unsafe handler.pointee.startElement = { receiver, name, attributes in
            guard let name = unsafe name else { return }
            unsafe TokenReceiver.at(receiver).start(name, attributes)
        }
        unsafe handler.pointee.endElement = { receiver, name in
            guard let name = unsafe name else { return }
            let token = unsafe MarkupToken.end(name: String(cString: name))
            unsafe TokenReceiver.at(receiver).receive(token)
        }
        let characters: charactersSAXFunc = { receiver, start, count in
            let bytes = unsafe UnsafeBufferPointer(start: start, count: Int(count))
            unsafe TokenReceiver.at(receiver).text.append(contentsOf: bytes)
        }
        unsafe handler.pointee.characters = characters
        unsafe handler.pointee.ignorableWhitespace = characters
        unsafe handler.pointee.cdataBlock = characters
        unsafe handler.pointee.serror = { receiver, error in
            guard let error = unsafe error, unsafe error.pointee.code == XML_ERR_TAG_NAME_MISMATCH.rawValue,
                let name = unsafe error.pointee.str1
            else { return }
            let hasOpenElement = unsafe error.pointee.str2 != nil
            unsafe TokenReceiver.at(receiver).mismatch(name, hasOpenElement: hasOpenElement)
        }
    }

    /// Ends the connection to a parser.
    func detach() {
        unsafe context?.pointee.userData = nil
        unsafe context = nil
    }

    /// Sends the text after the last tag.
    func finish() {
        sendText()
    }

    private static func at(_ pointer: UnsafeMutableRawPointer?) -> TokenReceiver {
        guard let pointer = unsafe pointer else { preconditionFailure("An event has no receiver.") }
        return unsafe Unmanaged<TokenReceiver>.fromOpaque(pointer).takeUnretainedValue()
    }

    private func start(
        _ name: UnsafePointer<xmlChar>,
        _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    ) {
        var found: [String: String] = [:]
        if let attributes = unsafe attributes {
            var index = 0
            while let name = unsafe attributes[index] {
                guard index / 2 < MarkupLimit.attributes.maximum else { return stop(at: .attributes) }
                let value = unsafe attributes[index + 1].map { unsafe String(cString: $0) }
                unsafe found[String(cString: name)] = value ?? ""
                index += 2
            }
        }
        receive(.start(name: unsafe String(cString: name), attributes: found))
    }

    /// Receives an end tag that ends no element: its own is not open, or elements in its own are.
    private func mismatch(_ name: UnsafePointer<CChar>, hasOpenElement: Bool) {
        comparisons += unsafe Int(context?.pointee.nameNr ?? 0)
        guard comparisons <= MarkupLimit.comparisons.maximum else { return stop(at: .comparisons) }
        if hasOpenElement { receive(.strayEnd(name: unsafe String(cString: name))) }
    }

    private func receive(_ token: MarkupToken) {
        sendText()
        guard !isStopped else { return }
        if !send(token) { stop() }
    }

    private func stop(at limit: MarkupLimit? = nil) {
        if exceededLimit == nil { exceededLimit = limit }
        isStopped = true
        unsafe xmlStopParser(context)
    }

    private func sendText() {
        guard !text.isEmpty, !isStopped else { return }
        if !send(.text(Self.withoutDeclarations(String(decoding: text, as: UTF8.self)))) { stop() }
        text.removeAll(keepingCapacity: text.count < 1 << 16)
    }

    /// The text without declarations such as `<![if !supportLists]>` in Word's pages, which the parser takes for text.
    private static func withoutDeclarations(_ text: String) -> String {
        guard text.contains("<![") else { return text }
        var rest = text.replacing("<![CDATA[", with: "").replacing("]]>", with: "")[...]
        var kept = ""
        while let start = rest.firstRange(of: "<!["), let end = rest[start.upperBound...].firstIndex(of: ">") {
            kept += rest[..<start.lowerBound]
            rest = rest[rest.index(after: end)...]
        }
        return kept + rest
    }
}
