/// The ruling lines of a page, which are the borders of the cells of its tables.
struct PDFRules: Sendable {
    /// A horizontal or vertical line.
    struct Rule: Sendable {
        /// The height of a horizontal line, the distance from the left of a vertical one.
        var position: Double
        /// The other coordinates that the line covers.
        var range: Range<Double>
        var thickness = 0.0
        /// Whether the line is drawn as one, and not a side of a shape.
        var isStroke = true
    }

    /// A rectangle of a color other than white.
    struct Fill: Sendable {
        var x: Range<Double>
        var y: Range<Double>
        var color: String
    }

    /// From top to bottom.
    private(set) var horizontal: [Rule] = []
    /// From left to right.
    private(set) var vertical: [Rule] = []
    /// The colored rectangles, of which the later ones cover the earlier ones.
    private(set) var fills: [Fill] = []

    /// The maximum number of colored rectangles of a page.
    private static let maximumFills = 2_000
    /// The maximum distance of lines that are one, and the maximum gap between the parts of a line.
    static let tolerance = 3.0
    /// The maximum thickness of a filled rectangle that is a line.
    private static let maximumThickness = 4.5
    /// The minimum length of a line.
    private static let minimumLength = 8.0
    /// The maximum number of segments of a page; a page with more is a drawing.
    private static let maximumSegments = 20_000
    /// The maximum number of lines of a page in each direction.
    private static let maximumRules = 1_000

    /// Creates the lines of a page.
    ///
    /// - Parameters:
    ///   - horizontal: Segments of horizontal lines.
    ///   - vertical: Segments of vertical lines.
    ///   - fills: The colored rectangles.
    init(horizontal: [Rule] = [], vertical: [Rule] = [], fills: [Fill] = []) {
        guard horizontal.count + vertical.count <= Self.maximumSegments else { return }
        let (rows, columns) = (Self.joined(horizontal), Self.joined(vertical))
        guard rows.count <= Self.maximumRules, columns.count <= Self.maximumRules else { return }
        self.horizontal = rows
        self.vertical = columns
        self.fills = fills
    }

    /// The color of a place; nil if it is white.
    func color(x: Double, y: Double) -> String? {
        let color = fills.last { $0.x.contains(x) && $0.y.contains(y) }?.color
        return color == Self.white ? nil : color
    }

    /// Whether a rectangle is not white.
    func isColored(_ fill: Fill) -> Bool { fill.color != Self.white }

    private static let white = "rgb(100%,100%,100%)"

    /// Whether there are no lines that could bound a cell.
    var isEmpty: Bool { horizontal.count < 2 || vertical.count < 2 }

    /// The lines of a page that is mirrored.
    func mirrored(width: Double) -> PDFRules {
        var mirrored = self
        for rule in horizontal.indices {
            let range = horizontal[rule].range
            mirrored.horizontal[rule].range = (width - range.upperBound)..<(width - range.lowerBound)
        }
        for fill in fills.indices {
            mirrored.fills[fill].x = (width - fills[fill].x.upperBound)..<(width - fills[fill].x.lowerBound)
        }
        mirrored.vertical = vertical.reversed().map { Rule(position: width - $0.position, range: $0.range) }
        return mirrored
    }

    /// The lines that the segments form, by their positions.
    private static func joined(_ segments: [Rule]) -> [Rule] {
        var rules: [Rule] = []
        var group: [Rule] = []
        func end() {
            guard let first = group.first, let last = group.last else { return }
            let position = (first.position + last.position) / 2
            var open: Rule?
            for segment in group.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
                if var rule = open, segment.range.lowerBound <= rule.range.upperBound + tolerance {
                    rule.range = rule.range.union(segment.range)
                    rule.thickness = max(rule.thickness, segment.thickness)
                    rule.isStroke = rule.isStroke && segment.isStroke
                    open = rule
                } else {
                    if let open { rules.append(open) }
                    open = segment
                    open?.position = position
                }
            }
            if let open { rules.append(open) }
            group = []
        }
        for segment in segments.sorted(by: { $0.position < $1.position }) {
            if let first = group.first, segment.position - first.position > tolerance { end() }
            group.append(segment)
        }
        end()
        return rules.filter { $0.range.length >= minimumLength }
    }
}

extension PDFRules {
    /// Finds the lines of pages.
    ///
    /// - Parameters:
    ///   - drawing: What is drawn on the pages.
    ///   - scale: The units of ``PDFPage`` per point.
    /// - Returns: The lines of each page.
    static func pages(of drawing: PDFDrawing, scale: Double) -> [PDFRules] {
        drawing.pages.map { paths in
            var segments = SegmentCollector(scale: scale)
            for path in paths { segments.add(path) }
            return PDFRules(horizontal: segments.horizontal, vertical: segments.vertical, fills: segments.fills)
        }
    }

    /// Collects the horizontal and vertical segments of drawn paths.
    private struct SegmentCollector {
        let scale: Double
        var horizontal: [Rule] = []
        var vertical: [Rule] = []
        var fills: [Fill] = []

        /// The maximum deviation of a line from the horizontal or the vertical.
        private static let slant = 1.0

