/// The order of a list, by time of creation.
public enum ListOrder: String, Sendable {
    /// Oldest first.
    case ascending = "asc"
    /// Newest first; what the API does if not told.
    case descending = "desc"
}
