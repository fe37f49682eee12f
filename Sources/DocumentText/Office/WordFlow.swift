/// The paragraph and the tables of a Word document that are open at a place.
///
/// A text box stands within a paragraph, and has paragraphs and tables of its own: it is a flow apart.
struct WordFlow {
    /// The paragraph that is read.
    var paragraph = WordParagraph()
    /// A paragraph that the next one goes on with.
    var joined: WordParagraph?
    /// The formatting of the paragraph's style.
    var paragraphLook = WordLook()
    /// The formatting of the run that is read.
    var runLook = WordLook()
    /// Whether a run is open.
    var isInRun = false
    /// The open fields.
    var fields = WordFields()
    /// The open tables, outermost first.
    var tables: [WordTable] = []
    /// The number of open tables within them that are text of the innermost one's cell.
    var deeperTables = 0
    /// Whether the properties of a table row are open.
    var isInRowProperties = false
    /// The depth of the table whose current row is hidden or deleted.
    var hiddenRowDepth: Int?
    /// Whether each content control has only its placeholder text, outermost first.
    var placeholders: [Bool] = []
    /// What the flow holds so far; only of a text box.
    var contents: [WordTable.Content] = []
    /// Whether the flow is within hidden content.
    var isLeftOut = false

    /// The formatting at the current place.
    var look: WordLook { isInRun ? runLook : paragraphLook }

    /// The number of open tables.
    var tableDepth: Int { tables.count + deeperTables }

    /// Whether the current place is within a hidden row, or what only asks for content.
    var isHidden: Bool { isLeftOut || hiddenRowDepth != nil || placeholders.last == true }

    /// Whether text at the current place is left out, whatever its formatting.
    var hidesText: Bool { isHidden || fields.hidesText }

    /// Records that the current row of a table is hidden or deleted.
    mutating func hideRow() {
        hiddenRowDepth = hiddenRowDepth ?? tableDepth
    }

    /// Changes the innermost table, if one is open.
    mutating func changeTable(_ change: (inout WordTable) -> Void) {
        if !tables.isEmpty { change(&tables[tables.count - 1]) }
    }
}