        /// Adds the segments of a path, or the lines that are thin filled rectangles.
        mutating func add(_ path: PDFDrawing.Path) {
            guard horizontal.count + vertical.count <= maximumSegments else { return }
            let style = path.style
            let transform = Transform(path, scale: scale)
            let width = style.contains("fill:none") ? Self.width(inStyle: style) : nil
            for shape in Self.shapes(of: path.commands, transform: transform) {
                if let width {
                    addStroked(shape, thickness: width * transform.factor)
                } else {
                    addFilled(shape, style: style)
                }
            }
        }

        /// The width of the lines that a style draws.
        private static func width(inStyle style: String) -> Double {
            let value = style.firstRange(of: "stroke-width:").map { style[$0.upperBound...].prefix { $0 != ";" } }
            let width = value.flatMap { Double($0) } ?? 1
            return width.isFinite ? width : 1
        }

        private mutating func addStroked(_ shape: [Point], thickness: Double) {
            for (start, end) in zip(shape, shape.dropFirst()) {
                if abs(start.y - end.y) <= Self.slant {
                    append(horizontal: (start.y + end.y) / 2, start.x, end.x, thickness, isStroke: shape.count == 2)
                } else if abs(start.x - end.x) <= Self.slant {
                    append(vertical: (start.x + end.x) / 2, start.y, end.y)
                }
            }
        }

        private mutating func addFilled(_ shape: [Point], style: String) {
            guard shape.count >= 4, let left = shape.map(\.x).min(), let right = shape.map(\.x).max(),
                let top = shape.map(\.y).min(), let bottom = shape.map(\.y).max()
            else { return }
            let isRectangle = shape.allSatisfy { [left, right].contains($0.x) && [top, bottom].contains($0.y) }
            if bottom - top <= maximumThickness, right - left >= bottom - top {
                append(horizontal: (top + bottom) / 2, left, right, bottom - top, isStroke: isRectangle)
            }
            if right - left <= maximumThickness, bottom - top >= right - left {
                append(vertical: (left + right) / 2, top, bottom)
            }
            guard isRectangle, min(right - left, bottom - top) > maximumThickness, fills.count < maximumFills,
                let color = style.split(separator: ";").first(where: { $0.hasPrefix("fill:") })?.dropFirst(5)
            else { return }
            fills.append(Fill(x: left..<right, y: top..<bottom, color: String(color)))
        }

        private mutating func append(
            horizontal y: Double,
            _ start: Double,
            _ end: Double,
            _ thickness: Double,
            isStroke: Bool
        ) {
            let range = min(start, end)..<max(start, end)
            horizontal.append(Rule(position: y, range: range, thickness: thickness, isStroke: isStroke))
        }

        private mutating func append(vertical x: Double, _ start: Double, _ end: Double) {
            vertical.append(Rule(position: x, range: min(start, end)..<max(start, end)))
        }

        /// The shapes of a path that consist of straight lines, each closed where the path closes it.
        private static func shapes(of path: String, transform: Transform) -> [[Point]] {
            var shapes: [[Point]] = []
            var shape: [Point] = []
            var numbers: [Double] = []
            var command: Substring = ""
            var isStraight = true
            func end() {
                if isStraight, shape.count > 1 { shapes.append(shape) }
                shape = []
                isStraight = true
            }
            for word in path.split(separator: " ") {
                if let number = Double(word) {
                    numbers.append(number.isFinite ? number : 0)
                    guard numbers.count == 2, command == "M" || command == "L" else { continue }
                    if command == "M" { end() }
                    shape.append(transform.apply(numbers[0], numbers[1]))
                    numbers = []
                } else {
                    command = word
                    numbers = []
                    if word == "Z", let first = shape.first { shape.append(first) }
                    if word == "C" { isStraight = false }
                }
            }
            end()
            return shapes
        }
    }

    struct Point {
        var x: Double
        var y: Double
    }

    /// The transformation of a path to the units of a page.
    struct Transform {
        private var matrix = [1.0, 0, 0, 1, 0, 0]
        private let scale: Double
        /// How far the path is moved then, in points.
        private let offset: (x: Double, y: Double)

        /// Reads `matrix(a,b,c,d,e,f)`.
        init(_ path: PDFDrawing.Path, scale: Double) {
            self.scale = scale
            offset = path.offset
            let numbers = path.matrix?.split { "(), ".contains($0) }.compactMap { Double($0) } ?? []
            if numbers.count == 6, numbers.allSatisfy(\.isFinite) { matrix = numbers }
        }

        /// What a height is multiplied by.
        var factor: Double { abs(matrix[3]) > 0 ? abs(matrix[3]) * scale : abs(matrix[1]) * scale }

        func apply(_ x: Double, _ y: Double) -> Point {
            func bounded(_ value: Double) -> Double { min(max(value * scale, -100_000), 100_000) }
            return Point(
                x: bounded(matrix[0] * x + matrix[2] * y + matrix[4] + offset.x),
                y: bounded(matrix[1] * x + matrix[3] * y + matrix[5] + offset.y)
            )
        }
    }
}
