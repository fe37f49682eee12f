/// Reads a chart of a newer type, such as a waterfall or a treemap, as tables of its values: one for each series.
struct ExtendedChart {
    /// The values of a series, which are apart from it in the file.
    private struct Values {
        /// The texts of the categories by their positions, innermost level first.
        var categories: [[Int: String]] = []
        var numbers: [Int: String] = [:]
    }

    private var values: [String: Values] = [:]
    private var series: [(name: String, id: String)] = []
    private var title = ""
    private var current = Values()
    private var id = ""
    private var dimension = Dimension.other
    private var hasNumbers = false
    private var format: NumberFormat?
    private var position: Int?
    private var isInSeries = false
    private var isInAxis = false
    private var isInTitle = false
    private var textName: String?
    private var text = ""

    private enum Dimension {
        case categories, numbers, other
    }

    /// The maximum number of levels of categories.
    private static let maximumLevels = 8
    /// The maximum number of rows of a table.
    private static let maximumRows = 10_000
    /// The maximum number of series.
    private static let maximumSeries = 100
    /// The maximum number of words of a title that is repeated in each row.
    private static let maximumTitleWords = 12

    /// The tables of a chart's part.
    static func tables(of xml: [UInt8]) -> [TableBuilder] {
        var chart = ExtendedChart()
        var tokens = OfficeMarkup(xml)
        while let token = tokens.next() {
            switch token {
            case .start(let name, let attributes, let isClosed):
                chart.start(name, attributes)
                if isClosed { chart.end(name) }
            case .end(let name): chart.end(name)
            case .text(let run): if chart.textName != nil { chart.text += run }
            }
        }
        return chart.series.prefix(maximumSeries).compactMap { chart.table(of: $0.name, chart.values[$0.id]) }
    }

    private mutating func start(_ name: String, _ attributes: [String: String]) {
        switch name {
        case "cx:data":
            id = attributes["id"] ?? ""
            current = Values()
            hasNumbers = false
        case "cx:strDim": dimension = attributes["type"] == "cat" ? .categories : .other
        case "cx:numDim":
            dimension = hasNumbers ? .other : .numbers
            hasNumbers = true
        case "cx:lvl":
            if current.categories.count == Self.maximumLevels, dimension == .categories { dimension = .other }
            if dimension == .categories { current.categories.append([:]) }
            format = attributes["formatCode"].map { NumberFormat(code: $0) }
        case "cx:series":
            isInSeries = true
            series.append(("", ""))
        case "cx:dataId" where isInSeries: series[series.count - 1].id = attributes["val"] ?? ""
        case "cx:axis": isInAxis = true
        case "cx:title": isInTitle = !isInAxis
        case "cx:pt", "cx:v", "a:t":
            position = name == "cx:pt" ? attributes["idx"].flatMap { Int($0) } : nil
            textName = name
            text = ""
        default: break
        }
    }

    private mutating func end(_ name: String) {
        switch name {
        case "cx:data": values[id] = current
        case "cx:strDim", "cx:numDim": dimension = .other
        case "cx:series": isInSeries = false
        case "cx:axis": isInAxis = false
        case "cx:title": isInTitle = false
        case textName:
            textName = nil
            endText(name)
        default: break
        }
    }

    private mutating func endText(_ name: String) {
        if let position {
            switch dimension {
            case .categories:
                if let level = current.categories.indices.last { current.categories[level][position] = text }
            case .numbers:
                let number = Double(text).flatMap { $0.isFinite ? $0 : nil }
                current.numbers[position] = number.flatMap { format?.text(of: $0, countsFrom1904: false) } ?? text
            case .other: break
            }
        } else if isInTitle {
            title += text
        } else if isInSeries, name == "cx:v" {
            series[series.count - 1].name += text
        }
    }

    /// The table of a series; nil if it has no values or is too large.
    private func table(of name: String, _ values: Values?) -> TableBuilder? {
        guard let values, !values.numbers.isEmpty, values.numbers.count <= Self.maximumRows else { return nil }
        var table = TableBuilder()
        let title = title.onOneLine
        table.label = title.isEmpty || title.wordCount > Self.maximumTitleWords || title == name ? nil : title
        table.firstRowIsHeader = !name.isEmpty
        if !name.isEmpty {
            table.beginRow()
            table.addCell("")
            table.addCell(name)
        }
        for position in values.numbers.keys.sorted() {
            let category = values.categories.reversed().compactMap { $0[position] }.joined(separator: " ").onOneLine
            table.beginRow()
            table.addCell(category.isEmpty ? "\(position + 1)" : category)
            table.addCell(values.numbers[position] ?? "")
        }
        return table
    }
}
