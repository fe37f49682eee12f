/// A limit of what a page may hold, where the time of its parsing grows with the square.
public enum MarkupLimit: Hashable, Sendable {
    /// The attributes of a tag.
    case attributes
    /// The comparisons of end tags that end no element with the names of the open elements.
    case comparisons

    /// The maximum number.
    public var maximum: Int {
        switch self {
        case .attributes: 1_000
        case .comparisons: 100_000_000
        }
    }
}
