extension PDFTableRows {
    /// The spans of the names of groups so far.
    private struct Choice {
        var spans: [Range<Int>] = []
        var covered = 0
        var error = 0.0
    }

    /// The maximum distance of the middle of a name from that of its group, in type sizes.
    private static let maximumError = 0.6
    /// The maximum distance of a name at the left side of a column from the column before it, in type sizes.
    private static let maximumDistanceFromColumn = 1.6
    /// The maximum distance of sides that are aligned, in type sizes.
    private static let maximumDistanceOfSides = 0.35

    /// The columns of the names of groups, by the names of the columns below them; nil if a line is not names of groups.
    ///
    /// - Parameters:
    ///   - groups: The cells of the line.
    ///   - names: The cells below the line, by their columns.
    ///   - separation: Whether the line and the next one are of different cells.
    /// - Returns: The columns of each of the line's cells.
    func groups(_ groups: Row, above names: [Int: PDFTable.Cell], _ separation: HeaderSeparation) -> [Range<Int>]? {
        if let repeated = groupsOfRepeatedNames(groups, names) { return repeated }
        let isNameMissing = names.keys.contains { column in
            column > 0 && !groups.contains { $0.columns.contains(column) }
        }
        guard isNameMissing, names.values.allSatisfy({ $0.lines[0].text.first?.isLowercase == false }) else {
            return nil
        }
        return centered(groups, names.mapValues { $0.lines[0].x }, separation)
            ?? startingGroups(groups, names, separation) ?? groupsAtLeft(groups, names)
            ?? endingGroups(groups, names, separation)
    }

    /// The columns of groups that have the same names below each of them, such as days and pay below each of several years;
    /// nil if the names are not repeated, or not once for each group.
    private func groupsOfRepeatedNames(_ groups: Row, _ names: [Int: PDFTable.Cell]) -> [Range<Int>]? {
        let named = names.keys.filter { $0 > 0 }.sorted()
        guard let first = named.first, let last = named.last, last - first + 1 == named.count else { return nil }
        let texts = textsBelow(groups)
        // A column before or after the groups can have a name of its own.
        for (start, end) in [(first, last + 1), (first, last), (first + 1, last + 1)] {
            let above = groups.indices.filter { index in
                let middle = groups[index].lines[0].x.middle
                let isBefore = texts[end].map { middle < $0.lowerBound } ?? true
                let isAfter = start == first || texts[first].map { middle > $0.upperBound } == true
                return groups[index].columns.lowerBound > 0 && isBefore && isAfter
            }
            let count = end - start
            guard above.count > 1, count % above.count == 0, count > above.count else { continue }
            let length = count / above.count
            let written = (start..<end).compactMap { names[$0]?.text }
            guard Set(written.prefix(length)).count == length,
                written.indices.allSatisfy({ written[$0] == written[$0 % length] })
            else { continue }
            var spans = groups.map(\.columns)
            for (place, index) in above.enumerated() {
                let lower = start + place * length
                spans[index] = lower..<(lower + length)
            }
            // Each is between the texts of the columns before and after its own.
            let areBetween = above.allSatisfy { index in
                let middle = groups[index].lines[0].x.middle
                let (before, after) = (texts[spans[index].lowerBound - 1], texts[spans[index].upperBound])
                return before.map { $0.upperBound < middle } ?? true && after.map { middle < $0.lowerBound } ?? true
            }
            if areBetween { return spans }
        }
        return nil
    }

    /// The parts of the width with the texts of each column below a row.
    private func textsBelow(_ row: Row) -> [Int: Range<Double>] {
        let height = row.map(\.lines[0].y.middle).max() ?? 0
        let cells = lines.lazy.filter { $0.y.middle > height }.flatMap(\.cells).filter { $0.columns.count == 1 }
        let texts = cells.map { ($0.columns.lowerBound, $0.lines[0].x) }
        return Dictionary(texts, uniquingKeysWith: { $0.union($1) })
    }

    /// The columns of groups whose names are in the middle above them.
    private func centered(_ groups: Row, _ names: [Int: Range<Double>], _ separation: HeaderSeparation)
        -> [Range<Int>]?
    {
        var choices = [0: Choice()]
        var isEvident = separation != .none
        var areEvident = true
        for (index, group) in groups.enumerated() {
            let end = index + 1 < groups.count ? groups[index + 1].columns.lowerBound : columns.count
            let spans = spans(of: group, upTo: end, names)
            let isOwn = spans.contains { $0.span == group.columns }
            if !isOwn {
                isEvident = true
            } else if group.columns.contains(where: { names[$0] != nil }) {
                areEvident = false
            }
            var next: [Int: Choice] = [:]
            for (start, choice) in choices.sorted(by: { $0.key < $1.key }) {
                for (span, error) in spans where span.lowerBound >= start {
                    var longer = choice
                    longer.spans.append(span)
                    longer.covered += span.count { names[$0] != nil }
                    longer.error += error
                    let other = next[span.upperBound]
                    let isBetter = other.map { ($0.covered, -$0.error) < (longer.covered, -longer.error) } ?? true
                    if isBetter { next[span.upperBound] = longer }
                }
            }
            choices = next
        }
        guard isEvident,
            let best = choices.sorted(by: { $0.key < $1.key }).map(\.value)
                .max(by: { ($0.covered, -$0.error) < ($1.covered, -$1.error) }),
            best.spans.contains(where: { $0.count > 1 }), let start = best.spans.first?.lowerBound,
            best.covered == names.keys.count(where: { $0 >= start }),
            // A name above the middle of its group is above a column as well: all groups are of one size then.
            areEvident || Set(best.spans.map(\.count)).count == 1
        else { return nil }
        return best.spans
    }

