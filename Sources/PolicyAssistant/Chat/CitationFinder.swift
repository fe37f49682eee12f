internal import OpenAI

/// Finds the citations of an answer, each once, while the answer is streamed or when it is complete.
///
/// The work is linear in the length of the answer and of the passages, and bounded: see ``maximumPassageBytes``,
/// ``maximumSentences`` and ``maximumQuotes``. Beyond these limits a document is cited without a quote, unless it was cited
/// before.
struct CitationFinder: Sendable {
    private let documents: CorpusDocuments
    private let question: String
    private var text: [Unicode.Scalar] = []
    /// What the searches found, by the IDs of files in force.
    private var passages: [String: QuotedPassages] = [:]
    /// The files in force for IDs that upstream uses in search results alone; nil for an ID of several files.
    private var aliases: [String: String?] = [:]
    private var bytesLeft = Self.maximumPassageBytes
    /// The quotes found, by file and sentence.
    private var quotes: [Place: String] = [:]
    private var returned: Set<Citation> = []
    private var citedFiles: Set<String> = []
    private var furtherQuotes = 0
    private var sentencesLeft = Self.maximumSentences

    private struct Place: Hashable {
        let fileID: String
        let sentence: String
    }

    /// The maximum number of bytes of passages that are quoted from, in UTF-8.
    static let maximumPassageBytes = 1 << 20
    /// The most different quotes that are looked for in one answer.
    static let maximumQuotes = 100
    /// The maximum number of sentences that are looked at in one answer.
    static let maximumSentences = 1_000

    /// - Parameters:
    ///   - documents: The documents in force.
    ///   - question: The question.
    init(_ documents: CorpusDocuments, question: String = "") {
        self.documents = documents
        self.question = question
    }

    /// Adds a piece of the answer's text, without citation marks.
    mutating func read(_ piece: String) {
        text += piece.unicodeScalars
    }

    /// Adds the passages that a search found.
    mutating func read(_ found: [FileSearchResult]) {
        for passage in found {
            guard let fileID = documents.fileID(passage.fileID, named: passage.filename) else { continue }
            if fileID != passage.fileID { recordAlias(passage.fileID, of: fileID) }
            guard passage.text.utf8.count <= bytesLeft else { continue }
            bytesLeft -= passage.text.utf8.count
            passages[fileID, default: QuotedPassages()].add(passage.text)
        }
    }

    /// Returns the citation of a source; nil where its document is not in force, or where it was returned before.
    mutating func citation(of source: FileCitation) -> Citation? {
        guard let fileID = fileID(of: source), let path = documents.path(of: fileID) else { return nil }
        let quote =
            Quote.standsApart(at: source.index, in: text)
            ? furtherQuote(from: fileID) : quote(from: fileID, before: source.index)
        guard quote != nil || !citedFiles.contains(fileID) else { return nil }
        let citation = Citation(fileID: fileID, filename: path, quote: quote ?? "")
        citedFiles.insert(fileID)
        return returned.insert(citation).inserted ? citation : nil
    }

    private func fileID(of source: FileCitation) -> String? {
        if let fileID = documents.fileID(source.fileID, named: source.filename) { return fileID }
        return aliases[source.fileID] ?? nil
    }

    /// Records that an ID of upstream's own stands for a file.
    private mutating func recordAlias(_ alias: String, of fileID: String) {
        if let known = aliases[alias], known != fileID {
            aliases[alias] = .some(nil)
        } else {
            aliases[alias] = fileID
        }
    }

    /// The quote for a place after no sentence: the line that answers the question best in a passage that is not quoted yet.
    private mutating func furtherQuote(from fileID: String) -> String? {
        guard passages[fileID] != nil else { return "" }
        guard furtherQuotes < Self.maximumQuotes else { return nil }
        furtherQuotes += 1
        return passages[fileID]?.furtherQuote(for: question)
    }

    /// The quote for a place; empty where upstream showed no passage, nil where no more quotes are looked for.
    private mutating func quote(from fileID: String, before index: Int) -> String? {
        guard passages[fileID] != nil else { return "" }
        guard sentencesLeft > 0 else { return nil }
        sentencesLeft -= 1
        let place = Place(fileID: fileID, sentence: Quote.sentence(before: index, in: text))
        if let quote = quotes[place] { return quote }
        guard quotes.count < Self.maximumQuotes else { return nil }
        let quote = passages[fileID]?.quote(for: place.sentence) ?? ""
        quotes[place] = quote
        return quote
    }
}
