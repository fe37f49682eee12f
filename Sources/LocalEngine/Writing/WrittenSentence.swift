/// A sentence, list item or line that a model wrote.
struct WrittenSentence: Sendable, Hashable {
    /// The text, without citation marks and without the mark of a list item.
    var text: String
    /// The numbers of the passages that it cites, in order, each once.
    var cited: [Int] = []
    /// Whether it begins a list item.
    var isItem = false
    /// What separates it from the sentence before.
    var gap = Gap.blank

    /// What separates two sentences; a later one is wider.
    enum Gap: Int, Sendable, Comparable {
        case none, blank, line, paragraph

        static func < (left: Gap, right: Gap) -> Bool { left.rawValue < right.rawValue }

        var text: String {
            switch self {
            case .none: ""
            case .blank: " "
            case .line: "\n"
            case .paragraph: "\n\n"
            }
        }
    }

    /// Whether it leads into what follows it.
    var leadsIn: Bool { text.last == ":" }
}
