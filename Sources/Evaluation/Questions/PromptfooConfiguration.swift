internal import Yams

/// The tests of a promptfoo configuration, in YAML or JSON: `tests`, and `defaultTest` for all of them.
enum PromptfooConfiguration {
    /// The tests with their positions for reports and faults.
    static func tests(
        in root: FieldValue
    ) throws(QuestionFault) -> (tests: [(place: String, fields: [String: FieldValue])], defaults: [String: FieldValue])
    {
        guard case .fields(let fields) = root else {
            throw QuestionFault("A promptfoo configuration with `tests` is needed.")
        }
        guard fields["scenarios"] == nil else {
            throw QuestionFault("`scenarios` are not read: write them as `tests`.")
        }
        guard case .list(let values)? = fields["tests"] else {
            throw QuestionFault("`tests` has to be a list in this file; tests in other files are not read.")
        }
        var defaults: [String: FieldValue] = [:]
        switch fields["defaultTest"] {
        case nil, .null: break
        case .fields(let fields)?: defaults = fields
        default: throw QuestionFault("`defaultTest` has to be in this file.")
        }
        var tests: [(place: String, fields: [String: FieldValue])] = []
        for (number, value) in values.enumerated() {
            guard case .fields(let test) = value else {
                throw QuestionFault("Test \(number + 1) is not in this file; tests in other files are not read.")
            }
            tests.append(("test \(number + 1)", test))
        }
        return (tests, defaults)
    }

    /// Reads YAML.
    ///
    /// - Throws: ``QuestionFault`` with the line.
    static func value(ofYAML text: String) throws(QuestionFault) -> FieldValue {
        do {
            return try value(of: try Yams.compose(yaml: text))
        } catch let fault as QuestionFault {
            throw fault
        } catch {
            throw QuestionFault("This is not valid YAML: \(error)")
        }
    }

    private static func value(of node: Node?) throws -> FieldValue {
        switch node {
        case nil: return .null
        case .scalar(let scalar)?: return value(of: scalar)
        case .sequence(let sequence)?: return .list(try sequence.map { try value(of: $0) })
        case .mapping(let mapping)?:
            var fields: [String: FieldValue] = [:]
            for (key, node) in mapping {
                guard let name = key.scalar?.string, name != "<<" else {
                    throw QuestionFault("Line \(key.mark?.line ?? 0): merge keys are not read.")
                }
                fields[name] = try value(of: node)
            }
            return .fields(fields)
        case .alias?: throw QuestionFault("A YAML alias refers to nothing.")
        }
    }

    /// A scalar in its source form: `1.50` stays `1.50`.
    private static func value(of scalar: Node.Scalar) -> FieldValue {
        guard scalar.style == .any || scalar.style == .plain else { return .text(scalar.string) }
        return switch scalar.string {
        case "", "~", "null", "Null", "NULL": .null
        case "true", "True", "TRUE": .bool(true)
        case "false", "False", "FALSE": .bool(false)
        default: .text(scalar.string)
        }
    }
}
