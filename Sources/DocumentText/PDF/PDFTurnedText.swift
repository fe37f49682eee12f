extension PDFPage {
    /// The minimum number of runs of a turned text.
    private static let minimumRuns = 3
    /// The width of most letters, and the least of a blank, in type sizes.
    private static let widthOfLetter = 0.75
    private static let widthOfBlank = 0.4
    /// The maximum distance of the runs of a turned text, in type sizes.
    private static let maximumStep = 2.5

    /// The runs, of which those of a text that is written upwards or downwards are one, with the runs of each.
    ///
    /// `pdftohtml` writes a letter or two of such a text as a run without a width.
    var runsOfWholeTexts: [(run: PDFRun, parts: [PDFRun])] {
        guard runs.contains(where: \.isWithoutWidth) else { return runs.map { ($0, [$0]) } }
        var joined: [(run: PDFRun, parts: [PDFRun])] = []
        var group: [PDFRun] = []
        func end() {
            defer { group = [] }
            // Scripts from the right are written in the order of the page, in which their last letter is the first one.
            let isFromRight = group.contains { $0.text.unicodeScalars.contains(where: \.isWrittenFromTheRight) }
            let ordered = isFromRight ? group.reversed() : group
            guard group.count >= Self.minimumRuns, var whole = ordered.first, let last = ordered.last else {
                joined += group.map { ($0, [$0]) }
                return
            }
            let middle = whole.y.union(last.y).middle
            for (run, next) in zip(ordered, ordered.dropFirst()) {
                whole.text += (Self.areApart(run, next) ? " " : "") + next.text
            }
            whole.y = (middle - whole.y.length / 2)..<(middle + whole.y.length / 2)
            joined.append((whole, group))
        }
        for run in runs {
            guard run.isWithoutWidth else {
                end()
                joined.append((run, [run]))
                continue
            }
            if let last = group.last {
                let step = run.y.middle - last.y.middle
                let first = group.count > 1 ? group[1].y.middle - group[0].y.middle : step
                let goesOn =
                    abs(run.x.lowerBound - last.x.lowerBound) < 1 && run.size == last.size && abs(step) > 1
                    && abs(step) < run.size * Self.maximumStep && (step < 0) == (first < 0)
                if !goesOn { end() }
            }
            group.append(run)
        }
        end()
        return joined
    }

    /// Whether a blank is between runs of a turned text, the second of which is further away than the letters of the first
    /// one are wide.
    private static func areApart(_ run: PDFRun, _ next: PDFRun) -> Bool {
        let width = Double(run.text.count) * widthOfLetter + widthOfBlank
        return abs(next.y.middle - run.y.middle) > width * run.size && run.text.last?.isWhitespace == false
            && next.text.first?.isWhitespace == false
    }
}

extension PDFRun {
    /// Whether the run has letters but no width, as it is written upwards or downwards.
    fileprivate var isWithoutWidth: Bool { x.length < 0.05 && text.contains { !$0.isWhitespace } }
}
