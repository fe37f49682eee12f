/// Writes PDFs of plain lines, in a typewriter face so that columns are where the blanks put them, and of pieces of text at
/// given places.
enum PDFFixture {
    /// A piece of text at a place, in points from the left and from the top of the page.
    struct Piece {
        var x: Int
        var y: Int
        var text: String
        var size = 10
        var isBold = false
    }

    /// A PDF with a page for each list of lines.
    static func bytes(pages: [[String]]) -> [UInt8] {
        file(
            of: pages.map { lines in
                "BT /F1 10 Tf 12 TL 50 780 Td\n" + lines.map { "(\(escaped($0))) Tj T*\n" }.joined() + "ET"
            }
        )
    }

    /// A PDF with a page for each list of pieces.
    static func bytes(placing pages: [[Piece]]) -> [UInt8] {
        file(
            of: pages.map { pieces in
                pieces.map { piece in
                    let font = piece.isBold ? "F2" : "F1"
                    return
                        "BT /\(font) \(piece.size) Tf \(piece.x) \(842 - piece.y) Td (\(escaped(piece.text))) Tj ET\n"
                }.joined()
            }
        )
    }

    private static func file(of contents: [String]) -> [UInt8] {
        var objects = [
            "<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Courier-Bold >>",
        ]
        var kids: [String] = []
        for content in contents {
            objects.append("<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream")
            objects.append(
                """
                << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents \(objects.count) 0 R \
                /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>
                """
            )
            kids.append("\(objects.count) 0 R")
        }
        objects[1] = "<< /Type /Pages /Kids [\(kids.joined(separator: " "))] /Count \(contents.count) >>"
        var file = "%PDF-1.4\n"
        var offsets: [Int] = []
        for (number, object) in objects.enumerated() {
            offsets.append(file.utf8.count)
            file += "\(number + 1) 0 obj\n\(object)\nendobj\n"
        }
        let start = file.utf8.count
        file += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for offset in offsets { file += String(repeating: "0", count: 10 - "\(offset)".count) + "\(offset) 00000 n \n" }
        file += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n"
        return Array(file.utf8)
    }

    private static func escaped(_ line: String) -> String {
        line.replacing("\\", with: "\\\\").replacing("(", with: "\\(").replacing(")", with: "\\)")
    }
}
