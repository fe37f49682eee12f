internal import CCMarkGFM
internal import Synchronization

/// The tree of a Markdown text, parsed by cmark-gfm: CommonMark with GitHub's tables, task lists, struck-out text and
/// footnotes.
///
/// ```swift
/// import CommonMark
///
/// let tree = MarkdownTree("**Leave**: 27 days\n")
/// for node in tree.root.descendants where node.kind == .text { print(node.literal) }
/// print(tree.html)
/// ```
@safe public final class MarkdownTree {
    private let document: OpaquePointer
    /// The nodes that were taken out, whose memory has the texts of nodes that were moved out of them.
    var detached: [OpaquePointer] = unsafe []

    /// The extensions of CommonMark.
    private static let extensions = ["table", "strikethrough", "tasklist"]
    private static let options =
        CMARK_OPT_UNSAFE | CMARK_OPT_FOOTNOTES | CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE | CMARK_OPT_SOURCEPOS

    /// The library's extensions, which change its tables of characters while they parse.
    private static let registration = Mutex(cmark_gfm_core_extensions_ensure_registered())

    /// Parses a text.
    public init(_ text: String) {
        var text = text
        unsafe document = Self.registration.withLock { _ in
            text.withUTF8 { bytes in
                let parser = unsafe cmark_parser_new(Self.options)
                defer { unsafe cmark_parser_free(parser) }
                for name in Self.extensions {
                    unsafe cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(name))
                }
                unsafe bytes.withMemoryRebound(to: CChar.self) { bytes in
                    unsafe cmark_parser_feed(parser, bytes.baseAddress, bytes.count)
                }
                return unsafe cmark_parser_finish(parser)
            }
        }
    }

    deinit {
        unsafe cmark_node_free(document)
        while let node = unsafe detached.popLast() { unsafe cmark_node_free(node) }
    }

    /// The document's node.
    public var root: MarkdownNode { unsafe MarkdownNode(document, of: self) }

    /// The tree as HTML, with the HTML of the text as it is.
    ///
    /// The elements that stand for Markdown have an attribute `data-sourcepos`.
    public var html: String {
        guard let html = unsafe cmark_render_html(document, Self.options, nil) else { return "" }
        defer { unsafe cmark_get_default_mem_allocator().pointee.free(html) }
        return unsafe String(cString: html)
    }

    /// A node apart from the tree, to be inserted.
    func makeNode(_ type: cmark_node_type) -> MarkdownNode {
        guard let node = unsafe cmark_node_new(type) else { preconditionFailure("cmark makes no node of the type.") }
        return unsafe MarkdownNode(node, of: self)
    }
}
