internal import CXML2

/// The bytes of a page, which a parser requests in parts.
///
/// The parser has no callback within a tag, so that the input ends where a tag has too many attributes.
@safe final class PageInput {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0
    private var context: htmlParserCtxtPtr?
    /// Whether the page ended early, in a tag with too many attributes.
    private(set) var endsInTag = false

    /// Creates the input of a parser.
    ///
    /// - Parameter bytes: The page, which has to live until the parsing ends.
    init(_ bytes: UnsafeRawBufferPointer) {
        unsafe self.bytes = unsafe bytes
    }

    /// Parses the page.
    func parse(with context: htmlParserCtxtPtr, options: CInt) {
        unsafe self.context = unsafe context
        _ = unsafe htmlCtxtReadIO(
            context,
            { input, buffer, count in
                guard let input = unsafe input, let buffer = unsafe buffer else { return 0 }
                let source = unsafe Unmanaged<PageInput>.fromOpaque(input).takeUnretainedValue()
                return unsafe source.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: Int(count)))
            },
            nil,
            Unmanaged.passUnretained(self).toOpaque(),
            nil,
            "UTF-8",
            options
        )
        unsafe self.context = nil
    }

    private func read(into buffer: UnsafeMutableRawBufferPointer) -> CInt {
        // The parser's list of the attributes of a tag has two places for each.
        if let context = unsafe context, unsafe Int(context.pointee.maxatts) > 4 * MarkupLimit.attributes.maximum {
            endsInTag = true
        }
        guard !endsInTag else { return 0 }
        let part = unsafe UnsafeRawBufferPointer(rebasing: bytes[position...].prefix(buffer.count))
        unsafe buffer.copyMemory(from: part)
        position += part.count
        return CInt(part.count)
    }
}
