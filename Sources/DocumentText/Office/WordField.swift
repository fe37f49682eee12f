/// A field of a Word document, as far as it matters whether its result is the number of a page.
struct WordField {
    /// Whether the place is in the result of such a field.
    private(set) var isPageNumber = false
    /// The instruction that is being read; nil outside of one.
    private var instruction: String?

    /// Notes the start of an element that belongs to a field.
    mutating func start(_ name: String, _ attributes: [String: String]) {
        switch (name, attributes["w:fldCharType"]) {
        case ("w:fldSimple", _): isPageNumber = Self.isPageNumber(attributes["w:instr"] ?? "")
        case ("w:fldChar", "begin"): instruction = ""
        case ("w:fldChar", "separate"):
            isPageNumber = Self.isPageNumber(instruction ?? "")
            instruction = nil
        case ("w:fldChar", _): end()
        default: break
        }
    }

    /// Adds to the instruction, if one is being read.
    mutating func add(_ text: String) {
        if let read = instruction, read.utf8.count < 256 { instruction = read + text }
    }

    /// Notes the end of the field.
    mutating func end() {
        isPageNumber = false
        instruction = nil
    }

    private static func isPageNumber(_ instruction: String) -> Bool {
        let name = instruction.split(separator: " ").first.map { $0.uppercased() } ?? ""
        return ["PAGE", "NUMPAGES", "SECTIONPAGES"].contains(name)
    }
}
