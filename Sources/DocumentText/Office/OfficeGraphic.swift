/// A chart or a diagram of an Office document, which is a part of its own.
enum OfficeGraphic: Sendable {
    /// The values of a chart: a table for each of its sets of categories.
    case chart([TableBuilder])
    /// The points of a diagram, each with its level.
    case diagram([(text: String, level: Int)])

    /// The kinds of relationships to charts and diagrams.
    private static let kinds: Set<String> = ["chart", "chartEx", "diagramData"]
    /// The maximum number of charts and diagrams of a document that are read.
    private static let maximumGraphics = 500

    /// The charts and diagrams that a part refers to, by the IDs of their relationships.
    ///
    /// - Parameters:
    ///   - relationships: The relationships of the part.
    ///   - package: The package.
    ///   - limits: The limits of the document.
    /// - Returns: The graphics, and the size of their parts in bytes.
    /// - Throws: `ExtractionError` if the package cannot be read or exceeds the limits.
    static func graphics(
        of relationships: [OfficePackage.Relationship],
        in package: OfficePackage,
        limits: ExtractionLimits
    ) throws(ExtractionError) -> (byID: [String: OfficeGraphic], bytes: Int) {
        var graphics: [String: OfficeGraphic] = [:]
        var bytes = 0
        for relationship in relationships where kinds.contains(relationship.kind) {
            guard graphics.count < maximumGraphics, let xml = try package.archive.member(relationship.target) else {
                continue
            }
            bytes += xml.count
            guard bytes <= limits.textBytes else {
                throw .invalid("The file holds more than \(limits.textBytes >> 20) MB of text.")
            }
            graphics[relationship.id] =
                switch relationship.kind {
                case "chart": .chart(OfficeChart.tables(of: xml))
                case "chartEx": .chart(ExtendedChart.tables(of: xml))
                default: .diagram(OfficeDiagram.points(of: xml))
                }
        }
        return (graphics, bytes)
    }

    /// The ID of the relationship that an element refers to, if it shows a chart or a diagram.
    static func reference(_ name: String, _ attributes: [String: String]) -> String? {
        switch name {
        case "c:chart", "cx:chart": attributes["r:id"]
        case "dgm:relIds": attributes["r:dm"]
        default: nil
        }
    }
}

/// Reads a chart as the table of its values: a row for each category, and a column for each series.
struct OfficeChart {
    private struct Series: Sendable {
        var name = ""
        /// The texts of the categories by their positions, innermost level first.
        var categories: [[Int: String]] = []
        var values: [Int: String] = [:]
    }

    private var series: [Series] = []
    private var isInSeries = false
    /// The element that the current text belongs to.
    private var section: String?
    private var axis: String?
    private var title = ""
    private var axisTitles: [String: [String]] = [:]
    private var formatCode = ""
    private var position: Int?
    private var textName: String?
    private var text = ""

    private static let sections: Set<String> = ["c:tx", "c:cat", "c:val", "c:xVal", "c:yVal", "c:title"]
    private static let axes: Set<String> = ["c:catAx", "c:dateAx", "c:valAx", "c:serAx"]
    /// The maximum number of levels of categories.
    private static let maximumLevels = 8
    /// The maximum number of cells of a chart's table.
    private static let maximumCells = 100_000
    /// The maximum number of words of a title that is repeated in each row.
    private static let maximumTitleWords = 12

    /// The tables of a chart's part.
    static func tables(of xml: [UInt8]) -> [TableBuilder] {
        var chart = OfficeChart()
        var tokens = OfficeMarkup(xml)
        while let token = tokens.next() {
            switch token {
            case .start(let name, let attributes, let isClosed): if !isClosed { chart.start(name, attributes) }
            case .end(let name): chart.end(name)
            case .text(let run): if chart.textName != nil { chart.text += run }
            }
        }
        return chart.tables
    }

    private mutating func start(_ name: String, _ attributes: [String: String]) {
        switch name {
        case "c:ser":
            isInSeries = true
            series.append(Series())
        case _ where Self.axes.contains(name): axis = name
        case _ where section == nil && Self.sections.contains(name):
            section = name
            formatCode = ""
            title = name == "c:title" ? "" : title
            if name == "c:cat" || name == "c:xVal", isInSeries { series[series.count - 1].categories = [[:]] }
        case "c:lvl" where section == "c:cat" && isInSeries:
            let levels = series[series.count - 1].categories
            if levels != [[:]], levels.count < Self.maximumLevels { series[series.count - 1].categories.append([:]) }
        case "c:pt": position = attributes["idx"].flatMap { Int($0) }
        case "c:v", "a:t", "c:formatCode":
            textName = name
            text = ""
        default: break
        }
    }

    private mutating func end(_ name: String) {
        switch name {
        case "c:ser": isInSeries = false
        case _ where Self.axes.contains(name): axis = nil
        case "c:title" where section == name:
            axisTitles[axis ?? "", default: []].append(title.onOneLine)
            section = nil
        case _ where name == section: section = nil
        case "c:pt": position = nil
        case textName: endText(name)
        case "a:p" where section == "c:title": title += " "
        default: break
        }
    }

