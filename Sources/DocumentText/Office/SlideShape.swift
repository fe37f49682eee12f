/// The place of a shape on a slide, in the units of the file.
struct SlidePlace: Sendable, Hashable {
    var left = 0.0
    var top = 0.0
    var width = 0.0
    var height = 0.0

    var right: Double { left + width }
    var bottom: Double { top + height }
    /// The horizontal centre.
    var middle: Double { left + width / 2 }
    /// The vertical centre.
    var centre: Double { top + height / 2 }

    /// Whether some of the place is within another one.
    func touches(_ other: SlidePlace) -> Bool {
        right > other.left && left < other.right && bottom > other.top && top < other.bottom
    }

    /// The smallest place around this one and another.
    func union(_ other: SlidePlace) -> SlidePlace {
        let (left, top) = (min(left, other.left), min(top, other.top))
        return SlidePlace(
            left: left,
            top: top,
            width: max(right, other.right) - left,
            height: max(bottom, other.bottom) - top
        )
    }
}

/// A part of a slide's layout that a shape fills.
struct SlidePlaceholder: Sendable, Hashable {
    /// Its type, such as `title`.
    var kind: String
    /// Its number in the layout.
    var index: String?

    /// Reads the attributes of `p:ph`.
    init(_ attributes: [String: String]) {
        kind = attributes["type"] ?? "body"
        index = attributes["idx"]
    }

    var isTitle: Bool { kind == "title" || kind == "ctrTitle" }

    /// Whether it holds the slide's number, date, header or footer, or the picture of a slide.
    var isRunningLine: Bool { ["dt", "ftr", "sldNum", "hdr", "sldImg"].contains(kind) }
}

/// A shape of a slide with its text.
struct SlideShape {
    /// What a shape holds, in order.
    enum Content {
        case paragraph(String, level: Int)
        case table(TableBuilder)
    }

    /// Its place; nil if that is the one of its placeholder.
    var place: SlidePlace?
    var placeholder: SlidePlaceholder?
    /// The outermost group that it is in.
    var group: Int?
    var contents: [Content] = []
    /// The size of its largest type in hundredths of a point; 0 if no run names one.
    var size = 0

    /// The text of its only paragraph; nil if it holds something else.
    var onlyParagraph: String? {
        guard contents.count == 1, case .paragraph(let text, _) = contents[0] else { return nil }
        return text
    }

    /// The text of its only paragraph, if that is a name.
    var name: String? { onlyParagraph.flatMap { ListNesting.name($0) } }

    /// Whether it holds nothing but text.
    var isText: Bool {
        contents.allSatisfy { content in
            if case .paragraph = content { true } else { false }
        }
    }
}

/// The places of the placeholders of a slide's layout, or of its master.
struct SlidePlaces: Sendable {
    private var byIndex: [String: SlidePlace] = [:]
    private var byKind: [String: SlidePlace] = [:]

    /// Creates places without a layout.
    init() {}

    /// Takes the places of a layout's shapes, and those of its master for the other ones.
    init(_ shapes: [SlideShape], master: SlidePlaces) {
        byKind = master.byKind
        for shape in shapes {
            guard let placeholder = shape.placeholder, let place = shape.place ?? master.place(of: placeholder) else {
                continue
            }
            if let index = placeholder.index { byIndex[index] = place }
            byKind[Self.kind(of: placeholder)] = place
        }
    }

    /// The place of a shape that fills a placeholder; nil if it is unknown.
    func place(of placeholder: SlidePlaceholder) -> SlidePlace? {
        placeholder.index.flatMap { byIndex[$0] } ?? byKind[Self.kind(of: placeholder)]
    }

    private static func kind(of placeholder: SlidePlaceholder) -> String {
        if placeholder.isTitle { return "title" }
        return placeholder.isRunningLine ? placeholder.kind : "body"
    }
}
