private import Foundation
internal import SentenceEncoder

/// Encodes passages and questions as vectors, which are close to each other if their meanings are.
struct PassageEncoder: Sendable {
    /// The model's fingerprint, with which its vectors are stored.
    let model: String
    /// The encoder for other languages than English; nil if there is none.
    let multilingual: MultilingualPassageEncoder?
    private let encoder: SentenceEncoder
    private let projection: TokenProjection

    /// Opens the model of a folder, and the multilingual one below it if it is there.
    ///
    /// - Throws: `LocalEngineError`, if a model is damaged or of another kind.
    init(folder: String) throws(LocalEngineError) {
        do {
            encoder = try SentenceEncoder(folder: folder)
        } catch {
            throw LocalEngineError(code: .invalidConfiguration, detail: "the sentence encoder cannot be used: \(error)")
        }
        guard let projection = TokenProjection(inputWidth: encoder.width) else {
            throw LocalEngineError(
                code: .invalidConfiguration,
                detail: "the sentence encoder in “\(folder)” has vectors of \(encoder.width) numbers instead of 384"
            )
        }
        self.projection = projection
        model = encoder.identity
        multilingual = try MultilingualPassageEncoder(below: folder)
    }

    /// Encodes a passage below the title of its file and its headings.
    ///
    /// - Parameters:
    ///   - passage: The passage.
    ///   - title: The title of its file.
    ///   - missing: The models whose vectors are wanted.
    /// - Returns: The vectors by those models. With both, what is not in English has none by the English one.
    func vectors(of passage: Passage, title: String, missing: Set<EncoderModel> = [.english, .multilingual])
        -> PassageVectors
    {
        var vectors = PassageVectors()
        if missing.contains(.multilingual) { vectors.multilingual = multilingual?.meaning(of: passage, title: title) }
        if missing.contains(.english), vectors.multilingual?.isEnglish != false {
            vectors.english = meaning(of: passage, title: title)
        }
        return vectors
    }

    /// Prepares a query to be compared with passages.
    func query(_ text: String) -> QueryMeaning {
        QueryMeaning(text: text, language: multilingual == nil ? .english : TextLanguage(of: text))
    }

    private func meaning(of passage: Passage, title: String) -> PassageMeaning {
        let context = passage.context(below: title)
        let text = context + "\n" + passage.text
        let encoded = encoder.encode(text)
        let ranges = Self.ranges(of: Statement.statements(of: passage.text), in: text, from: context.utf8.count + 1)
        var vector = QuantizedVectors(width: encoder.width)
        vector.append(encoded.vector)
        var statements = QuantizedVectors(width: encoder.width)
        let nothing = [Float](repeating: 0, count: encoder.width)
        for range in ranges { statements.append(encoded.vector(of: range) ?? nothing) }
        var statement = 0
        let owners = encoded.tokens.map { token -> UInt16 in
            while statement < ranges.count, token.lowerBound >= ranges[statement].upperBound { statement += 1 }
            guard statement < ranges.count, ranges[statement].contains(token.lowerBound) else {
                return PassageMeaning.noStatement
            }
            return UInt16(clamping: statement)
        }
        return PassageMeaning(
            vector: vector,
            statements: statements,
            tokens: projection.project(encoded),
            owners: owners
        )
    }

    /// Encodes a query by the English model.
    func vectors(of text: String) -> QueryVectors {
        let encoded = encoder.encode(text, limit: Self.queryTokens)
        var vector = QuantizedVectors(width: encoder.width)
        vector.append(encoded.vector)
        let bytes = Array(text.utf8)
        let tellsSomething = encoded.tokens.map { token in
            let word = String(decoding: bytes[token], as: UTF8.self)
            return !Words.content(of: word).isEmpty
        }
        return QueryVectors(vector: vector, tokens: projection.project(encoded), tellsSomething: tellsSomething)
    }

    /// The maximum number of tokens of a question that are read.
    private static let queryTokens = 128

    /// The places of statements in a text, as offsets of UTF-8 bytes, in order.
    private static func ranges(of statements: [Statement], in text: String, from offset: Int) -> [Range<Int>] {
        var start = text.utf8.index(text.startIndex, offsetBy: min(offset, text.utf8.count))
        return statements.map { statement in
            guard let range = text.range(of: statement.text, options: .literal, range: start..<text.endIndex) else {
                let place = text.utf8.distance(from: text.startIndex, to: start)
                return place..<place
            }
            start = range.upperBound
            return text.utf8.distance(
                from: text.startIndex,
                to: range.lowerBound
            )..<text.utf8.distance(from: text.startIndex, to: range.upperBound)
        }
    }
}

