internal import CXML2

/// Parses web pages with libxml2.
///
/// The parser tolerates errors: it adds the tags that a page leaves out, so that every element ends, and in the reverse
/// order of the starts. It reads no other file and uses no network. Elements may be nested without a limit; what would
/// take a time that grows with the square of the page's size is limited by ``MarkupLimit``.
///
/// ```swift
/// import Markup
///
/// var text = ""
/// HTMLParser.parse("<p>64&nbsp;&euro;<br>a day") { token in
///     if case .text(let run) = token { text += run }
/// }
/// print(text)
/// ```
public enum HTMLParser {
    /// Parses a page.
    ///
    /// - Parameters:
    ///   - page: The page; an encoding that it declares is ignored.
    ///   - body: Receives each token. Names of elements and attributes are in lower case, and an attribute without a
    ///     value has an empty one. After an error, which ends the parsing, it is not called again.
    /// - Returns: The limit that the page exceeds, where the parsing has ended; nil for a page that was parsed to its end.
    /// - Throws: The error that `body` throws.
    @discardableResult public static func parse<Failure: Error>(
        _ page: String,
        _ body: (MarkupToken) throws(Failure) -> Void
    ) throws(Failure) -> MarkupLimit? {
        var failure: Failure?
        let limit = withoutActuallyEscaping(
            { token in
                do throws(Failure) {
                    try body(token)
                    return true
                } catch {
                    failure = error
                    return false
                }
            },
            do: { (receive: @escaping (MarkupToken) -> Bool) in parse(page, sendingTo: TokenReceiver(receive)) }
        )
        if let failure { throw failure }
        return limit
    }

    /// Prepares the library, which is necessary before several threads use it.
    private static let isPrepared: Void = xmlInitParser()

    private static func parse(_ page: String, sendingTo receiver: TokenReceiver) -> MarkupLimit? {
        isPrepared
        // The parser takes a zero byte for the end.
        var page = page.utf8.contains(0) ? page.replacing("\0", with: " ") : page
        guard let context = unsafe htmlNewParserCtxt() else { return nil }
        defer { unsafe htmlFreeParserCtxt(context) }
        unsafe receiver.attach(to: context)
        let options = HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NONET.rawValue | HTML_PARSE_IGNORE_ENC.rawValue
        let endsInTag = page.withUTF8 { bytes in
            let input = unsafe PageInput(UnsafeRawBufferPointer(bytes))
            unsafe input.parse(with: context, options: CInt(options))
            return input.endsInTag
        }
        receiver.finish()
        receiver.detach()
        return endsInTag ? .attributes : receiver.exceededLimit
    }
}
