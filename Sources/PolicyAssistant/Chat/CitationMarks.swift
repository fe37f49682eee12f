/// The marks such as `【4:0†leave.md】` that some servers leave in the text beside its annotations.
enum CitationMarks {
    /// Returns the text without marks.
    ///
    /// Other text in such brackets, without a dagger, stays.
    static func removed(from text: String) -> String {
        guard text.contains("【") else { return text }
        var result = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "【"), let close = rest[open...].firstIndex(of: "】") {
            let mark = rest[open...close]
            result += rest[..<open]
            if !mark.contains("†") { result += mark }
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }
}
