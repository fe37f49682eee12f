/// Puts the shapes of a slide into the order in which they are read: the title, and the other ones by their places, in
/// rows from top to bottom and from left to right.
///
/// A row of names above another row with as many shapes in the same places is a header: `Berlin: 39 hours`.
struct SlideArrangement {
    /// A shape or the shapes of a group.
    private struct Unit {
        var place: SlidePlace
        var shapes: [SlideShape]

        /// The only shape.
        var only: SlideShape? { shapes.count == 1 ? shapes[0] : nil }
    }

    /// Units in the same height: its columns, each from top to bottom.
    private typealias Row = [[Unit]]

    private var document: DocumentBuilder
    private let slide: SlidePlace

    /// The maximum number of words of a title.
    private static let maximumTitleWords = 12
    /// The type size of shapes that name none, in hundredths of a point.
    private static let usualSize = 1800
    /// The maximum number of shapes of a group that the first one names.
    private static let maximumNamedShapes = 6
    /// The maximum number of rows below a header.
    private static let maximumRows = 20

    /// Creates an empty document of a slide.
    ///
    /// - Parameters:
    ///   - width: The width of the slide.
    ///   - height: Its height.
    ///   - limits: The limits of the document.
    init(width: Double, height: Double, limits: ExtractionLimits) {
        document = DocumentBuilder(limits: limits)
        slide = SlidePlace(width: width, height: height)
    }

    /// The document of a slide.
    ///
    /// - Parameters:
    ///   - shapes: The slide's shapes in the file's order.
    ///   - places: The places of the placeholders.
    /// - Returns: The slide's title as a heading, its tables, and its other lines as list items.
    /// - Throws: `ExtractionError` if its text exceeds the limits.
    mutating func document(
        of shapes: [SlideShape],
        placeholders places: SlidePlaces
    ) throws(ExtractionError) -> ExtractedDocument {
        var titles: [SlideShape] = []
        var others: [SlideShape] = []
        var last = SlidePlace()
        for var shape in shapes where !shape.contents.isEmpty && shape.placeholder?.isRunningLine != true {
            if shape.placeholder?.isTitle == true {
                titles.append(shape)
                continue
            }
            let place = shape.place ?? shape.placeholder.flatMap { places.place(of: $0) }
            if let place, place.width > 0, place.height > 0, !place.touches(slide) {
                document.warn("Text beside a slide was left out.")
                continue
            }
            // A shape of an unknown place is read after the one before it in the file.
            last = place ?? last
            shape.place = last
            others.append(shape)
        }
        for title in titles {
            let lines = title.contents.compactMap { content in
                if case .paragraph(let line, _) = content { line } else { nil }
            }
            try document.append(.heading(level: 2, text: lines.joined(separator: " ")))
        }
        var rows = Self.rows(Self.units(of: others))
        if titles.isEmpty, let title = Self.title(of: rows, among: others) {
            try document.append(.heading(level: 2, text: title))
            rows.removeFirst()
        }
        try append(rows)
        return document.document
    }

    /// The text of a lone shape above the others in the largest type.
    private static func title(of rows: [Row], among shapes: [SlideShape]) -> String? {
        guard rows.count > 1, rows[0].count == 1, rows[0][0].count == 1, let shape = rows[0][0][0].only,
            let text = shape.onlyParagraph, text.wordCount <= maximumTitleWords, let end = text.last,
            !".;,".contains(end)
        else { return nil }
        let larger = shapes.count { max($0.size, usualSize) >= shape.size }
        return shape.size > usualSize && larger == 1 ? text : nil
    }

    /// The shapes, those of a group as one.
    private static func units(of shapes: [SlideShape]) -> [Unit] {
        var units: [Unit] = []
        var groups: [Int: Int] = [:]
        for shape in shapes {
            let place = shape.place ?? SlidePlace()
            if let group = shape.group, let index = groups[group] {
                units[index].shapes.append(shape)
                units[index].place = units[index].place.union(place)
            } else {
                if let group = shape.group { groups[group] = units.count }
                units.append(Unit(place: place, shapes: [shape]))
            }
        }
        return units
    }

    private static func rows(_ units: [Unit]) -> [Row] {
        var rows: [[Unit]] = []
        var bottom = 0.0
        for unit in sorted(units, by: \.top, then: \.left) {
            if !rows.isEmpty, unit.place.centre < bottom {
                rows[rows.count - 1].append(unit)
                bottom = max(bottom, unit.place.bottom)
            } else {
                rows.append([unit])
                bottom = unit.place.bottom
            }
        }
        return rows.map { columns($0) }
    }