    /// The columns over whose middle a name may be, with its distance from there.
    private func spans(
        of group: PDFTable.Cell,
        upTo end: Int,
        _ names: [Int: Range<Double>]
    ) -> [(span: Range<Int>, error: Double)] {
        let own = group.columns
        guard own.lowerBound > 0, own.contains(where: { names[$0] != nil }) else { return [(own, 0)] }
        let start = (1..<own.lowerBound).reversed().prefix { names[$0] != nil }.last ?? own.lowerBound
        let last = (own.upperBound..<max(own.upperBound, end)).prefix { names[$0] != nil }.last ?? own.upperBound - 1
        var spans: [(span: Range<Int>, error: Double)] = []
        for first in start...own.lowerBound {
            for last in (own.upperBound - 1)...last {
                guard let left = names[first], let right = names[last] else { continue }
                let middle = group.lines[0].x.middle
                let errors = [
                    left.union(right).middle - middle,
                    columns.range(of: first).union(columns.range(of: last)).middle - middle,
                ]
                let error = errors.map(abs).min() ?? 0
                if error <= size * Self.maximumError { spans.append((first..<(last + 1), error)) }
            }
        }
        return spans
    }

    /// The columns of groups whose names are above the first of their columns.
    private func startingGroups(
        _ groups: Row,
        _ names: [Int: PDFTable.Cell],
        _ separation: HeaderSeparation
    ) -> [Range<Int>]? {
        guard groups.count > 1, names.values.allSatisfy({ $0.columns.count == 1 }) else { return nil }
        // Where the word below had space beside the text, the line was not broken before it.
        let isWhole = groups.contains { group in
            guard group.columns.count == 1, let name = names[group.columns.lowerBound] else { return false }
            let text = name.lines[0].text
            let share = Double(text.prefix { $0 != " " }.count) / Double(max(1, text.count))
            let length = group.lines[0].x.length + name.lines[0].x.length * share + size
            return length < columns.range(of: group.columns.lowerBound).length
        }
        let areAligned = groups.allSatisfy { group in
            guard let name = names[group.columns.lowerBound] else { return true }
            return abs(name.lines[0].x.lowerBound - group.lines[0].x.lowerBound) < size * 0.7
        }
        guard areAligned else { return nil }
        let spans = groups.enumerated().map { index, group in
            let end = index + 1 < groups.count ? groups[index + 1].columns.lowerBound : columns.count
            let start = group.columns.lowerBound
            let named = (start..<max(start, end)).prefix { names[$0] != nil }.count
            return start..<max(group.columns.upperBound, start + named)
        }
        if isWhole || separation == .clear { return spans }
        let sizes = spans.compactMap { span in
            names[span.lowerBound] != nil && span.lowerBound > 0 ? span.count : nil
        }
        return separation == .likely && Set(sizes).count == 1 ? spans : nil
    }

    /// The columns of groups whose names begin at the left sides of their columns, with texts at the right sides below them.
    ///
    /// The further lines of a name would be at the right side as well.
    private func groupsAtLeft(_ groups: Row, _ names: [Int: PDFTable.Cell]) -> [Range<Int>]? {
        let texts = textsBelow(groups)
        let near = size * Self.maximumDistanceOfSides
        func start(of group: PDFTable.Cell) -> Int? {
            let x = group.lines[0].x
            return names.keys.filter { column in
                guard column > 0, let name = names[column]?.lines[0].x, let text = texts[column],
                    let before = texts[column - 1]
                else { return false }
                let isAtLeft = x.lowerBound > before.upperBound && x.lowerBound < text.lowerBound - near
                let isNear = column == 1 || x.lowerBound - before.upperBound < size * Self.maximumDistanceFromColumn
                return isAtLeft && isNear && x.upperBound < name.upperBound - near
                    && abs(name.upperBound - text.upperBound) < near
            }.min()
        }
        let first = groups[0].columns.lowerBound == 0 && start(of: groups[0]) == nil ? 1 : 0
        let starts = groups.dropFirst(first).compactMap(start)
        guard starts.count > 1, starts.count == groups.count - first, zip(starts, starts.dropFirst()).allSatisfy(<),
            let last = names.keys.max()
        else { return nil }
        return groups.prefix(first).map(\.columns) + zip(starts, starts.dropFirst() + [last + 1]).map { $0..<$1 }
    }

    /// The columns of groups whose names are at the right sides of the last of their columns.
    private func endingGroups(
        _ groups: Row,
        _ names: [Int: PDFTable.Cell],
        _ separation: HeaderSeparation
    ) -> [Range<Int>]? {
        let areAligned = groups.allSatisfy { group in
            guard let name = names[group.columns.upperBound - 1] else { return true }
            return abs(name.lines[0].x.upperBound - group.lines[0].x.upperBound) < size * Self.maximumDistanceOfSides
        }
        guard groups.count > 1, areAligned, names.values.allSatisfy({ $0.columns.count == 1 }) else { return nil }
        let ends = [0] + groups.map(\.columns.upperBound)
        let spans = zip(groups, ends).map { group, start in
            guard names[group.columns.upperBound - 1] != nil else { return group.columns }
            let first = (start...group.columns.lowerBound).first { names[$0] != nil && $0 > 0 }
            return (first ?? group.columns.lowerBound)..<group.columns.upperBound
        }
        // Beside a name with nothing below it, one with nothing above it is that of a part of a group.
        let areAtTop = groups.contains { group in group.columns.allSatisfy { names[$0] == nil } }
        let sizes = spans.compactMap { span in names[span.lowerBound] != nil ? span.count : nil }
        let areEven = Set(sizes).count == 1 && sizes[0] > 1
        return areEven && (areAtTop || separation != .none) ? spans : nil
    }
}
