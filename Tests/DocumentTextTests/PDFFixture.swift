/// Writes PDFs of plain lines, in a typewriter face so that columns are where the blanks put them, and of pieces of
/// text at given places.
enum PDFFixture {
    /// A run of text at a position, in points from the left and from the top of the page.
    struct Piece {
        var x: Int
        var y: Int
        var text: String
        var size = 10
        var isBold = false
    }

    /// What is on a page: marks of the language of PDF, and a picture that covers it.
    struct Content {
        var marks: String
        var picture: (bits: [UInt8], width: Int, height: Int)?

        /// A page of lines.
        init(lines: [String]) {
            marks =
                "BT /F1 10 Tf 12 TL 50 780 Td\n" + lines.map { "(\(PDFFixture.escaped($0))) Tj T*\n" }.joined() + "ET"
        }

        /// A page of runs of text.
        init(pieces: [Piece]) {
            marks = pieces.map { piece in
                let font = piece.isBold ? "F2" : "F1"
                let text = PDFFixture.escaped(piece.text)
                return "BT /\(font) \(piece.size) Tf \(piece.x) \(842 - piece.y) Td (\(text)) Tj ET\n"
            }.joined()
        }

        /// A page that is a picture in black and white, a bit for each dot.
        init(picture bits: [UInt8], _ width: Int, _ height: Int) {
            marks = "q 595 0 0 842 0 0 cm /Im Do Q"
            picture = (bits, width, height)
        }
    }

    /// A PDF with a page for each list of lines.
    static func bytes(pages: [[String]], catalog: String = "") -> [UInt8] {
        bytes(of: pages.map { Content(lines: $0) }, catalog: catalog)
    }

    /// A PDF with a page for each list of runs.
    static func bytes(placing pages: [[Piece]]) -> [UInt8] {
        bytes(of: pages.map { Content(pieces: $0) })
    }

    /// A PDF with a page for each content.
    ///
    /// - Parameters:
    ///   - contents: The contents of the pages.
    ///   - catalog: Further entries of the document's catalog.
    /// - Returns: The file.
    static func bytes(of contents: [Content], catalog: String = "") -> [UInt8] {
        var objects: [[UInt8]] = [
            Array("<< /Type /Catalog /Pages 2 0 R \(catalog) >>".utf8), [],
            Array("<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>".utf8),
            Array("<< /Type /Font /Subtype /Type1 /BaseFont /Courier-Bold >>".utf8),
        ]
        var kids: [String] = []
        for content in contents {
            var pictures = ""
            if let (bits, width, height) = content.picture {
                let head = """
                    << /Type /XObject /Subtype /Image /Width \(width) /Height \(height) /ColorSpace /DeviceGray \
                    /BitsPerComponent 1 /Decode [1 0] /Length \(bits.count) >>
                    stream

                    """
                objects.append(Array(head.utf8) + bits + Array("\nendstream".utf8))
                pictures = "/XObject << /Im \(objects.count) 0 R >>"
            }
            let marks = "<< /Length \(content.marks.utf8.count) >>\nstream\n\(content.marks)\nendstream"
            objects.append(Array(marks.utf8))
            let page = """
                << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents \(objects.count) 0 R \
                /Resources << /Font << /F1 3 0 R /F2 4 0 R >> \(pictures) >> >>
                """
            objects.append(Array(page.utf8))
            kids.append("\(objects.count) 0 R")
        }
        objects[1] = Array("<< /Type /Pages /Kids [\(kids.joined(separator: " "))] /Count \(contents.count) >>".utf8)
        var file = Array("%PDF-1.4\n".utf8)
        var offsets: [Int] = []
        for (number, object) in objects.enumerated() {
            offsets.append(file.count)
            file += Array("\(number + 1) 0 obj\n".utf8) + object + Array("\nendobj\n".utf8)
        }
        let start = file.count
        var end = "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for offset in offsets { end += String(repeating: "0", count: 10 - "\(offset)".count) + "\(offset) 00000 n \n" }
        end += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n"
        return file + Array(end.utf8)
    }

    fileprivate static func escaped(_ line: String) -> String {
        line.replacing("\\", with: "\\\\").replacing("(", with: "\\(").replacing(")", with: "\\)")
    }
}
