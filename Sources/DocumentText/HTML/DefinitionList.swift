/// The terms of a definition list that is being read, and what its definitions become.
///
/// A definition is a list item after its terms: `Notice: four weeks`. From the first question among the terms on, each
/// term is a block of its own, which the definitions follow.
struct DefinitionList {
    /// Whether a definition is open.
    var isInDefinition = false
    /// The terms that the next definition defines.
    private var terms: [String] = []
    /// The terms of the current or last definition.
    private var defined = ""
    private var hasQuestions = false

    /// Whether text at the current place is of a definition that has terms.
    var isDefining: Bool { isInDefinition && !defined.isEmpty }

    /// Records that a list begins or ends.
    mutating func reset() {
        defined = ""
        hasQuestions = false
    }

    /// Records a term.
    mutating func append(term: String) {
        terms.append(term)
    }

    /// Adds a definition after the terms that it is of.
    ///
    /// - Throws: `ExtractionError` if the document's text exceeds the limits.
    mutating func append(definition line: String, to document: inout DocumentBuilder) throws(ExtractionError) {
        let isFirst = !terms.isEmpty
        if isFirst { defined = terms.joined(separator: ", ") }
        hasQuestions = hasQuestions || terms.contains { $0.last?.isQuestionMark == true }
        terms = []
        guard hasQuestions else {
            let isEnded = defined.isEmpty || defined.last == ":"
            return try document.append(.listItem(defined.isEmpty ? line : "\(defined)\(isEnded ? "" : ":") \(line)"))
        }
        if isFirst {
            try document.append(.paragraph(defined))
            document.record(BlockLook(isTerm: true))
        }
        try document.append(.paragraph(line))
    }

    /// Takes the terms whose definition begins with a list or a table, which follow them.
    ///
    /// - Returns: The terms; nil if there are none, or if they are questions, which become a block.
    /// - Throws: `ExtractionError` if the document's text exceeds the limits.
    mutating func takeTerms(in document: inout DocumentBuilder) throws(ExtractionError) -> String? {
        guard isInDefinition, !terms.isEmpty else { return nil }
        hasQuestions = hasQuestions || terms.contains { $0.last?.isQuestionMark == true }
        defined = terms.joined(separator: ", ")
        terms = []
        guard hasQuestions else { return defined }
        try document.append(.paragraph(defined))
        document.record(BlockLook(isTerm: true))
        return nil
    }

    /// Adds terms without a definition.
    ///
    /// - Throws: `ExtractionError` if the document's text exceeds the limits.
    mutating func endTerms(in document: inout DocumentBuilder) throws(ExtractionError) {
        for term in terms { try document.append(.paragraph(term)) }
        terms = []
    }
}
