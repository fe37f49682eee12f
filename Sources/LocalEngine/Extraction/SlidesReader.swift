/// Reads the text of a presentation (.pptx), slide by slide.
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
        var document = ExtractedDocument()
        var bytes = 0
        for slide in slides.sorted(by: { $0.number < $1.number }) {
            let xml = try await archive.member(slide.name) ?? []
            bytes += xml.count
            guard bytes <= limits.textBytes else {
                throw .invalid("The file holds more than \(limits.textBytes >> 20) MB of text.")
            }
            document.blocks += Self.blocks(ofSlide: xml)
        }
        return document
    }

    private static func blocks(ofSlide xml: [UInt8]) -> [ExtractedDocument.Block] {
        var tokens = MarkupTokenizer(xml, dialect: .xml)
        var blocks: [ExtractedDocument.Block] = []
        var text = ""
        var isText = false
        var isTitle = false
        while let token = tokens.next() {
            switch token {
            case .start("p:sp", _, _): isTitle = false
            case .start("p:ph", let attributes, _): isTitle = ["title", "ctrTitle"].contains(attributes["type"])
            case .start("a:t", _, let isClosed): isText = !isClosed
            case .start("a:br", _, _): text += " "
            case .end("a:t"): isText = false
            case .text(let run): if isText { text += run }
            case .end("a:p"):
                let line = text.onOneLine
                if !line.isEmpty { blocks.append(isTitle ? .heading(level: 2, text: line) : .listItem(line)) }
                text = ""
            default: break
            }
        }
        return blocks
    }
}
