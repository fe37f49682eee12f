/// Finds the pages of a PDF that are scans: pictures that cover most of the page, or stand on a page without text.
struct ScannedPages {
    /// How much of each page its pictures cover, from 0 to 1 and more, by the page's number.
    private var coverage: [Int: Double] = [:]

    /// What `pdftohtml` has for an inch of a page.
    static let unitsPerInch = 108.0
    /// A page with more letters of text than this is no scan.
    private static let mostLetters = 200
    /// How much of a page with some text has to be a picture, for the page to be a scan.
    private static let leastCoverageBesideText = 0.5
    /// How much of a page without text has to be a picture, for the page to be a scan.
    private static let leastCoverage = 0.03

    /// Reads the list that `pdfimages -list` prints.
    init(list: [UInt8], pages: [PDFPage]) {
        var areas: [Int: Double] = [:]
        for line in String(decoding: list, as: UTF8.self).split(separator: "\n").dropFirst(2) {
            // page num type width height color comp bpc enc interp object ID x-ppi y-ppi size ratio
            let fields = line.split(separator: " ")
            guard fields.count >= 14, let page = Int(fields[0]), ["image", "mask", "stencil"].contains(fields[2]),
                let width = Double(fields[3]), let height = Double(fields[4]),
                let across = Double(fields[12]), let down = Double(fields[13]), across > 0, down > 0
            else { continue }
            areas[page, default: 0] += width / across * height / down
        }
        for page in pages {
            let area = page.width / Self.unitsPerInch * page.height / Self.unitsPerInch
            if area > 0, let pictures = areas[page.number] { coverage[page.number] = pictures / area }
        }
    }

    /// Whether a page may be a scan, as far as its text tells.
    static func mayContain(_ page: PDFPage) -> Bool {
        letters(of: page) <= mostLetters
    }

    /// Whether a page is a scan.
    func contains(_ page: PDFPage) -> Bool {
        guard Self.mayContain(page), let covered = coverage[page.number] else { return false }
        return covered >= (page.runs.isEmpty ? Self.leastCoverage : Self.leastCoverageBesideText)
    }

    private static func letters(of page: PDFPage) -> Int {
        page.runs.reduce(0) { $0 + $1.text.utf8.count }
    }
}
