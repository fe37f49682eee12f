/// Reads a workbook (.xlsx): each sheet is a heading with its tables and the texts of its shapes, without what is hidden.
struct WorkbookReader: Sendable {
    /// The limits of reading.
    var limits: ExtractionLimits

    /// The maximum number of sheets that are read.
    private static let maximumSheets = 200
    /// The maximum number of a sheet's tables whose ranges are read.
    private static let maximumTables = 64

    /// The document of a .xlsx file.
    ///
    /// - Throws: `ExtractionError` if the file is not a workbook or exceeds the limits.
    func document(at path: String) async throws(ExtractionError) -> ExtractedDocument {
        let package = OfficePackage(archive: try ZipArchive(path: path, limits: limits))
        let main = try package.mainPart() ?? "xl/workbook.xml"
        guard let xml = try package.archive.member(main) else { throw .invalid("The file is not a workbook.") }
        let relationships = try package.relationships(of: main)
        func target(_ kind: String) -> String? { relationships.first { $0.kind == kind }?.target }
        var formats = WorkbookFormats(try member(target("styles"), of: package))
        let strings = Self.strings(try member(target("sharedStrings"), of: package))
        var document = DocumentBuilder(limits: limits)
        var sheets: [(name: String, target: String)] = []
        var tokens = OfficeMarkup(xml)
        while let token = tokens.next() {
            guard case .start(let name, let attributes, _) = token else { continue }
            if name == "workbookPr" { formats.countsFrom1904 = ["1", "true"].contains(attributes["date1904"]) }
            guard name == "sheet", let id = attributes["r:id"],
                let target = relationships.first(where: { $0.id == id && $0.kind == "worksheet" })?.target
            else { continue }
            if ["hidden", "veryHidden"].contains(attributes["state"]) {
                document.warn("Hidden sheets were left out.")
            } else {
                sheets.append((attributes["name"] ?? "", target))
            }
        }
        guard sheets.count <= Self.maximumSheets else {
            throw .invalid("The workbook has more than \(Self.maximumSheets) sheets.")
        }
        for sheet in sheets {
            let xml = try package.archive.member(sheet.target) ?? []
            let parts = try package.relationships(of: sheet.target)
            let tables = try ranges(of: parts, in: package)
            var reader = SheetReader(of: xml, formats: formats, strings: strings, tables: tables, limits: limits)
            let read = try reader.read()
            let drawing = parts.first { $0.kind == "drawing" }?.target
            let shapes = SheetShapes(try member(drawing, of: package))
            if shapes.hasHiddenText { document.warn("Text that is hidden or struck out was left out.") }
            guard !read.blocks.isEmpty || !shapes.paragraphs.isEmpty else { continue }
            try document.append(.heading(level: 1, text: sheet.name.onOneLine))
            try document.append(read)
            for paragraph in shapes.paragraphs { try document.append(.paragraph(paragraph)) }
        }
        return document.document
    }

    /// The ranges of a sheet's tables that have names of columns.
    private func ranges(
        of parts: [OfficePackage.Relationship],
        in package: OfficePackage
    ) throws(ExtractionError) -> [SheetRange] {
        var ranges: [SheetRange] = []
        for table in parts where table.kind == "table" && ranges.count < Self.maximumTables {
            var tokens = OfficeMarkup(try package.archive.member(table.target) ?? [])
            while let token = tokens.next() {
                guard case .start("table", let attributes, _) = token else { continue }
                if attributes["headerRowCount"] != "0", let range = attributes["ref"].flatMap({ SheetRange($0) }) {
                    ranges.append(range)
                }
                break
            }
        }
        return ranges
    }

    private func member(_ name: String?, of package: OfficePackage) throws(ExtractionError) -> [UInt8] {
        guard let name else { return [] }
        return try package.archive.member(name) ?? []
    }

    /// The shared strings of `xl/sharedStrings.xml`, to which cells refer by index.
    private static func strings(_ xml: [UInt8]) -> [WorkbookString] {
        var tokens = OfficeMarkup(xml)
        var strings: [WorkbookString] = []
        var reader = WorkbookStringReader()
        while let token = tokens.next() {
            switch token {
            case .start("si", _, isClosed: true): strings.append(WorkbookString())
            case .start("si", _, _): reader = WorkbookStringReader()
            case .end("si"): strings.append(reader.end())
            default: reader.take(token)
            }
        }
        return strings
    }
}
