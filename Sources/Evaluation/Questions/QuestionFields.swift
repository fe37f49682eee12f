/// The fields of a question, with validation.
struct QuestionFields {
    let values: [String: FieldValue]

    /// An optional text.
    func text(_ name: String) throws(QuestionFault) -> String? {
        switch values[name] {
        case nil, .null: return nil
        case let value?:
            guard let text = value.scalar else { throw QuestionFault("`\(name)` has to be a text.") }
            return text
        }
    }

    /// The text of the first of these fields that has one.
    func text(anyOf names: String...) throws(QuestionFault) -> String? {
        for name in names {
            if let text = try text(name) { return text }
        }
        return nil
    }

    /// A required text.
    func requiredText(_ name: String) throws(QuestionFault) -> String {
        guard let text = try text(name), !text.allSatisfy(\.isWhitespace) else {
            throw QuestionFault("`\(name)` is missing or empty: write what an employee asks.")
        }
        return text
    }

    /// A list of texts, or a single text; empty if it is absent.
    func texts(_ name: String) throws(QuestionFault) -> [String] {
        switch values[name] {
        case nil, .null: return []
        case let value?:
            guard let texts = value.scalar.map({ [$0] }) ?? value.scalars else {
                throw QuestionFault("`\(name)` has to be a list of texts.")
            }
            guard !texts.contains(where: { $0.allSatisfy(\.isWhitespace) }) else {
                throw QuestionFault("`\(name)` has an empty text: remove it.")
            }
            return texts
        }
    }

    /// A list of lists of texts; empty if it is absent.
    func lists(_ name: String) throws(QuestionFault) -> [[String]] {
        switch values[name] {
        case nil, .null: return []
        case .list(let values)?:
            let lists = values.compactMap { $0.scalar.map { [$0] } ?? $0.scalars }
            guard lists.count == values.count, lists.allSatisfy({ !$0.isEmpty && !$0.contains("") }) else {
                throw QuestionFault("`\(name)` has to be a list of lists of texts, of which one list has to be there.")
            }
            return lists
        default:
            throw QuestionFault("`\(name)` has to be a list of lists of texts, of which one list has to be there.")
        }
    }

    /// An optional Boolean value.
    func flag(_ name: String) throws(QuestionFault) -> Bool {
        switch values[name] {
        case nil, .null: return false
        case .bool(let isSet)?: return isSet
        default: throw QuestionFault("`\(name)` has to be true or false.")
        }
    }
}
