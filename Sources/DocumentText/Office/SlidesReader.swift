/// Reads the text of a presentation (.pptx), slide by slide with its notes, without the slides that are hidden.
struct SlidesReader: Sendable {
    /// The limits of reading.
    var limits: ExtractionLimits

    /// The maximum number of slides that are read.
    private static let maximumSlides = 500

    /// The document of a .pptx file: each slide's title is a heading, and its other lines are list items.
    ///
    /// - Throws: `ExtractionError` if the file is not a presentation or exceeds the limits.
    func document(at path: String) async throws(ExtractionError) -> ExtractedDocument {
        let package = OfficePackage(archive: try ZipArchive(path: path, limits: limits))
        let slides = try slides(of: package)
        guard !slides.isEmpty else { throw .invalid("The file is not a presentation with slides.") }
        guard slides.count <= Self.maximumSlides else {
            throw .invalid("The presentation has more than \(Self.maximumSlides) slides.")
        }
        let notedSlides = Set(package.archive.names(from: "ppt/slides/_rels/", to: ".rels"))
        var document = DocumentBuilder(limits: limits)
        var bytes = 0
        for (position, name) in slides.enumerated() {
            let xml = try package.archive.member(name) ?? []
            bytes += xml.count
            guard bytes <= limits.textBytes else {
                throw .invalid("The file holds more than \(limits.textBytes >> 20) MB of text.")
            }
            var slide = SlideBody(limits: limits)
            let read = try slide.document(of: xml)
            document.beginPage(position + 1)
            try document.append(read)
            let file = name.split(separator: "/").last ?? ""
            guard !read.warnings.contains(where: { $0.hasPrefix("Hidden slides") }),
                notedSlides.contains("ppt/slides/_rels/\(file).rels")
            else { continue }
            for note in try package.relationships(of: name) where note.kind == "notesSlide" {
                var notes = SlideBody(isNotes: true, limits: limits)
                try document.append(try notes.document(of: try package.archive.member(note.target) ?? []))
            }
        }
        return document.document
    }

    /// The names of the slides in the order in which they are shown.
    private func slides(of package: OfficePackage) throws(ExtractionError) -> [String] {
        let main = try package.mainPart() ?? "ppt/presentation.xml"
        let targets = Dictionary(
            try package.relationships(of: main).filter { $0.kind == "slide" }.map { ($0.id, $0.target) }
        ) { first, _ in first }
        var slides: [String] = []
        if !targets.isEmpty, let xml = try package.archive.member(main) {
            var tokens = OfficeMarkup(xml)
            while let token = tokens.next() {
                guard case .start("p:sldId", let attributes, _) = token else { continue }
                if let target = attributes["r:id"].flatMap({ targets[$0] }) { slides.append(target) }
            }
        }
        guard slides.isEmpty else { return slides }
        // The package has no order: the files are in the order of their numbers.
        return package.archive.names(from: "ppt/slides/slide", to: ".xml")
            .compactMap { name in Int(name.filter(\.isWholeNumber)).map { (number: $0, name: name) } }
            .sorted { $0.number < $1.number }.map(\.name)
    }
}
