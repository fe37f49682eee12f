import Testing

@testable import DocumentText

/// Text of PDFs that is written upwards or downwards.
@Suite struct PDFTurnedTextTests {
    /// The names of the columns, written upwards or downwards in cells between lines, above two rows.
    private func page(isUpwards: Bool) -> PDFFixture.Content {
        let x = [50, 150, 190, 230, 270]
        let y = [100, 220, 240, 260]
        var content = PDFFixture.Content(pieces: [
            .init(x: 54, y: 214, text: "Role", isBold: true), .init(x: 54, y: 234, text: "Driver"),
            .init(x: 155, y: 234, text: "4 h"), .init(x: 195, y: 234, text: "2 h"), .init(x: 235, y: 234, text: "1 h"),
            .init(x: 54, y: 254, text: "Clerk"), .init(x: 155, y: 254, text: "3 h"), .init(x: 195, y: 254, text: "5 h"),
            .init(x: 235, y: 254, text: "6 h"),
        ])
        // The letters are set one by one, with a little space between them.
        for (column, name) in ["First aid", "Fire safety", "Data protection"].enumerated() {
            for (place, letter) in name.enumerated() {
                let turn =
                    isUpwards
                    ? "0 1 -1 0 \(175 + column * 40) \(628 + place * 7)"
                    : "0 -1 1 0 \(167 + column * 40) \(736 - place * 7)"
                content.marks += "BT /F2 10 Tf \(turn) Tm (\(letter)) Tj ET\n"
            }
        }
        for height in y { content.marks += "\(x[0]) \(842 - height) m \(x[4]) \(842 - height) l S\n" }
        for place in x { content.marks += "\(place) \(842 - y[0]) m \(place) \(842 - y[3]) l S\n" }
        return content
    }

    @Test(arguments: [true, false])
    func turnedNamesOfColumnsAreWords(isUpwards: Bool) async throws {
        let texts = try await extract(PDFFixture.bytes(of: [page(isUpwards: isUpwards)]), named: "a.pdf").blocks
            .map(\.text)
        #expect(
            texts == [
                "Role: Driver; First aid: 4 h; Fire safety: 2 h; Data protection: 1 h",
                "Role: Clerk; First aid: 3 h; Fire safety: 5 h; Data protection: 6 h",
            ]
        )
    }
}
