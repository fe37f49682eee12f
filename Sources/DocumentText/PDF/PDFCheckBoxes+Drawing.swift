extension PDFCheckBoxes {
    /// Finds the boxes of pages.
    ///
    /// - Parameters:
    ///   - drawing: What is drawn on the pages.
    ///   - scale: The units of ``PDFPage`` per point.
    /// - Returns: The boxes of each page.
    static func pages(of drawing: PDFDrawing, scale: Double) -> [PDFCheckBoxes] {
        drawing.pages.map { paths in
            var shapes = Drawing(scale: scale)
            for path in paths { shapes.add(path) }
            return PDFCheckBoxes(boxes: shapes.boxes)
        }
    }

    /// The shapes of a page.
    private struct Drawing {
        let scale: Double
        private var paths: [Path] = []
        private var outlines: [Int] = []

        /// The maximum size of the element of a path, in bytes; longer ones are pictures.
        private static let maximumBytes = 6_000
        /// The maximum number of paths of a page; a page with more is a drawing.
        private static let maximumPaths = 20_000
        /// The maximum number of boxes of a page.
        private static let maximumBoxes = 500
        /// The sides of a box.
        private static let sides = 7.0..<30.0

        init(scale: Double) { self.scale = scale }

        mutating func add(_ path: PDFDrawing.Path) {
            guard path.commands.utf8.count <= Self.maximumBytes, paths.count <= Self.maximumPaths,
                let path = Path(path, scale: scale)
            else { return }
            // A path can be several bars of a chart.
            for path in [path] + path.fillings where path.side < Self.sides.upperBound * 2 {
                if path.isOutline, Self.sides.contains(path.side) { outlines.append(paths.count) }
                paths.append(path)
            }
        }

        /// The boxes, from top to bottom.
        var boxes: [Box] {
            guard !outlines.isEmpty, outlines.count <= Self.maximumBoxes, paths.count <= Self.maximumPaths else {
                return []
            }
            var places = PlaceIndex()
            for outline in outlines where !places.contains(paths[outline]) { places.insert(paths[outline]) }
            // Chromium fills a ticked box, and draws a light mark on it.
            for path in paths where path.isDarkBox && places.hasSide(path.side) && !places.contains(path) {
                places.insert(path, isDark: true)
            }
            for path in paths { places.mark(path) }
            return places.boxes
        }
    }

    /// A drawn shape.
    private struct Path {
        var x: Range<Double>
        var y: Range<Double>
        /// Whether the shape is a square or a circle.
        var isBox = false
        /// Whether the shape is the border of a square or of a circle.
        var isOutline = false
        /// Whether the color is dark.
        var isDark: Bool
        /// The squares and circles among the parts of the shape that fill a place each.
        private var parts: [(x: Range<Double>, y: Range<Double>)] = []
        /// The number of its parts.
        var count: Int
        /// The ends and the middles of the lines.
        var points: [PDFRules.Point] = []

        var side: Double { max(x.length, y.length) }

        /// Whether the shape is a dark square or circle that nothing else is drawn with.
        var isDarkBox: Bool { isBox && isDark && !isOutline && !points.isEmpty }

        /// The brightness, from 0 to 1, above which a color is light.
        private static let lightness = 0.8
        /// The maximum deviation of a side, of a corner or of a radius, as a part of a side.
        private static let deviation = 0.12
        /// The maximum thickness of a border that is filled, as a part of a side.
        private static let maximumBorder = 0.25

        init?(_ path: PDFDrawing.Path, scale: Double) {
            let (data, style) = (path.commands, path.style)
            let isFilled = !style.contains("fill:none")
            let transform = PDFRules.Transform(path, scale: scale)
            let shapes = Self.shapes(of: data, transform)
            let ends = shapes.joined()
            guard let left = ends.map(\.x).min(), let right = ends.map(\.x).max(), let top = ends.map(\.y).min(),
                let bottom = ends.map(\.y).max()
            else { return nil }
            (x, y) = (left..<right, top..<bottom)
            isDark = Self.brightness(of: isFilled ? "fill:rgb(" : "stroke:rgb(", in: style) < Self.lightness
            count = shapes.count
            points = Array(ends)
            for shape in shapes {
                points += zip(shape, shape.dropFirst()).map { .init(x: ($0.x + $1.x) / 2, y: ($0.y + $1.y) / 2) }
            }
            let isCurved = data.contains("C")
            let boxes = shapes.compactMap { Self.box(of: $0, isCurved: isCurved) }
            let areBoxes = boxes.count == shapes.count
            isBox = areBoxes && boxes.count == 1
            isOutline = isDark && areBoxes && (isFilled ? isBorder(boxes) : isBox)
            if isFilled, shapes.count > 1, !isOutline { parts = boxes }
        }

        private init(_ part: (x: Range<Double>, y: Range<Double>), isDark: Bool) {
            (x, y) = part
            (isBox, self.isDark, count) = (true, isDark, 1)
        }

        /// The squares and circles that the path fills besides others.
        var fillings: [Path] { parts.map { Path($0, isDark: isDark) } }

        /// Whether filled shapes are the outer and the inner side of a border.
        private func isBorder(_ boxes: [(x: Range<Double>, y: Range<Double>)]) -> Bool {
            guard boxes.count == 2 else { return false }
            let inner = boxes.min { $0.x.length < $1.x.length } ?? boxes[0]
            let border = side * Self.maximumBorder
            return inner.x.lowerBound - x.lowerBound < border && x.upperBound - inner.x.upperBound < border
                && inner.y.lowerBound - y.lowerBound < border && y.upperBound - inner.y.upperBound < border
        }

        /// The sides of a shape that is a square or a circle.
        private static func box(of shape: [PDFRules.Point], isCurved: Bool) -> (x: Range<Double>, y: Range<Double>)? {
            guard shape.count >= 4, let left = shape.map(\.x).min(), let right = shape.map(\.x).max(),
                let top = shape.map(\.y).min(), let bottom = shape.map(\.y).max()
            else { return nil }
            let (width, height) = (right - left, bottom - top)
            let side = max(width, height)
            guard abs(width - height) < side * deviation, let first = shape.first, let last = shape.last,
                abs(first.x - last.x) + abs(first.y - last.y) < side * deviation
            else { return nil }
            let most = side * deviation
            let isSquare = shape.allSatisfy { point in
                min(point.x - left, right - point.x, point.y - top, bottom - point.y) < most
            }
            let corners = shape.count { point in
                min(point.x - left, right - point.x) < most * 2 && min(point.y - top, bottom - point.y) < most * 2
            }
            let isRound =
                isCurved
                && shape.allSatisfy { point in
                    let (x, y) = (point.x - (left + right) / 2, point.y - (top + bottom) / 2)
                    return abs((x * x + y * y).squareRoot() - side / 2) < most
                }
            guard isSquare && corners >= 4 || isRound else { return nil }
            return (left..<right, top..<bottom)
        }

        /// The ends of the lines and curves of a path's shapes, each closed where the path closes it.
        private static func shapes(of path: String, _ transform: PDFRules.Transform) -> [[PDFRules.Point]] {
            var shapes: [[PDFRules.Point]] = []
            var shape: [PDFRules.Point] = []
            var numbers: [Double] = []
            var command: Substring = ""
            for word in path.split(separator: " ") {
                if let number = Double(word) {
                    numbers.append(number.isFinite ? number : 0)
                    guard numbers.count == (command == "C" ? 6 : 2) else { continue }
                    if command == "M" {
                        if shape.count > 1 { shapes.append(shape) }
                        shape = []
                    }
                    shape.append(transform.apply(numbers[numbers.count - 2], numbers[numbers.count - 1]))
                    numbers = []
                } else {
                    command = word
                    numbers = []
                    if word == "Z", let first = shape.first { shape.append(first) }
                }
            }
            if shape.count > 1 { shapes.append(shape) }
            return shapes
        }

        /// The brightness of a color, from 0 to 1; 1 if it is unknown.
        private static func brightness(of name: String, in style: String) -> Double {
            guard let start = style.firstRange(of: name)?.upperBound else { return 1 }
            let parts = style[start...].prefix { $0 != ")" }.split { ",%".contains($0) }.compactMap { Double($0) }
            return parts.count == 3 ? (parts[0] * 0.3 + parts[1] * 0.59 + parts[2] * 0.11) / 100 : 1
        }
    }

    /// Boxes by their places.
    private struct PlaceIndex {
        private var all: [(box: Box, isDark: Bool, lines: Int)] = []
        /// The numbers of the boxes at each step of height.
        private var steps: [Int: [Int]] = [:]

        private static let step = 30.0
        /// The minimum gap between boxes, as a part of a side; closer ones are cells.
        private static let minimumGap = 0.04
        /// The sizes of a mark, and of a shape that fills a box in part.
        private static let sizesOfMark = 0.25..<1.9
        private static let sizesOfFilling = 0.2..<0.85
        /// The maximum number of lines and shapes of a mark.
        private static let maximumLines = 3
        /// The inner part of a box, in which its marks are.
        private static let inside = 0.2..<0.8

        /// The boxes, from top to bottom, without those that are cells of a grid.
        var boxes: [Box] {
            var isCell = Array(repeating: false, count: all.count)
            for (first, other) in all.indices.flatMap({ first in near(all[first].box.y).map { (first, $0) } })
            where first < other && touches(first, other) {
                isCell[first] = true
                isCell[other] = true
            }
            return all.indices.filter { !isCell[$0] && isCheckBox($0) }.map { all[$0].box }
                .sorted { ($0.y.lowerBound, $0.x.lowerBound) < ($1.y.lowerBound, $1.x.lowerBound) }
        }

        func hasSide(_ side: Double) -> Bool { all.contains { abs($0.box.side - side) < side * 0.2 } }

        func contains(_ path: Path) -> Bool { index(x: path.x.middle, y: path.y.middle) != nil }

        mutating func insert(_ path: Path, isDark: Bool = false) {
            for step in Self.steps(of: path.y) { steps[step, default: []].append(all.count) }
            all.append((Box(x: path.x, y: path.y), isDark, 0))
        }

        /// Marks the box in which a shape is.
        mutating func mark(_ path: Path) {
            guard let index = index(x: path.x.middle, y: path.y.middle) else { return }
            let (box, isDark, _) = all[index]
            let size = path.side / box.side
            if path.isBox, !path.isOutline, size >= Self.sizesOfFilling.upperBound { all[index].isDark = path.isDark }
            guard !path.isOutline, path.isDark != isDark,
                (path.isBox ? Self.sizesOfFilling : Self.sizesOfMark).contains(size)
            else { return }
            let isInside = path.points.contains { point in
                Self.inside.contains((point.x - box.x.lowerBound) / box.x.length)
                    && Self.inside.contains((point.y - box.y.lowerBound) / box.y.length)
            }
            guard isInside else { return }
            all[index].lines += path.count
            all[index].box.isTicked = true
        }

        /// Whether a box may be one of a form, and is not a symbol with a drawing in it.
        private func isCheckBox(_ index: Int) -> Bool {
            let (box, isDark, lines) = all[index]
            return lines <= Self.maximumLines && (!isDark || box.isTicked)
        }

        private func touches(_ first: Int, _ second: Int) -> Bool {
            let (one, other) = (all[first].box, all[second].box)
            let gap = min(one.side, other.side) * Self.minimumGap
            let across = max(one.x.lowerBound, other.x.lowerBound) - min(one.x.upperBound, other.x.upperBound)
            let down = max(one.y.lowerBound, other.y.lowerBound) - min(one.y.upperBound, other.y.upperBound)
            return max(across, down) < gap
        }

        private func index(x: Double, y: Double) -> Int? {
            steps[Int(y / Self.step)]?.first { all[$0].box.x.contains(x) && all[$0].box.y.contains(y) }
        }

        private func near(_ y: Range<Double>) -> [Int] { Self.steps(of: y).flatMap { steps[$0] ?? [] } }

        private static func steps(of y: Range<Double>) -> ClosedRange<Int> {
            Int((y.lowerBound - 1) / step)...Int((y.upperBound + 1) / step)
        }
    }
}
