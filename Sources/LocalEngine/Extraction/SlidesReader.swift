/// Reads the text of a presentation (.pptx), slide by slide, without the slides that are hidden.
struct SlidesReader: Sendable {
    /// What reading may cost; each slide costs a run of the helper program.
    var limits: ExtractionLimits

    /// No more slides than this are read.
    private static let mostSlides = 500

    /// The document in a .pptx file: each slide's title is a heading, each of its other lines a list item.
    ///
    /// - Throws: `ExtractionError` if the file is not a presentation or is beyond the limits.
    func document(at path: String) async throws(ExtractionError) -> ExtractedDocument {
        let archive = ZipArchive(path: path, limits: limits)
        let slides = try await archive.names(matching: "ppt/slides/slide*.xml").compactMap { name in
            Int(name.filter(\.isWholeNumber)).map { (number: $0, name: name) }
        }
        guard !slides.isEmpty else { throw .invalid("The file is not a presentation with slides.") }
        guard slides.count <= Self.mostSlides else {
            throw .invalid("The presentation has more than \(Self.mostSlides) slides.")
        }
        var document = DocumentBuilder(limits: limits)
        var bytes = 0
        for slide in slides.sorted(by: { $0.number < $1.number }) {
            let xml = try await archive.member(slide.name) ?? []
            bytes += xml.count
            guard bytes <= limits.textBytes else {
                throw .invalid("The file holds more than \(limits.textBytes >> 20) MB of text.")
            }
            var parser = SlideBody()
            for block in parser.blocks(of: xml) { try document.append(block) }
        }
        return document.document
    }
}
