import Testing

@testable import DocumentText

/// The boxes that PDFs draw before options.
@Suite struct PDFCheckBoxTests {
    private func text(_ pieces: [PDFFixture.Piece], _ marks: String) async throws -> String {
        var content = PDFFixture.Content(pieces: pieces)
        content.marks += marks
        let document = try await extract(PDFFixture.bytes(of: [content]), named: "a.pdf")
        return document.blocks.map(\.text).joined(separator: "\n")
    }

    @Test func tellsWhichBoxesAreTicked() async throws {
        let options = ["Flexitime", "Shift work", "Trust-based", "On call", "Fixed hours"]
        var pieces = options.enumerated().map { PDFFixture.Piece(x: 68, y: 100 + 20 * $0.offset, text: $0.element) }
        pieces.append(.init(x: 52, y: 140, text: "X"))
        // The second one has lines, the third one a letter, and the fourth one a tick that is higher than the box.
        let marks = """
            0.8 w 50 741 10 10 re S 50 721 10 10 re S 50 701 10 10 re S 50 681 10 10 re S 50 661 10 10 re S
            51 722 m 59 730 l S 51 730 m 59 722 l S 1.5 w 51 686 m 54 683 l 62 694 l S

            """
        #expect(
            try await text(pieces, marks)
                == "☐ Flexitime\n☒ Shift work\n☒ Trust-based\n☒ On call\n☐ Fixed hours"
        )
    }

    @Test func tellsWhichCircleIsFilled() async throws {
        func circle(_ x: Double, _ y: Double, _ radius: Double) -> String {
            let (k, r) = (radius * 0.55, radius)
            return """
                \(x + r) \(y) m \(x + r) \(y + k) \(x + k) \(y + r) \(x) \(y + r) c
                \(x - k) \(y + r) \(x - r) \(y + k) \(x - r) \(y) c \(x - r) \(y - k) \(x - k) \(y - r) \(x) \(y - r) c
                \(x + k) \(y - r) \(x + r) \(y - k) \(x + r) \(y) c h

                """
        }
        let pieces: [PDFFixture.Piece] = [
            .init(x: 50, y: 100, text: "Overtime"), .init(x: 128, y: 100, text: "is paid"),
            .init(x: 208, y: 100, text: "is time off."),
        ]
        let marks = circle(118, 745, 4) + "S\n" + circle(198, 745, 4) + "S\n" + circle(198, 745, 2) + "f\n"
        #expect(try await text(pieces, marks) == "Overtime ☐ is paid ☒ is time off.")
    }

    @Test func readsNoOtherShapesAsBoxes() async throws {
        let pieces: [PDFFixture.Piece] = [
            .init(x: 68, y: 100, text: "A bullet"), .init(x: 68, y: 120, text: "A color"),
            .init(x: 68, y: 140, text: "A cell"), .init(x: 68, y: 160, text: "A step"),
            .init(x: 52, y: 160, text: "4"), .init(x: 68, y: 180, text: "A note"),
        ]
        let marks = """
            0.8 w 57 743 3 3 re S
            0.2 0.6 1 rg 50 721 10 10 re f 50 721 10 10 re S
            40 701 10 10 re S 50 701 10 10 re S
            50 681 10 10 re S
            50 661 10 10 re S 51 664 m 59 664 l S 51 665 m 59 665 l S 51 667 m 59 667 l S 51 668 m 59 668 l S

            """
        let text = try await text(pieces, marks)
        #expect(!text.contains("☐") && !text.contains("☒"))
    }

    @Test func tellsTheBoxesInTheCellsOfATable() async throws {
        var pieces: [PDFFixture.Piece] = []
        var marks = "0.8 w\n"
        for (row, line) in [["Benefit", "Full time", "Part time"], ["Bike", "X", "X"], ["Gym", "X", ""]].enumerated() {
            for (column, cell) in line.enumerated() {
                let (x, y) = (50 + 120 * column, 100 + 20 * row)
                marks += "\(x) \(836 - y) 120 20 re S\n"
                guard row > 0, column > 0 else {
                    pieces.append(.init(x: x + 6, y: y, text: cell))
                    continue
                }
                marks += "\(x + 50) \(841 - y) 9 9 re S\n"
                if !cell.isEmpty { pieces.append(.init(x: x + 52, y: y, text: cell)) }
            }
        }
        #expect(
            try await text(pieces, marks)
                == "Benefit: Bike; Full time: ☒; Part time: ☒\nBenefit: Gym; Full time: ☒; Part time: ☐"
        )
    }
}
