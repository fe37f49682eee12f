@testable import LocalEngine

extension ExtractedText {
    /// A text of one paragraph, which is its one passage.
    static func paragraph(_ text: String) -> ExtractedText {
        ExtractedText(text: text, passages: [Passage(headings: [], text: text)])
    }
}
