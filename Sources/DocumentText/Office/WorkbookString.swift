/// A string of a workbook, whose runs may have types of their own.
struct WorkbookString: Sendable {
    /// The text without what is struck out.
    var text = ""
    /// The text in a cell whose type is struck out: that of the runs that have another type.
    var textInStruckCell = ""
    /// Whether some of the text is struck out by a run's type.
    var hasStruckText = false
}

/// Reads a string of a workbook from its markup.
struct WorkbookStringReader {
    private var string = WorkbookString()
    private var run = ""
    private var isText = false
    /// Phonetic hints are not part of the text.
    private var isReadingAid = false
    private var hasOwnType = false
    private var isStruck = false
    private var isRaised = false

    /// Takes a token of the string's markup.
    mutating func take(_ token: MarkupTokenizer.Token) {
        switch token {
        case .start("r", _, _), .end("r"): endRun()
        case .start("rPr", _, _): hasOwnType = true
        case .start("strike", let attributes, _): isStruck = WorkbookFormats.isOn(attributes)
        case .start("vertAlign", let attributes, _): isRaised = attributes["val"] == "superscript"
        case .start("t", _, let isClosed): isText = !isClosed && !isReadingAid
        case .end("t"): isText = false
        case .start("rPh", _, let isClosed): isReadingAid = !isClosed
        case .end("rPh"): isReadingAid = false
        case .text(let text): if isText { run += text }
        default: break
        }
    }

    /// The string, at the end of its markup.
    mutating func end() -> WorkbookString {
        endRun()
        defer { self = Self() }
        return string
    }

    private mutating func endRun() {
        defer { (run, hasOwnType, isStruck, isRaised) = ("", false, false, false) }
        guard !run.isEmpty else { return }
        guard !isStruck else {
            string.hasStruckText = true
            return
        }
        let run = OfficeEscapes.decode(run)
        let text = isRaised ? SuperscriptText.text(for: run, after: string.text) : run
        string.text += text
        if hasOwnType { string.textInStruckCell += text }
    }
}