    private static func columns(_ units: [Unit]) -> Row {
        var columns: Row = []
        var right = 0.0
        for unit in sorted(units, by: \.left, then: \.top) {
            if !columns.isEmpty, unit.place.middle < right {
                columns[columns.count - 1].append(unit)
                right = max(right, unit.place.right)
            } else {
                columns.append([unit])
                right = unit.place.right
            }
        }
        return columns.map { sorted($0, by: \.top, then: \.left) }
    }

    /// The units in the order of two positions; those with the same ones in the file's order.
    private static func sorted(
        _ units: [Unit],
        by first: KeyPath<SlidePlace, Double>,
        then second: KeyPath<SlidePlace, Double>
    ) -> [Unit] {
        units.enumerated().sorted { one, other in
            let (place, otherPlace) = (one.element.place, other.element.place)
            return (place[keyPath: first], place[keyPath: second], one.offset)
                < (otherPlace[keyPath: first], otherPlace[keyPath: second], other.offset)
        }.map(\.element)
    }

    private mutating func append(_ rows: [Row]) throws(ExtractionError) {
        var rest = rows[...]
        while let row = rest.first {
            let values = Self.values(below: row, in: rest.dropFirst())
            if let names = Self.names(row), !values.isEmpty {
                try append(names, above: values)
                rest = rest.dropFirst(values.count + 1)
                continue
            }
            for unit in row.joined() { try append(unit) }
            rest = rest.dropFirst()
        }
    }

    /// The shapes of a row of names, if it is one.
    private static func names(_ row: Row) -> [SlideShape]? {
        let shapes = row.compactMap { $0.count == 1 ? $0[0].only : nil }
        return shapes.count == row.count && shapes.count > 1 && shapes.allSatisfy { $0.name != nil } ? shapes : nil
    }

    /// The rows below a row of names that it is the header of.
    private static func values(below header: Row, in rows: ArraySlice<Row>) -> [[SlideShape]] {
        guard names(header) != nil else { return [] }
        var values: [[SlideShape]] = []
        var hasFigures = false
        for row in rows.prefix(maximumRows) {
            let isNames = names(row) != nil
            guard row.count == header.count, !(hasFigures && isNames) else { break }
            let shapes = zip(header, row).compactMap { above, below -> SlideShape? in
                guard below.count == 1, let shape = below[0].only, shape.isText else { return nil }
                let (place, own) = (above[0].place, below[0].place)
                let tolerance = min(place.width, own.width) / 2
                let distance = min(abs(place.left - own.left), abs(place.middle - own.middle))
                return distance <= tolerance ? shape : nil
            }
            guard shapes.count == header.count else { break }
            hasFigures = hasFigures || !isNames
            values.append(shapes)
        }
        // Rows of nothing but names may stand beside each other for any reason.
        return hasFigures ? values : []
    }

    private mutating func append(
        _ names: [SlideShape],
        above values: [[SlideShape]]
    ) throws(ExtractionError) {
        if values.joined().allSatisfy({ $0.contents.count == 1 }) {
            var table = TableBuilder()
            table.firstRowIsHeader = true
            for row in [names] + values {
                table.beginRow()
                for shape in row { table.addCell(shape.onlyParagraph ?? "") }
            }
            return try table.append(to: &document)
        }
        for (column, name) in names.enumerated() {
            var lists = ListNesting()
            try append(name, depth: 0, in: &lists)
            for row in values { try append(row[column], depth: 1, in: &lists) }
        }
    }

    private mutating func append(_ unit: Unit) throws(ExtractionError) {
        guard unit.shapes.count > 1 else {
            var lists = ListNesting()
            return try append(unit.shapes[0], depth: 0, in: &lists)
        }
        let rows = Self.rows(unit.shapes.map { Unit(place: $0.place ?? SlidePlace(), shapes: [$0]) })
        guard unit.shapes.count <= Self.maximumNamedShapes, rows.count > 1, rows[0].count == 1, rows[0][0].count == 1,
            let name = rows[0][0][0].only, name.name != nil
        else { return try append(rows) }
        var lists = ListNesting()
        try append(name, depth: 0, in: &lists)
        for shape in rows.dropFirst().joined().joined().flatMap(\.shapes) { try append(shape, depth: 1, in: &lists) }
    }

    private mutating func append(
        _ shape: SlideShape,
        depth: Int,
        in lists: inout ListNesting
    ) throws(ExtractionError) {
        for content in shape.contents {
            switch content {
            case .paragraph(let line, let level):
                try document.append(item: line, depth: depth + level, in: &lists)
            case .table(let table): try table.append(to: &document)
            }
        }
    }
}
