/// The marks such as `【4:0†leave.md】` that some servers leave in the text beside its annotations.
enum CitationMarks {
    /// Returns the text without marks.
    ///
    /// Other text in such brackets, without a dagger, stays.
    static func removed(from text: String) -> String {
        guard text.unicodeScalars.contains("【") else { return text }
        var filter = Filter()
        return filter.feed(text) + filter.finish()
    }

    /// Takes marks out of a text that comes in pieces, wherever the pieces end.
    struct Filter {
        /// What may still turn out to be a mark; begins with its bracket.
        private var held: String.UnicodeScalarView = .init()

        /// The longest mark; what goes on beyond is text that only looks like one.
        private static let longestMark = 300

        /// Returns what is certain to be text, of what was held before and this.
        mutating func feed(_ piece: String) -> String {
            guard !held.isEmpty || piece.unicodeScalars.contains("【") else { return piece }
            var text = String.UnicodeScalarView()
            for scalar in piece.unicodeScalars {
                if scalar == "【" {
                    // A bracket within a bracket: the first began no mark.
                    text.append(contentsOf: held)
                    held = .init([scalar])
                } else if held.isEmpty {
                    text.append(scalar)
                } else {
                    held.append(scalar)
                    let isClosed = scalar == "】"
                    if isClosed && held.contains("†") {
                        held = .init()
                    } else if isClosed || held.count > Self.longestMark {
                        text.append(contentsOf: held)
                        held = .init()
                    }
                }
            }
            return String(text)
        }

        /// Returns what is held still: no mark, since its end did not come.
        mutating func finish() -> String {
            defer { held = .init() }
            return String(held)
        }
    }
}
