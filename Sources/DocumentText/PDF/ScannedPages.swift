/// Finds the scanned pages of a PDF: with images that cover most of the page, or with images and without text.
struct ScannedPages {
    /// The part of each page that images cover, from 0 to 1 and more, by the page's number.
    private var coverage: [Int: Double] = [:]

    /// The units of `pdftohtml` per inch.
    static let unitsPerInch = 108.0
    /// The maximum number of letters of text on a scan.
    private static let maximumLetters = 200
    /// The minimum coverage of a scan with some text.
    private static let minimumCoverageBesideText = 0.5
    /// The minimum coverage of a scan without text.
    private static let minimumCoverage = 0.03

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

    /// Whether a page may be a scan, by its text.
    static func mayContain(_ page: PDFPage) -> Bool {
        letters(of: page) <= maximumLetters
    }

    /// Whether a page is a scan.
    func contains(_ page: PDFPage) -> Bool {
        guard Self.mayContain(page), let covered = coverage[page.number] else { return false }
        return covered >= (page.runs.isEmpty ? Self.minimumCoverage : Self.minimumCoverageBesideText)
    }

    /// Whether pictures cover most of a page.
    func cover(_ page: PDFPage) -> Bool { coverage[page.number, default: 0] >= Self.minimumCoverageBesideText }

    private static func letters(of page: PDFPage) -> Int {
        page.runs.reduce(0) { $0 + $1.text.utf8.count }
    }
}