    private mutating func endText(_ name: String) {
        textName = nil
        guard name != "c:formatCode" else { return formatCode = text }
        guard section != "c:title" else { return title += text }
        guard name == "c:v", isInSeries, let last = series.indices.last else { return }
        let number = formatCode.isEmpty ? nil : Double(text).flatMap { $0.isFinite ? $0 : nil }
        let value =
            number.map { NumberFormat(code: formatCode).text(of: $0, countsFrom1904: false) } ?? text
        switch section {
        case "c:tx": series[last].name += text
        case "c:cat", "c:xVal":
            if let position { series[last].categories[series[last].categories.count - 1][position] = value }
        case "c:val", "c:yVal": if let position { series[last].values[position] = value }
        default: break
        }
    }

    private var tables: [TableBuilder] {
        let named = series.filter { !$0.values.isEmpty }
        var groups: [[Series]] = []
        for series in named {
            if groups.last?[0].categories == series.categories {
                groups[groups.count - 1].append(series)
            } else {
                groups.append([series])
            }
        }
        return groups.compactMap { table(of: $0) }
    }

    /// The table of series with the same categories; nil if it is too large.
    private func table(of group: [Series]) -> TableBuilder? {
        let positions = Set(group.flatMap(\.values.keys)).sorted()
        guard positions.count * group.count <= Self.maximumCells else { return nil }
        var table = TableBuilder()
        let title = axisTitles[""]?.first ?? ""
        let isRepeatable = title.wordCount <= Self.maximumTitleWords && !group.contains { $0.name == title }
        table.label = title.isEmpty || !isRepeatable ? nil : title
        // With one axis of values, its title is their unit.
        let units = axisTitles["c:valAx"] ?? []
        let unit = units.count == 1 && !units[0].isEmpty ? " (\(units[0]))" : ""
        let categoryTitle = (axisTitles["c:catAx"] ?? axisTitles["c:dateAx"])?.first ?? ""
        if group.contains(where: { !$0.name.isEmpty }) || !unit.isEmpty {
            table.firstRowIsHeader = true
            table.beginRow()
            table.addCell(categoryTitle)
            for series in group { table.addCell(series.name + unit) }
        } else {
            table.firstRowIsHeader = false
        }
        let levels = group[0].categories
        // The text of an outer level is that of the categories up to its next one.
        var outer = Array(repeating: "", count: levels.count)
        for position in positions {
            for (level, texts) in levels.enumerated() {
                outer[level] = texts[position] ?? (level == 0 ? "" : outer[level])
            }
            let category = outer.reversed().joined(separator: " ").onOneLine
            table.beginRow()
            table.addCell(category.isEmpty ? "\(position + 1)" : category)
            for series in group { table.addCell(series.values[position] ?? "") }
        }
        return table
    }
}

/// Reads a diagram (SmartArt) as the texts of its points, the outer ones before the inner ones.
enum OfficeDiagram {
    private struct Point {
        var id: String
        var isShown: Bool
        var text = ""
    }

    /// The maximum level of a point.
    private static let maximumLevel = 8

    /// The points of a diagram's part with text, each with its level.
    static func points(of xml: [UInt8]) -> [(text: String, level: Int)] {
        var tokens = OfficeMarkup(xml)
        var points: [Point] = []
        var inner: [String: [(order: Int, id: String)]] = [:]
        var isText = false
        while let token = tokens.next() {
            switch token {
            case .start("dgm:pt", let attributes, _):
                let isShown = ["node", "asst"].contains(attributes["type"] ?? "node")
                points.append(Point(id: attributes["modelId"] ?? "", isShown: isShown))
            case .start("dgm:cxn", let attributes, _):
                guard attributes["type"] ?? "parOf" == "parOf", let outer = attributes["srcId"],
                    let id = attributes["destId"]
                else { continue }
                inner[outer, default: []].append((attributes["srcOrd"].flatMap { Int($0) } ?? 0, id))
            case .start("a:t", _, let isClosed): isText = !isClosed
            case .end("a:t"): isText = false
            case .end("a:p"): if !points.isEmpty { points[points.count - 1].text += " " }
            case .text(let run): if isText, !points.isEmpty { points[points.count - 1].text += run }
            default: break
            }
        }
        return ordered(points, inner)
    }

    /// The points in the order of the diagram; those that no other one leads to in the file's order.
    private static func ordered(
        _ points: [Point],
        _ inner: [String: [(order: Int, id: String)]]
    ) -> [(text: String, level: Int)] {
        let byID = Dictionary(points.map { ($0.id, $0) }) { first, _ in first }
        let led = Set(inner.values.joined().map(\.id))
        var seen: Set<String> = []
        var ordered: [(text: String, level: Int)] = []
        func add(_ roots: [Point]) {
            for root in roots {
                var open = [(id: root.id, level: 0)]
                while let (id, level) = open.popLast() {
                    guard let point = byID[id], seen.insert(id).inserted else { continue }
                    let text = point.text.onOneLine
                    let isShown = point.isShown && !text.isEmpty
                    if isShown { ordered.append((text, level)) }
                    let next = min(isShown ? level + 1 : level, maximumLevel)
                    open += (inner[id] ?? []).sorted { $0.order > $1.order }.map { ($0.id, next) }
                }
            }
        }
        add(points.filter { !led.contains($0.id) })
        // Points that lead to each other have no first one.
        add(points)
        return ordered
    }
}
