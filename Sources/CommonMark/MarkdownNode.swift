internal import CCMarkGFM

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

    init(_ pointer: OpaquePointer, of tree: MarkdownTree) {
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
