/// A token of markup.
public enum MarkupToken: Hashable, Sendable {
    /// Text between two tags, with all character references replaced.
    case text(String)
    /// The start of an element.
    case start(name: String, attributes: [String: String])
    /// The end of the last element that was started and not ended.
    case end(name: String)
    /// An end tag that ends no element, because elements in its own are still open.
    case strayEnd(name: String)
}
