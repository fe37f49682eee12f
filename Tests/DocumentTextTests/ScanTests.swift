import Foundation
import Testing

@testable import DocumentText

@Suite struct ScanTests {
    @Test func findsTheScansAmongPages() {
        let list = """
            page   num  type   width height color comp bpc  enc interp  object ID x-ppi y-ppi size ratio
            --------------------------------------------------------------------------------------------
               1     0 image    1654  2338  gray    1   8  jpeg   no         3  0   200   200 71.0K 1.9%
               2     1 image     100   100  gray    1   8  jpeg   no         4  0   200   200 1.0K 1.9%
               3     2 image    1654  2338  gray    1   8  jpeg   no         5  0   200   200 71.0K 1.9%
               4     3 smask    1654  2338  gray    1   8  jpeg   no         6  0   200   200 71.0K 1.9%
            """
        func page(_ number: Int, _ text: String) -> PDFPage {
            let run = PDFRun(text: text, x: 0..<100, y: 0..<10, size: 10, isBold: false)
            return PDFPage(number: number, width: 893, height: 1263, runs: text.isEmpty ? [] : [run])
        }
        let pages = [page(1, ""), page(2, ""), page(3, "Stamped: copy 3"), page(4, "")]
        let scans = ScannedPages(list: Array(list.utf8), pages: pages)
        #expect(pages.filter { scans.contains($0) }.map(\.number) == [1, 3])
        #expect(!scans.contains(page(1, String(repeating: "words ", count: 50))))
    }

    @Test func readsLinesAndColumnsOfHOCR() {
        let hocr = """
            <div class='ocr_page' title='image "stdin"; bbox 0 0 1000 1000'>
            <span class='ocr_line' title="bbox 100 100 900 130; baseline 0 -6; x_size 30">
            <span class='ocrx_word' title='bbox 100 100 180 130; x_wconf 96'>Gr&#228;tz</span>
            <span class='ocrx_word' title='bbox 190 100 300 130; x_wconf 92'><strong>hotel</strong></span>
            <span class='ocrx_word' title='bbox 400 100 500 130; x_wconf 90'>95</span>
            <span class='ocrx_word' title='bbox 510 100 520 130; x_wconf 3'>|</span></span>
            <span class='ocr_line' title="bbox 100 300 900 330; baseline 0 -6; x_size 33">
            <span class='ocrx_word' title='bbox 100 300 180 330; x_wconf 30'>~/Scr</span></span></div>
            """
        let page = RecognizedPage(hocr: Array(hocr.utf8), scale: 0.5)
        #expect(page.runs.map(\.text) == ["Grätz hotel", "95"])
        #expect(page.runs.map(\.x) == [50..<150, 200..<250])
        #expect(page.runs.map(\.size) == [15, 15])
        #expect(page.confidence > 90)
        let stamp = PDFRun(text: "Grätz", x: 60..<140, y: 50..<65, size: 15, isBold: false)
        #expect(page.runs(beside: [stamp]).map(\.text) == ["95"])
    }

    @Test func choosesInstalledLanguagesByTheText() {
        let few = RecognitionLanguages(list: Array("List of languages (4):\ndeu\neng\nosd\nscript/Latin\n".utf8))
        #expect(few.installed == ["deu", "eng"])
        #expect(few.languages(for: "Der Antrag ist mit der Personalnummer und dem Datum") == ["deu", "eng"])
        #expect(few.languages(for: "The form is to be sent with the number of the desk") == ["eng"])
        #expect(few.languages(for: "Le congé est pris dans les deux mois et par écrit, pour les autres") == nil)
        #expect(few.candidates(script: nil) == ["eng", "deu"])
        let many = RecognitionLanguages(list: Array("(9):\nara\ndeu\neng\nfra\njpn\njpn_vert\nspa\nvie\n".utf8))
        #expect(many.candidates(script: "Japanese") == ["jpn"])
        #expect(many.candidates(script: "Latin") == ["eng", "deu", "fra", "spa"])
    }

    @Test func listsPages() {
        #expect("\(PageList([4]))" == "Page 4")
        #expect("\(PageList([2, 3, 5, 7, 8, 9]))" == "Pages 2, 3, 5 and 7 to 9")
    }

    @Test func namesThePackageOfAMissingTesseract() async throws {
        let missing = HelperProgram(name: "no-such-program", package: "tesseract-ocr")
        let scan = try await ScanFixture.bytes(pages: [.scan(["The reward is 640 euros."])])
        let reason = "Scans are read by tesseract, which is not installed: install the package tesseract-ocr."
        try await withFile(scan) { path in
            let reader = PDFReader(limits: .standard, recognizer: missing)
            await #expect(throws: ExtractionError.server(reason)) { try await reader.document(at: path) }
        }
        let mixed = try await ScanFixture.bytes(pages: [.text(["Some text."]), .scan(["The reward is 640 euros."])])
        try await withFile(mixed) { path in
            let document = try await PDFReader(limits: .standard, recognizer: missing).document(at: path)
            #expect(document.blocks == [.paragraph("Some text.")])
            #expect(document.warnings == ["Page 2 is a scan and left out. \(reason)"])
        }
    }

