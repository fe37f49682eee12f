extension PDFTableRows {
    /// The lines of a cell, which are in one column close to each other.
    private struct Block {
        var lines: [Int]
        var y: Range<Double>
        var columns: Range<Int>
    }

    /// The rows of lines whose cells are in the middle of their rows; nil if they are not so.
    func centeredRows(_ strip: [Int], pitch: Double) -> [[Int]]? {
        var rows: [(blocks: [Block], y: Range<Double>)] = []
        for block in blocks(of: strip, pitch: pitch).sorted(by: { $0.y.lowerBound < $1.y.lowerBound }) {
            if let last = rows.last, block.y.lowerBound < last.y.upperBound - size * 0.2 {
                rows[rows.count - 1].blocks.append(block)
                rows[rows.count - 1].y = last.y.union(block.y)
            } else {
                rows.append(([block], block.y))
            }
        }
        let areWhole = rows.allSatisfy { row in
            row.blocks.count > 1 && row.blocks.count { $0.columns.lowerBound == 0 } == 1
        }
        let groups = rows.map { row in Set(row.blocks.flatMap(\.lines)).sorted() }
        guard rows.count > 1, areWhole, groups.joined().elementsEqual(strip) else { return nil }
        var heights: Set<Bool> = []
        for (row, group) in zip(rows, groups) {
            let isEven = row.blocks.allSatisfy { $0.lines.count == row.blocks[0].lines.count }
            let isCentered = row.blocks.allSatisfy { abs($0.y.middle - row.y.middle) < size * 0.35 }
            // Lines with text in the same columns can be rows of their own.
            guard isCentered, !isEven || group.count == 1 || isWrapped(group) && !areRowsOfFigures(group) else {
                return nil
            }
            heights.insert(isEven)
        }
        return heights.contains(false) ? groups : nil
    }

    private func blocks(of strip: [Int], pitch: Double) -> [Block] {
        var blocks: [Block] = []
        var last: [Range<Int>: Int] = [:]
        for line in strip {
            for cell in lines[line].cells {
                let y = cell.lines[0].y
                if let place = last[cell.columns], let above = blocks[place].lines.last,
                    let upper = lines[above].cells.first(where: { $0.columns == cell.columns })?.lines[0].y,
                    y.middle - upper.middle <= pitch * Self.maximumPitch
                {
                    blocks[place].lines.append(line)
                    blocks[place].y = blocks[place].y.union(y)
                } else {
                    last[cell.columns] = blocks.count
                    blocks.append(Block(lines: [line], y: y, columns: cell.columns))
                }
            }
        }
        return blocks
    }
}