/// The models that compute vectors.
enum EncoderModel: Sendable, Hashable {
    /// The one for passages and questions in English.
    case english
    /// The one for all other pairs of a passage and a question.
    case multilingual
}

/// The vectors of a passage by the models that there are.
struct PassageVectors: Sendable, Equatable {
    var english: PassageMeaning?
    var multilingual: MultilingualMeaning?
}

/// The vectors of a passage by one model.
struct PassageMeaning: Sendable, Equatable {
    /// The owner of a token that belongs to no statement, as those of headings do.
    static let noStatement = UInt16.max

    /// One vector for the whole passage.
    var vector: QuantizedVectors
    /// One for each of its statements, in the order of ``Statement/statements(of:)``.
    var statements: QuantizedVectors
    /// One for each of its tokens, 128 numbers wide, or for each window of a few tokens.
    var tokens: QuantizedVectors
    /// The place of the statement to which each token belongs.
    var owners: [UInt16]
}

/// A query, with its language, which selects the model by which it is compared with passages.
struct QueryMeaning: Sendable {
    var text: String
    /// The language of the question; nil if it is unknown.
    var language: TextLanguage?
}

/// The vectors of a question by one model.
struct QueryVectors: Sendable {
    /// One vector for the whole question.
    var vector: QuantizedVectors
    /// One for each of its tokens, or for each window of a few tokens.
    var tokens: QuantizedVectors
    /// Whether each token is part of a word that shows the subject of the question.
    var tellsSomething: [Bool]
}

extension PassageMeaning {
    /// How close the passage is to a question.
    func closeness(to query: QueryVectors, by model: EncoderModel) -> Closeness {
        let products = query.tokens.products(with: tokens)
        let (rows, count, places) = (query.tokens.count, tokens.count, statements.count)
        var best = [Float](repeating: 0, count: rows)
        // The best products in each statement, those of one statement after another.
        var bestIn = [Float](repeating: 0, count: places * rows)
        for row in 0..<rows {
            for token in 0..<count {
                let product = products[row * count + token]
                best[row] = max(best[row], product)
                let owner = Int(owners[token])
                if owner < places { bestIn[owner * rows + row] = max(bestIn[owner * rows + row], product) }
            }
        }
        let telling = query.tellsSomething.indices.filter { query.tellsSomething[$0] }
        return Closeness(
            model: model,
            passage: Double(vector.products(with: query.vector).first ?? 0),
            tokens: Self.mean(best[...]),
            tellingTokens: Self.mean(telling.map { best[$0] }[...]),
            statements: statements.products(with: query.vector).map(Double.init),
            statementTokens: (0..<places).map { Self.mean(bestIn[($0 * rows)..<(($0 + 1) * rows)]) }
        )
    }

    private static func mean(_ values: ArraySlice<Float>) -> Double {
        values.isEmpty ? 0 : Double(values.reduce(0, +)) / Double(values.count)
    }
}

/// How close a passage is to a question: cosines, and means over the question's tokens of the best cosine of each.
struct Closeness: Sendable {
    /// The model by which they are computed.
    var model = EncoderModel.english
    var passage: Double
    var tokens: Double
    var tellingTokens: Double
    /// The cosine of each statement.
    var statements: [Double]
    /// The mean of the best cosines within each statement.
    var statementTokens: [Double]

    /// The cosine of the closest statement.
    var bestStatement: Double { statements.max() ?? passage }

    /// The number of observations of a passage.
    static let observed = 4

    /// What passages are ranked by.
    var observations: [Double] { [passage, bestStatement, tokens, tellingTokens] }

    /// How likely the passage answers the question, 0…1, on one scale for all models, questions and sets of documents.
    func certainty(by weights: MeaningWeights = .inForce) -> Double {
        let weights = model == .english ? weights.englishCertainty : weights.multilingualCertainty
        return min(1, max(0, certaintyObservations.weighed(by: weights.values) + weights.offset))
    }

    /// What certainty is computed from.
    var certaintyObservations: [Double] { [bestStatement, tokens, tellingTokens] }
}
