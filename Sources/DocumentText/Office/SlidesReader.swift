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
        let main = try package.mainPart() ?? "ppt/presentation.xml"
        let presentation = try Presentation(main, in: package)
        let slides = presentation.slides
        guard !slides.isEmpty else { throw .invalid("The file is not a presentation with slides.") }
        guard slides.count <= Self.maximumSlides else {
            throw .invalid("The presentation has more than \(Self.maximumSlides) slides.")
        }
        let relatedSlides = Set(package.archive.names(from: "ppt/slides/_rels/", to: ".rels"))
        var layouts = SlideLayouts(limits: limits)
        var document = DocumentBuilder(limits: limits)
        var bytes = 0
        for (position, name) in slides.enumerated() {
            let xml = try package.archive.member(name) ?? []
            bytes += xml.count
            guard bytes <= limits.textBytes else {
                throw .invalid("The file holds more than \(limits.textBytes >> 20) MB of text.")
            }
            document.beginPage(position + 1)
            let file = name.split(separator: "/").last ?? ""
            let isRelated = relatedSlides.contains("ppt/slides/_rels/\(file).rels")
            let related = isRelated ? try package.relationships(of: name) : []
            let graphics = try OfficeGraphic.graphics(of: related, in: package, limits: limits)
            bytes += graphics.bytes
            guard let shapes = SlideParser.shapes(of: xml, with: graphics.byID) else {
                document.warn("Hidden slides were left out.")
                continue
            }
            let layout = related.first { $0.kind == "slideLayout" }?.target
            var slide = SlideArrangement(width: presentation.width, height: presentation.height, limits: limits)
            let places = try layouts.places(of: layout, in: package)
            try document.append(try slide.document(of: shapes, placeholders: places))
            for note in related where note.kind == "notesSlide" {
                try append(notes: try package.archive.member(note.target) ?? [], to: &document)
            }
        }
        return document.document
    }

    /// Adds the text of a slide's notes.
    private func append(notes xml: [UInt8], to document: inout DocumentBuilder) throws(ExtractionError) {
        for shape in SlideParser.shapes(of: xml) ?? [] where shape.placeholder?.kind == "body" {
            for case .paragraph(let line, _) in shape.contents { try document.append(.paragraph(line)) }
        }
    }
}

/// The slides of a presentation, and their size.
private struct Presentation {
    /// The names of the slides in the order in which they are shown.
    private(set) var slides: [String] = []
    /// The usual size of a slide, if the file names none.
    private(set) var (width, height) = (9_144_000.0, 6_858_000.0)

    /// Reads the main part.
    init(_ main: String, in package: OfficePackage) throws(ExtractionError) {
        let targets = Dictionary(
            try package.relationships(of: main).filter { $0.kind == "slide" }.map { ($0.id, $0.target) }
        ) { first, _ in first }
        if let xml = try package.archive.member(main) {
            var tokens = OfficeMarkup(xml)
            while let token = tokens.next() {
                switch token {
                case .start("p:sldId", let attributes, _):
                    if let target = attributes["r:id"].flatMap({ targets[$0] }) { slides.append(target) }
                case .start("p:sldSz", let attributes, _):
                    width = attributes["cx"].flatMap { Double($0) } ?? width
                    height = attributes["cy"].flatMap { Double($0) } ?? height
                default: break
                }
            }
        }
        guard slides.isEmpty else { return }
        // The package has no order: the files are in the order of their numbers.
        slides = package.archive.names(from: "ppt/slides/slide", to: ".xml")
            .compactMap { name in Int(name.filter(\.isWholeNumber)).map { (number: $0, name: name) } }
            .sorted { $0.number < $1.number }.map(\.name)
    }
}

/// The layouts of a presentation's slides that were read so far.
private struct SlideLayouts {
    private var places: [String: SlidePlaces] = [:]
    private var bytes = 0
    private let limits: ExtractionLimits

    /// Creates an empty collection.
    init(limits: ExtractionLimits) {
        self.limits = limits
    }

    /// The places of the placeholders of a layout, and of its master for those that it does not place.
    ///
    /// - Throws: `ExtractionError` if the package cannot be read or exceeds the limits.
    mutating func places(of layout: String?, in package: OfficePackage) throws(ExtractionError) -> SlidePlaces {
        guard let layout else { return SlidePlaces() }
        if let known = places[layout] { return known }
        var master = SlidePlaces()
        if let name = try package.relationships(of: layout).first(where: { $0.kind == "slideMaster" })?.target {
            if let known = places[name] {
                master = known
            } else {
                master = SlidePlaces(try shapes(of: name, in: package), master: SlidePlaces())
                places[name] = master
            }
        }
        let read = SlidePlaces(try shapes(of: layout, in: package), master: master)
        places[layout] = read
        return read
    }

    private mutating func shapes(of part: String, in package: OfficePackage) throws(ExtractionError) -> [SlideShape] {
        let xml = try package.archive.member(part) ?? []
        bytes += xml.count
        guard bytes <= limits.textBytes else {
            throw .invalid("The file holds more than \(limits.textBytes >> 20) MB of text.")
        }
        return SlideParser.shapes(of: xml) ?? []
    }
}
