/// A test of promptfoo: variables, of which one is the question, and assertions about the answer.
enum PromptfooTest {
    /// The names of the question's variable; the first one that a test has.
    private static let questionNames = ["question", "query", "message", "input", "prompt", "q"]

    static func question(
        from test: [String: FieldValue],
        defaults: [String: FieldValue],
        at place: String
    ) throws(QuestionFault) -> EvaluationQuestion {
        let variables = try variables(of: defaults).merging(variables(of: test)) { $1 }
        let fields = QuestionFields(values: test)
        var question = EvaluationQuestion(
            id: try fields.text("description") ?? place,
            text: try text(in: variables),
            expectation: .assertions
        )
        for value in try assertions(of: defaults) + assertions(of: test) {
            guard case .fields(let assertion) = value else {
                throw QuestionFault("Each entry of `assert` has to have a `type` and a `value`.")
            }
            switch try read(assertion, variables) {
            case .checked(let assertion): question.assertions.append(assertion)
            case .unchecked(let name): question.unchecked.append(name)
            }
        }
        return question
    }

    private enum Reading {
        case checked(Assertion)
        case unchecked(String)
    }

    private static func read(
        _ assertion: [String: FieldValue],
        _ variables: [String: String]
    ) throws(QuestionFault) -> Reading {
        guard let type = assertion["type"]?.scalar else { throw QuestionFault("An assertion has no `type`.") }
        let isNegated = type.hasPrefix("not-")
        guard let kind = Assertion.Kind(rawValue: isNegated ? String(type.dropFirst(4)) : type) else {
            return .unchecked(type)
        }
        guard let values = values(of: kind, assertion["value"])?.map({ filled($0, variables) }) else {
            throw QuestionFault("The assertion \(type) needs a `value`: a text, or a list of texts.")
        }
        // The value is in a file, or a program's output.
        guard !values.contains(where: { $0.hasPrefix("file://") }) else { return .unchecked("\(type) with a file") }
        if kind == .regex {
            for value in values where (try? Regex(value)) == nil {
                throw QuestionFault("The regular expression “\(value)” cannot be read.")
            }
        }
        return .checked(Assertion(kind: kind, isNegated: isNegated, values: values))
    }

    private static func values(of kind: Assertion.Kind, _ value: FieldValue?) -> [String]? {
        switch kind {
        case .contains, .icontains, .startsWith, .equals, .regex:
            return value?.scalar.map { [$0] }
        case .containsAll, .containsAny, .icontainsAll, .icontainsAny:
            if let texts = value?.scalars { return texts.isEmpty ? nil : texts }
            // promptfoo reads a text as a list separated by commas.
            return value?.scalar?.split(separator: ",").map { part in
                String(part.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
            }
        }
    }

    private static func text(in variables: [String: String]) throws(QuestionFault) -> String {
        let name = questionNames.first { variables[$0] != nil } ?? (variables.count == 1 ? variables.keys.first : nil)
        guard let name, let text = variables[name], !text.allSatisfy(\.isWhitespace) else {
            throw QuestionFault("No variable is the question: call it `question` in `vars`.")
        }
        return filled(text, variables)
    }

    private static func variables(of test: [String: FieldValue]) throws(QuestionFault) -> [String: String] {
        switch test["vars"] {
        case nil, .null: return [:]
        case .fields(let fields)?:
            var variables: [String: String] = [:]
            for (name, value) in fields {
                guard case .list = value else {
                    variables[name] = value.scalar
                    continue
                }
                throw QuestionFault("`\(name)` in `vars` is a list: write one test for each of its values.")
            }
            return variables
        default: throw QuestionFault("`vars` has to hold variables; files of variables are not read.")
        }
    }

    private static func assertions(of test: [String: FieldValue]) throws(QuestionFault) -> [FieldValue] {
        switch test["assert"] {
        case nil, .null: return []
        case .list(let values)?: return values
        default: throw QuestionFault("`assert` has to be a list.")
        }
    }

    /// Replaces `{{name}}` by the variables' values.
    private static func filled(_ text: String, _ variables: [String: String]) -> String {
        variables.reduce(text) { text, variable in
            text.replacing("{{\(variable.key)}}", with: variable.value)
                .replacing("{{ \(variable.key) }}", with: variable.value)
        }
    }
}
