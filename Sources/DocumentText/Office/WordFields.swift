/// The open fields of a Word document, outermost first.
///
/// A field has an instruction and, after a separator, its result. Only results are text: what stands within the
/// instruction, the results of other fields included, is not.
struct WordFields {
    private struct Field {
        /// The instruction so far; nil after the separator.
        var instruction: String?
        var isPageNumber = false
        var control: WordFormControl?
    }

    private var fields: [Field] = []
    /// The number of open fields beyond the maximum.
    private var deeper = 0
    /// Whether each instruction that was not ended with its paragraph is taken for text.
    private var ignoresInstructions = false

    /// The maximum number of fields within each other that are told apart.
    private static let maximumFields = 32
    /// The maximum length of an instruction.
    private static let maximumInstruction = 256

    /// Whether the current text is not shown, or is a page number.
    var hidesText: Bool {
        fields.contains { field in
            field.isPageNumber || (field.instruction == nil ? field.control != nil : !ignoresInstructions)
        }
    }

    /// Records the start of an element that belongs to a field.
    ///
    /// - Parameters:
    ///   - name: The name of the element.
    ///   - attributes: Its attributes.
    /// - Returns: The text of a form control, which has no result.
    mutating func start(_ name: String, _ attributes: [String: String]) -> String? {
        switch (name, attributes["w:fldCharType"]) {
        case ("w:fldSimple", _):
            open(Field(isPageNumber: Self.isPageNumber(attributes["w:instr"] ?? "")))
        case ("w:fldChar", "begin"):
            ignoresInstructions = false
            open(Field(instruction: ""))
        case ("w:fldChar", "separate"):
            guard deeper == 0, let last = fields.indices.last, let instruction = fields[last].instruction else { break }
            fields[last].isPageNumber = Self.isPageNumber(instruction)
            fields[last].instruction = nil
            return hidesOuterText ? nil : fields[last].control?.text
        case ("w:fldChar", "end"):
            let ended = end()
            return ended?.instruction == nil || hidesText ? nil : ended?.control?.text
        case ("w:fldChar", _): break
        default:
            guard deeper == 0, let last = fields.indices.last, fields[last].instruction != nil else { break }
            var control = fields[last].control ?? WordFormControl()
            control.start(name, attributes["w:val"])
            fields[last].control = control.isKnown ? control : nil
        }
        return nil
    }

    /// Whether a field around the innermost one hides its text.
    private var hidesOuterText: Bool {
        var outer = self
        _ = outer.fields.popLast()
        return outer.hidesText
    }

    private mutating func open(_ field: Field) {
        if fields.count < Self.maximumFields { fields.append(field) } else { deeper += 1 }
    }

    /// Appends to the current instruction, if any.
    mutating func add(_ text: String) {
        guard deeper == 0, let last = fields.indices.last, let read = fields[last].instruction,
            read.utf8.count < Self.maximumInstruction
        else { return }
        fields[last].instruction = read + text
    }

    /// Records the end of the innermost field.
    @discardableResult private mutating func end() -> Field? {
        guard deeper == 0 else {
            deeper -= 1
            return nil
        }
        return fields.popLast()
    }

    /// Records the end of a simple field.
    mutating func endSimple() {
        end()
    }

    /// Records that a paragraph ends: a field whose separator is missing does not hide the ones that follow.
    mutating func endParagraph() {
        ignoresInstructions = true
    }

    private static func isPageNumber(_ instruction: String) -> Bool {
        let name = instruction.split(separator: " ").first.map { $0.uppercased() } ?? ""
        return ["PAGE", "NUMPAGES", "SECTIONPAGES"].contains(name)
    }
}

/// A check box or a drop-down list of a form, whose state is in the data of its field.
struct WordFormControl {
    private var isCheckBox = false
    private var isList = false
    private var isChecked: Bool?
    private var isCheckedAtFirst = false
    private var entries: [String] = []
    private var choice = 0

    /// The maximum number of entries of a list.
    private static let maximumEntries = 100

    /// Whether the data are those of a check box or a drop-down list.
    var isKnown: Bool { isCheckBox || isList }

    /// What the control shows.
    var text: String? {
        if isCheckBox { return (isChecked ?? isCheckedAtFirst) ? "☒" : "☐" }
        return entries.indices.contains(choice) ? entries[choice] : nil
    }

    /// Records the start of an element of the field's data.
    mutating func start(_ name: String, _ value: String?) {
        let isOn = !["0", "false", "off"].contains(value ?? "1")
        switch name {
        case "w:checkBox": isCheckBox = true
        case "w:ddList": isList = true
        case "w:checked": isChecked = isOn
        case "w:default" where isCheckBox: isCheckedAtFirst = isOn
        case "w:default" where isList, "w:result" where isList: choice = value.flatMap { Int($0) } ?? choice
        case "w:listEntry" where isList: if entries.count < Self.maximumEntries { entries.append(value ?? "") }
        default: break
        }
    }
}
