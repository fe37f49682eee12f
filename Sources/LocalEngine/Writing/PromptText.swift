/// Makes text of documents and users harmless as a part of a prompt.
enum PromptText {
    /// Returns a text in which nothing reads as a delimiter of the prompt, as a control token of a model, or as the number
    /// of a passage.
    ///
    /// A blank follows each `<` before a letter or a sign, as in `</passage>` and `<|im_start|>`; `[3]` and `[INST]`
    /// become `(3)` and `(INST)`. A model reads them as before.
    static func neutralized(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        let scalars = Array(text.unicodeScalars)
        var closings = 0
        for (place, scalar) in scalars.enumerated() {
            let next = place + 1 < scalars.count ? scalars[place + 1] : " "
            switch scalar {
            case "<" where next != " " && !next.properties.isWhitespace && next.properties.numericType == nil:
                result.append(contentsOf: "< ".unicodeScalars)
            case "[", "【":
                result.append("(")
                closings += 1
            case "]" where closings > 0, "】" where closings > 0:
                result.append(")")
                closings -= 1
            case _ where isInvisible(scalar): continue
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// Whether a character is a control or format character that can hide text.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control: scalar != "\n" && scalar != "\t"
        case .format, .privateUse: true
        default: false
        }
    }
}
