/// The paths that `pdftocairo -svg` draws on pages, those in groups included, as annotations and transparent shapes are.
struct PDFDrawing {
    /// A path.
    struct Path {
        /// The commands that draw it.
        var commands: String
        /// The colors and the width of its lines.
        var style: String
        /// The matrix that it is drawn with.
        var matrix: String?
        /// How far it is moved then, in points.
        var offset: (x: Double, y: Double)
    }

    /// The paths of each page.
    private(set) var pages: [[Path]] = []
    /// The elements of each group that draw a path or another group.
    private var groups: [String: [ArraySlice<UInt8>]] = [:]
    private var pathsOfGroups = 0

    /// The maximum number of paths of groups, and the maximum depth of groups in groups.
    private static let maximumPaths = 20_000
    private static let maximumDepth = 4

    /// Reads the output of the program, in which each element is on a line of its own.
    init(svg: [UInt8]) {
        guard !svg.isEmpty else { return }
        // A single page has no element of its own.
        pages = [[]]
        var pageCount = 0
        var isInDefinitions = false
        var group: (name: String, depth: Int, lines: [ArraySlice<UInt8>])?
        for line in svg.split(separator: UInt8(ascii: "\n")) {
            if line.starts(with: "<defs".utf8) {
                isInDefinitions = true
            } else if line.starts(with: "</defs".utf8) {
                isInDefinitions = false
            } else if line.starts(with: "<page>".utf8) {
                pageCount += 1
                if pageCount > 1 { pages.append([]) }
            } else if !isInDefinitions {
                add(line, offset: (0, 0), depth: 0)
            } else if var open = group {
                group = nil
                if line.starts(with: "<g ".utf8) || line.starts(with: "<g>".utf8) { open.depth += 1 }
                if line.starts(with: "</g>".utf8) { open.depth -= 1 }
                if line.starts(with: "<path".utf8) || line.starts(with: "<use".utf8) { open.lines.append(line) }
                if open.depth == 0 { groups[open.name] = open.lines } else { group = open }
            } else if line.starts(with: "<g id=\"surface".utf8), let name = Self.value(of: "id", in: line) {
                group = (name, 1, [])
            }
        }
    }

    /// Adds the path of an element, or the paths of the group that it draws.
    private mutating func add(_ line: ArraySlice<UInt8>, offset: (x: Double, y: Double), depth: Int) {
        if line.starts(with: "<path".utf8) {
            var tokens = MarkupTokenizer(Array(line))
            guard case .start(_, let attributes, _) = tokens.next(), let commands = attributes["d"] else { return }
            let path = Path(
                commands: commands,
                style: attributes["style"] ?? "",
                matrix: attributes["transform"],
                offset: offset
            )
            return pages[pages.count - 1].append(path)
        }
        guard line.starts(with: "<use xlink:href=\"#surface".utf8), depth < Self.maximumDepth,
            let name = Self.value(of: "xlink:href", in: line), let lines = groups[String(name.dropFirst())]
        else { return }
        let matrix = Self.value(of: "transform", in: line)?.split { "(), ".contains($0) }.compactMap { Double($0) }
        let moved = matrix ?? [1, 0, 0, 1, 0, 0]
        guard moved.count == 6, moved.prefix(4) == [1, 0, 0, 1], moved.allSatisfy(\.isFinite) else { return }
        for line in lines {
            pathsOfGroups += 1
            guard pathsOfGroups <= Self.maximumPaths else { return }
            add(line, offset: (offset.x + moved[4], offset.y + moved[5]), depth: depth + 1)
        }
    }

    /// The value of an attribute of an element.
    private static func value(of name: String, in line: ArraySlice<UInt8>) -> String? {
        var tokens = MarkupTokenizer(Array(line))
        guard case .start(_, let attributes, _) = tokens.next() else { return nil }
        return attributes[name]
    }
}
