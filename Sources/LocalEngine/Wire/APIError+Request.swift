internal import HTTPTypes

// The errors of requests, with OpenAI's messages.
extension APIError {
    /// An error with a message of its own.
    static func invalid(_ message: String, param: String? = nil, code: String? = nil) -> APIError {
        APIError(status: .badRequest, code: code, param: param, message: message)
    }

    /// A body that is not JSON, or not an object.
    static let malformedJSON = invalid(
        "We could not parse the JSON body of your request. "
            + "The OpenAI API expects a JSON payload, but what was sent was not valid JSON."
    )

    /// A required parameter that is missing.
    static func missing(_ param: String) -> APIError {
        invalid("Missing required parameter: '\(param)'.", param: param, code: "missing_required_parameter")
    }

    /// A parameter that is not part of the API.
    static func unknown(_ param: String) -> APIError {
        invalid("Unknown parameter: '\(param)'.", param: param, code: "unknown_parameter")
    }

    /// A parameter of the API that this engine does not support.
    static func unsupported(_ param: String) -> APIError {
        invalid("Unsupported parameter: '\(param)'.", param: param, code: "unsupported_parameter")
    }

    /// A value of the wrong type.
    static func wrongType(_ param: String, expected: String, got value: JSONValue) -> APIError {
        invalid(
            "Invalid type for '\(param)': expected \(expected), but got \(value.typeName) instead.",
            param: param,
            code: "invalid_type"
        )
    }

    /// A string that is not one of the allowed ones.
    static func notOneOf(_ param: String, got value: String, allowed: [String]) -> APIError {
        let list = allowed.map { "'\($0)'" }.joined(separator: ", ")
        return invalid(
            "Invalid value: '\(value)'. Supported values are: \(list).",
            param: param,
            code: "invalid_value"
        )
    }

    /// A number below its range.
    static func tooSmall(_ param: String, _ kind: String, got value: String, minimum: String) -> APIError {
        invalid(
            "Invalid '\(param)': \(kind) below minimum value. Expected a value >= \(minimum), but got \(value) instead.",
            param: param,
            code: "\(kind)_below_min_value"
        )
    }

    /// A number above its range.
    static func tooGreat(_ param: String, _ kind: String, got value: String, maximum: String) -> APIError {
        invalid(
            "Invalid '\(param)': \(kind) above maximum value. Expected a value <= \(maximum), but got \(value) instead.",
            param: param,
            code: "\(kind)_above_max_value"
        )
    }

    /// Too many elements.
    static func tooLong(_ param: String, count: Int, maximum: Int) -> APIError {
        invalid(
            "Invalid '\(param)': array too long. Expected an array with maximum length \(maximum), "
                + "but got an array with length \(count) instead.",
            param: param,
            code: "array_above_max_length"
        )
    }

    /// An array without elements where one is required.
    static func empty(_ param: String) -> APIError {
        invalid(
            "Invalid '\(param)': empty array. Expected an array with minimum length 1, but got an empty array instead.",
            param: param,
            code: "empty_array"
        )
    }

    /// Too many characters.
    static func stringTooLong(_ param: String, count: Int, maximum: Int) -> APIError {
        invalid(
            "Invalid '\(param)': string too long. Expected a string with maximum length \(maximum), "
                + "but got a string with length \(count) instead.",
            param: param,
            code: "string_above_max_length"
        )
    }

    /// A string without characters where one is required.
    static func emptyString(_ param: String) -> APIError {
        invalid(
            "Invalid '\(param)': empty string. Expected a string with minimum length 1, but got an empty string instead.",
            param: param,
            code: "empty_string"
        )
    }

    /// Too many keys.
    static func tooManyKeys(_ param: String, count: Int, maximum: Int) -> APIError {
        invalid(
            "Invalid '\(param)': too many properties. Expected an object with at most \(maximum) properties, "
                + "but got an object with \(count) properties instead.",
            param: param,
            code: "object_above_max_properties"
        )
    }

    /// Two parameters that exclude each other.
    static func exclusive(_ first: String, _ second: String) -> APIError {
        invalid(
            "Mutually exclusive parameters: '\(first)' and '\(second)'. "
                + "Ensure you are only providing one of: '\(first)' or '\(second)'.",
            param: second,
            code: "mutually_exclusive_parameters"
        )
    }

    /// A body that exceeds the limit.
    static func tooLarge(_ what: String, maximum: Int) -> APIError {
        APIError(
            status: .contentTooLarge,
            message: "\(what) is too large. The maximum is \(maximum) bytes."
        )
    }
}

extension JSONValue {
    /// The kind of value, as error messages name it.
    var typeName: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .integer: "an integer"
        case .number: "a decimal number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
