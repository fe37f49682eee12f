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
    fileprivate let document: OpaquePointer
    /// The nodes that were taken out, whose memory has the texts of nodes that were moved out of them.
    fileprivate var detached: [OpaquePointer] = unsafe []

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
    fileprivate func makeNode(_ type: cmark_node_type) -> MarkdownNode {
        guard let node = unsafe cmark_node_new(type) else { preconditionFailure("cmark makes no node of the type.") }
        return unsafe MarkdownNode(node, of: self)
    }
}

/// A node of a Markdown tree, usable until it is removed.
@safe public struct MarkdownNode: Hashable {
    private let pointer: OpaquePointer
    /// Keeps the nodes alive.
    private let tree: MarkdownTree

    /// What a node stands for.
    public enum Kind: Hashable, Sendable {
        case text, softBreak, code, htmlInline, image, footnoteReference, footnoteDefinition
        case list, item, paragraph, heading, codeBlock, htmlBlock
        /// Anything else.
        case other
    }

    fileprivate init(_ pointer: OpaquePointer, of tree: MarkdownTree) {
        unsafe self.pointer = pointer
        self.tree = tree
    }

    /// Whether two values are the same node.
    public static func == (one: MarkdownNode, other: MarkdownNode) -> Bool {
        unsafe one.pointer == other.pointer
    }

    /// Hashes the node's identity.
    public func hash(into hasher: inout Hasher) {
        unsafe hasher.combine(pointer)
    }

    /// What the node stands for.
    public var kind: Kind {
        switch unsafe cmark_node_get_type(pointer) {
        case CMARK_NODE_TEXT: .text
        case CMARK_NODE_SOFTBREAK: .softBreak
        case CMARK_NODE_CODE: .code
        case CMARK_NODE_HTML_INLINE: .htmlInline
        case CMARK_NODE_IMAGE: .image
        case CMARK_NODE_FOOTNOTE_REFERENCE: .footnoteReference
        case CMARK_NODE_FOOTNOTE_DEFINITION: .footnoteDefinition
        case CMARK_NODE_LIST: .list
        case CMARK_NODE_ITEM: .item
        case CMARK_NODE_PARAGRAPH: .paragraph
        case CMARK_NODE_HEADING: .heading
        case CMARK_NODE_CODE_BLOCK: .codeBlock
        case CMARK_NODE_HTML_BLOCK: .htmlBlock
        default: .other
        }
    }

    /// The text of a node of text, code or HTML; the number of a footnote's reference.
    public var literal: String {
        get { unsafe cmark_node_get_literal(pointer).map { unsafe String(cString: $0) } ?? "" }
        nonmutating set { unsafe cmark_node_set_literal(pointer, newValue) }
    }

    /// The number of a list's first item; nil for a list without numbers.
    public var firstNumber: Int? {
        guard unsafe cmark_node_get_list_type(pointer) == CMARK_ORDERED_LIST else { return nil }
        return unsafe Int(cmark_node_get_list_start(pointer))
    }

    /// The line and the column, in bytes, at which a block starts; both count from 1.
    public var start: (line: Int, column: Int) {
        unsafe (Int(cmark_node_get_start_line(pointer)), Int(cmark_node_get_start_column(pointer)))
    }

    /// The parent.
    public var parent: MarkdownNode? { unsafe node(cmark_node_parent(pointer)) }
    /// The next sibling.
    public var next: MarkdownNode? { unsafe node(cmark_node_next(pointer)) }
    /// The previous sibling.
    public var previous: MarkdownNode? { unsafe node(cmark_node_previous(pointer)) }
    /// The first child.
    public var firstChild: MarkdownNode? { unsafe node(cmark_node_first_child(pointer)) }

    /// The children in their order.
    public var children: [MarkdownNode] {
        var children: [MarkdownNode] = []
        var child = firstChild
        while let node = child {
            children.append(node)
            child = node.next
        }
        return children
    }

    /// The nodes below this one, in the order of the text.
    public var descendants: [MarkdownNode] {
        var found: [MarkdownNode] = []
        var current = firstChild
        while let node = current {
            found.append(node)
            var following = node.firstChild ?? node.next
            var ancestor = node.parent
            while following == nil, let outer = ancestor, outer != self {
                following = outer.next
                ancestor = outer.parent
            }
            current = following
        }
        return found
    }

    /// Removes an inline node with its children.
    public func remove() {
        unsafe cmark_node_free(pointer)
    }

    /// Removes a block; nodes that were moved out of it remain valid.
    public func detach() {
        unsafe cmark_node_unlink(pointer)
        unsafe tree.detached.append(pointer)
    }

    /// Removes the node; its children take its place.
    public func replaceWithChildren() {
        while let child = firstChild, unsafe cmark_node_insert_before(pointer, child.pointer) == 1 {}
        remove()
    }

    /// Inserts a text before the first child.
    public func prepend(text: String) {
        let node = tree.makeNode(CMARK_NODE_TEXT)
        node.literal = text
        if unsafe cmark_node_prepend_child(pointer, node.pointer) == 0 { node.remove() }
    }

    /// Replaces an inline node with an HTML element.
    ///
    /// - Parameters:
    ///   - name: The name of the element.
    ///   - content: The nodes that are moved into it.
    public func replace(withElement name: String, containing content: [MarkdownNode]) {
        insertHTML("<\(name)>")
        for node in content { unsafe cmark_node_insert_before(pointer, node.pointer) }
        insertHTML("</\(name)>")
        remove()
    }

    /// Inserts HTML before the node.
    private func insertHTML(_ html: String) {
        let node = tree.makeNode(CMARK_NODE_HTML_INLINE)
        node.literal = html
        if unsafe cmark_node_insert_before(pointer, node.pointer) == 0 { node.remove() }
    }

    private func node(_ pointer: OpaquePointer?) -> MarkdownNode? {
        unsafe pointer.map { unsafe MarkdownNode($0, of: tree) }
    }
}
