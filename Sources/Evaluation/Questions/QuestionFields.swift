/// The fields of one question, each read as what it has to be.
struct QuestionFields {
    let values: [String: FieldValue]

    /// A text that may be absent.
    func text(_ name: String) throws(QuestionFault) -> String? {
        switch values[name] {
        case nil, .null: return nil
        case let value?:
            guard let text = value.scalar else { throw QuestionFault("`\(name)` has to be a text.") }
            return text
        }
    }

    /// The first of these fields that has a text.
    func text(anyOf names: String...) throws(QuestionFault) -> String? {
        for name in names {
            if let text = try text(name) { return text }
        }
        return nil
    }

    /// A text that has to be there.
    func requiredText(_ name: String) throws(QuestionFault) -> String {
        guard let text = try text(name), !text.allSatisfy(\.isWhitespace) else {
            throw QuestionFault("`\(name)` is missing or empty: write what an employee asks.")
        }
        return text
    }

    /// A list of texts, for which one text may stand; empty where it is absent.
    func texts(_ name: String) throws(QuestionFault) -> [String] {
        switch values[name] {
        case nil, .null: return []
        case let value?:
            guard let texts = value.scalar.map({ [$0] }) ?? value.scalars else {
                throw QuestionFault("`\(name)` has to be a list of texts.")
            }
            guard !texts.contains(where: { $0.allSatisfy(\.isWhitespace) }) else {
                throw QuestionFault("`\(name)` holds an empty text: remove it.")
            }
            return texts
        }
    }

    /// A list of lists of texts; empty where it is absent.
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

    /// A mark that may be absent.
    func flag(_ name: String) throws(QuestionFault) -> Bool {
        switch values[name] {
        case nil, .null: return false
        case .bool(let isSet)?: return isSet
        default: throw QuestionFault("`\(name)` has to be true or false.")
        }
    }
}
