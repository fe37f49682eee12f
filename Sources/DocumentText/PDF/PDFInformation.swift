/// What poppler's `pdfinfo` tells of a PDF: the parts of its pages that are shown, and the kind of its form.
struct PDFInformation: Sendable {
    /// A part of a page, in the units of ``PDFPage``, with y downwards.
    struct Area: Sendable, Hashable {
        var x: Range<Double>
        var y: Range<Double>
    }

    /// The shown areas of the pages that are cropped, by the pages' numbers.
    private(set) var shownAreas: [Int: Area] = [:]
    /// Whether the file is a form of Adobe's XFA, whose pages may be only a note.
    private(set) var isXFA = false

    /// The units of ``PDFPage`` per point.
    private static let scale = 1.5
    /// The minimum width of a strip that is cut off, in points.
    private static let minimumStrip = 2.0

    /// Describes a file of which nothing is known.
    init() {}

    /// Reads the output of `pdfinfo -box`.
    ///
    /// - Parameter list: The output, with a line for each box of each page.
    init(list: [UInt8]) {
        var media: (page: Int, box: [Double]) = (0, [])
        var turns: [Int: Int] = [:]
        for line in list.split(separator: UInt8(ascii: "\n")) {
            let fields = line.split(separator: UInt8(ascii: " "), maxSplits: 8).map {
                String(decoding: $0, as: UTF8.self)
            }
            guard fields.count >= 2 else { continue }
            if fields[0] == "Form:" { isXFA = fields[1] == "XFA" }
            guard fields[0] == "Page", let page = Int(fields[1]), fields.count >= 4 else { continue }
            let numbers = fields.dropFirst(3).compactMap { Double($0) }.filter(\.isFinite)
            switch fields[2] {
            case "rot:": turns[page] = Int(fields[3])
            case "MediaBox:": media = (page, numbers)
            case "CropBox:" where media.page == page && media.box.count == 4 && numbers.count == 4:
                shownAreas[page] = Self.area(numbers, of: media.box, turned: turns[page] ?? 0)
            default: break
            }
        }
    }

    /// The place of a box on a turned page; nil if it covers nearly all of the page.
    ///
    /// - Parameters:
    ///   - box: The left, bottom, right and top edge of the box.
    ///   - page: Those of the page.
    ///   - turn: The angle by which the page is turned clockwise.
    /// - Returns: The place.
    private static func area(_ box: [Double], of page: [Double], turned turn: Int) -> Area? {
        let (left, bottom) = (max(0, box[0] - page[0]), max(0, box[1] - page[1]))
        let (right, top) = (max(0, page[2] - box[2]), max(0, page[3] - box[3]))
        let (width, height) = (page[2] - page[0], page[3] - page[1])
        guard max(left, bottom, right, top) > minimumStrip, left + right < width, bottom + top < height else {
            return nil
        }
        func area(_ left: Double, _ top: Double, _ right: Double, _ bottom: Double) -> Area {
            let (width, height) = turn % 180 == 0 ? (width, height) : (height, width)
            return Area(
                x: (left * scale)..<((width - right) * scale),
                y: (top * scale)..<((height - bottom) * scale)
            )
        }
        return switch turn {
        case 90: area(bottom, left, top, right)
        case 180: area(right, bottom, left, top)
        case 270: area(top, right, bottom, left)
        default: area(left, top, right, bottom)
        }
    }
}
