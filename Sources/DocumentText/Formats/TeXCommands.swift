/// What the commands of LaTeX stand for in plain text.
enum TeXCommands {
    /// The levels of headings.
    static let headings: [String: Int] = [
        "title": 1, "part": 1, "chapter": 1, "section": 1, "subsection": 2, "subsubsection": 3, "paragraph": 4,
        "subparagraph": 5,
    ]
    /// Commands with arguments that are no text of the document, with the number of these arguments: of references,
    /// layout and colours, and those whose text is struck out, invisible or a note to the authors.
    static let silent: [String: Int] = [
        "documentclass": 1, "usepackage": 1, "label": 1, "ref": 1, "pageref": 1, "cite": 1, "includegraphics": 1,
        "input": 1, "include": 1, "bibliography": 1, "bibliographystyle": 1, "vspace": 1, "hspace": 1, "setlength": 2,
        "newcommand": 2, "renewcommand": 2, "pagestyle": 1, "thispagestyle": 1, "cline": 1, "cmidrule": 1, "color": 1,
        "textcolor": 1, "href": 1, "fontsize": 2, "setcounter": 2, "addtocounter": 2, "hypersetup": 1, "geometry": 1,
        "index": 1, "cellcolor": 1, "rowcolor": 1, "columncolor": 1, "rowcolors": 3, "pagecolor": 1, "colorbox": 1,
        "fcolorbox": 2, "definecolor": 3, "rule": 2, "scalebox": 1, "resizebox": 2, "raisebox": 1, "rotatebox": 1,
        "parbox": 1, "addtolength": 2, "setstretch": 1, "linespread": 1, "specialrule": 3, "noalign": 1, "hhline": 1,
        "captionsetup": 1, "sisetup": 1, "eqref": 1, "autoref": 1, "cref": 1, "Cref": 1, "nameref": 1, "citep": 1,
        "citet": 1, "footcite": 1, "SetRow": 1, "SetColumn": 1, "SetHline": 2, "hypertarget": 1, "hyperlink": 1,
        "vphantom": 1, "hphantom": 1, "phantom": 1, "st": 1, "sout": 1, "xout": 1, "cancel": 1,
        "bcancel": 1, "xcancel": 1, "hcancel": 1, "deleted": 1, "todo": 1, "missingfigure": 1, "fxnote": 1,
        "fxwarning": 1, "fxerror": 1, "addcontentsline": 3, "markboth": 2, "markright": 1, "selectlanguage": 1,
        "foreignlanguage": 1, "settowidth": 2, "newlength": 1, "newcounter": 1, "pdfbookmark": 2, "hyphenation": 1,
        "graphicspath": 1, "tag": 1, "enlargethispage": 1, "needspace": 1,
    ]
    /// Commands of lengths without braces.
    static let lengths: Set<String> = ["vskip", "hskip", "kern", "mskip"]
    /// Commands whose argument is a note on the text before it.
    static let notes: Set<String> = ["footnote", "footnotetext", "tablefootnote", "thanks", "endnote"]
    /// Commands whose argument is raised.
    static let superscripts: Set<String> = ["textsuperscript", "tnote", "textsu"]
    /// Commands of a numerator and a denominator.
    static let fractions: Set<String> = ["frac", "tfrac", "dfrac", "cfrac", "nicefrac", "sfrac", "textfrac", "xfrac"]

    /// The environments that are tables, with the number of arguments of each.
    static let tables: [String: Int] = [
        "tabular": 1, "tabular*": 2, "tabularx": 2, "longtable": 1, "array": 1, "tabulary": 2, "tblr": 1, "longtblr": 1,
        "talltblr": 1, "booktabs": 1, "xltabular": 2, "supertabular": 1, "xtabular": 1, "mpsupertabular": 1,
        "NiceTabular": 1, "NiceTabularX": 2, "NiceTabular*": 2, "tabu": 1, "longtabu": 1, "ltablex": 2,
    ]
    /// Other environments with arguments, with the number of each.
    static let environments: [String: Int] = [
        "minipage": 1, "multicols": 1, "adjustbox": 1, "wraptable": 2, "wrapfigure": 2, "spacing": 1, "labeling": 1,
        "thebibliography": 1, "list": 2, "column": 1, "textblock": 1, "otherlanguage": 1, "addmargin": 1,
    ]

    /// The signs that commands stand for.
    static let signs: [String: String] = [
        "euro": "€", "texteuro": "€", "EUR": "€", "pounds": "£", "textsterling": "£", "S": "§", "P": "¶", "ss": "ß",
        "ldots": "…", "dots": "…", "textellipsis": "…", "textbackslash": "\\", "textasciitilde": "~", "quad": " ",
        "qquad": " ", "copyright": "©", "o": "ø", "O": "Ø", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å",
        "AA": "Å", "l": "ł", "L": "Ł", "i": "ı", "times": "×", "le": "≤", "leq": "≤", "leqslant": "≤", "ge": "≥",
        "geq": "≥", "geqslant": "≥", "pm": "±", "textpm": "±", "cdot": "·", "approx": "≈", "neq": "≠", "ne": "≠",
        "rightarrow": "→", "to": "→", "Rightarrow": "⇒", "textrightarrow": "→", "textless": "<", "lt": "<",
        "textgreater": ">", "gt": ">", "textbar": "|", "textunderscore": "_", "textdegree": "°", "degree": "°",
        "textcelsius": "°C", "celsius": "°C", "percent": "%", "newline": " ", "linebreak": " ", "textendash": "–",
        "textemdash": "—", "textbullet": "•", "bullet": "•", "textonehalf": "½", "textonequarter": "¼",
        "textthreequarters": "¾", "infty": "∞", "checkmark": "✓", "og": "« ", "fg": " »", "glqq": "„", "grqq": "“",
        "hfill": " ",
    ]
    /// The accents whose commands are signs.
    static let accents: [Character: Character] = [
        "\"": "\u{308}", "'": "\u{301}", "`": "\u{300}", "^": "\u{302}", "~": "\u{303}", "=": "\u{304}",
        ".": "\u{307}",
    ]
    /// The accents whose commands are letters.
    static let letterAccents: [String: Character] = [
        "c": "\u{327}", "v": "\u{30C}", "H": "\u{30B}", "k": "\u{328}", "u": "\u{306}", "r": "\u{30A}",
    ]

    /// The sign of a number in the font of `\ding`; empty for others than ticks and crosses.
    static func dingbat(_ number: String) -> String {
        switch Int(number) {
        case 51, 52: "✓"
        case 53, 54, 55, 56: "✗"
        default: ""
        }
    }

    private static let vulgarFractions = [
        "1/2": "½", "1/3": "⅓", "2/3": "⅔", "1/4": "¼", "3/4": "¾", "1/5": "⅕", "2/5": "⅖", "3/5": "⅗", "4/5": "⅘",
        "1/6": "⅙", "5/6": "⅚", "1/8": "⅛", "3/8": "⅜", "5/8": "⅝", "7/8": "⅞",
    ]

    /// The text of a fraction, which is not joined with a figure before it.
    static func fraction(_ numerator: String, _ denominator: String, after last: Character?) -> String {
        let parts = [numerator, denominator].map(\.onOneLine)
        if let sign = vulgarFractions[parts.joined(separator: "/")] { return sign }
        let text = parts.map { part in
            part.allSatisfy { $0.isLetter || $0.isNumber || ".,".contains($0) } ? part : "(\(part))"
        }.joined(separator: "/")
        return last?.isNumber == true ? " " + text : text
    }
}
