public import Foundation

/// An earlier result, as far as a later one is compared with it.
public struct Baseline: Sendable, Decodable {
    struct Question: Sendable, Decodable {
        let question: String
        let before: [String]?
        let right: Bool?
    }

    let questions: [Question]

    /// Reads the JSON of a result.
    ///
    /// - Throws: `DecodingError` where it is none.
    public init(json: Data) throws {
        self = try JSONDecoder().decode(Baseline.self, from: json)
    }
}