    private func withFile(_ bytes: [UInt8], _ body: (String) async throws -> Void) async throws {
        let folder = WorkingFolder()
        defer { folder.remove() }
        try await body(try folder.write(bytes, named: "a.pdf"))
    }
}

/// What tesseract itself reads, where it is installed.
@Suite(.enabled(if: OptionalProgram.tesseract.isInstalled, "tesseract is not installed"))
struct TesseractTests {
    @Test func readsAScanWithAWarning() async throws {
        let scan = try await ScanFixture.bytes(pages: [
            .scan([
                "The staff shop is open to all who work here, and to guests.", "A laptop is replaced after 42 months.",
            ])
        ])
        let document = try await extract(scan, named: "a.pdf")
        #expect(document.blocks.map(\.text).joined(separator: " ").contains("replaced after 42 months"))
        #expect(document.pages == [.init(page: 1, block: 0)])
        #expect(document.warnings == ["Page 1 is a scan: it was read by tesseract, with eng."])
    }

    @Test func readsTheScannedPagesOfAPartlyScannedFile() async throws {
        let file = try await ScanFixture.bytes(pages: [
            .text(["The allowance is paid for each of the nights."]),
            .scan(["The night shift allowance", "is 31 percent."]), .scan([]),
            .scan(["The Sunday allowance is 55 percent."]),
        ])
        let document = try await extract(file, named: "a.pdf", limits: ExtractionLimits(scannedPages: 2))
        let text = document.blocks.map(\.text).joined(separator: " ")
        #expect(text.hasPrefix("The allowance is paid for each of the nights."))
        #expect(text.contains("31 percent"))
        #expect(!text.contains("55 percent"))
        #expect(document.pages.map(\.page) == [1, 2])
        #expect(
            document.warnings == [
                "Page 2 is a scan: it was read by tesseract, with eng.",
                "Page 3 holds a picture in which tesseract finds no text.",
                "Page 4 is a scan and was left out: at most 2 scanned pages are read, in 300.0 seconds.",
            ]
        )
    }

    @Test func keepsTheRowsOfAScannedTable() async throws {
        let rows = ["Region        Hotel     Meals", "Graz            95        31", "Lille          125        44"]
        let scan = try await ScanFixture.bytes(pages: [
            .scan(["Limits in euros for all trips of the staff", "", ""] + rows)
        ])
        let blocks = try await extract(scan, named: "a.pdf").blocks
        #expect(blocks.contains(.tableRow("Region: Graz; Hotel: 95; Meals: 31")))
    }

    @Test func namesThePackageOfALanguageThatIsAskedFor() async throws {
        let scan = try await ScanFixture.bytes(pages: [.scan(["The reward is 640 euros."])])
        let folder = WorkingFolder()
        defer { folder.remove() }
        let path = try folder.write(scan, named: "a.pdf")
        let reason = "Scans are to be read in languages that tesseract lacks: install tesseract-ocr-xx-yy."
        await #expect(throws: ExtractionError.server(reason)) {
            try await TextExtractor(scanLanguages: "eng+xx_yy").extract(fileAt: path, filename: "a.pdf")
        }
    }
}

/// Writes PDFs with pages that are pictures of text.
enum ScanFixture {
    enum Page {
        case text([String])
        case scan([String])
    }

    static func bytes(pages: [Page]) async throws -> [UInt8] {
        let folder = WorkingFolder()
        defer { folder.remove() }
        var contents: [PDFFixture.Content] = []
        for page in pages {
            switch page {
            case .text(let lines): contents.append(.init(lines: lines))
            case .scan(let lines):
                let path = try folder.write(PDFFixture.bytes(pages: [lines]), named: "page.pdf")
                let program = HelperProgram(name: "pdftoppm", package: "poppler-utils")
                let picture = try await program.run(["-r", "200", "-mono", path], within: .standard).output
                // P4, width and height, then a bit for each dot.
                let head = picture.prefix(32).split(maxSplits: 3) { $0 == 0x0A || $0 == 0x20 }
                let (width, height) = (try number(head[1]), try number(head[2]))
                contents.append(.init(picture: Array(picture.suffix((width + 7) / 8 * height)), width, height))
            }
        }
        return PDFFixture.bytes(of: contents)
    }

    private static func number(_ digits: ArraySlice<UInt8>) throws -> Int {
        try #require(Int(String(decoding: digits, as: UTF8.self)))
    }
}
