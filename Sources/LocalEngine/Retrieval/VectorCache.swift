internal import SentenceEncoder

/// The vectors of the passages of some files, one after another in memory, so that they can be read fast.
final class PassageBlock: Sendable {
    /// The numbers of the passages.
    let ids: [Int64]
    /// Their vectors, in the same order.
    let vectors: QuantizedVectors
    /// The files, each with the places of its passages.
    fileprivate let files: [(fileID: String, places: Range<Int>)]

    /// Some of the passages of a block.
    struct Part: Sendable {
        let block: PassageBlock
        let places: Range<Int>
    }

    /// What a block is made from.
    struct Builder {
        fileprivate var ids: [Int64] = []
        fileprivate var vectors: [QuantizedVectors] = []
        fileprivate var files: [(fileID: String, places: Range<Int>)] = []

        /// The number of passages with which a block is full; all passages of a file are in one block.
        private static let enough = 4_000

        /// Whether the next file belongs in another block.
        var isFull: Bool { ids.count >= Self.enough }

        /// Adds the passages of a file; those with vectors of another width than the others are left out.
        mutating func append(_ passages: [(id: Int64, vector: QuantizedVectors)], of fileID: String) {
            let start = ids.count
            for (id, vector) in passages where vector.width == vectors.first?.width ?? vector.width {
                ids.append(id)
                vectors.append(vector)
            }
            if ids.count > start { files.append((fileID, start..<ids.count)) }
        }
    }

    init(_ builder: Builder) {
        ids = builder.ids
        vectors = QuantizedVectors(width: builder.vectors.first?.width ?? 0, joining: builder.vectors)
        files = builder.files
    }

    /// All passages of the block.
    var whole: Part { Part(block: self, places: ids.indices) }
}

/// The passages of the files that were looked in lately.
///
/// A file's passages never change once they can be found, so that nothing in here becomes wrong.
struct VectorCache {
    /// The maximum number of passages kept: 400 to 520 bytes each.
    private static let maximumPassages = 150_000

    private struct Place {
        let block: Int
        let places: Range<Int>
    }

    private var files: [String: Place] = [:]
    private var blocks: [Int: (block: PassageBlock, lastUse: UInt64)] = [:]
    private var added = 0
    private var uses: UInt64 = 0
    private var passages = 0

    /// The passages of those files that are kept, and the other files.
    mutating func parts(of fileIDs: Set<String>) -> (known: [PassageBlock.Part], missing: [String]) {
        uses += 1
        var (found, missing): ([Place], [String]) = ([], [])
        found.reserveCapacity(fileIDs.count)
        for fileID in fileIDs {
            if let place = files[fileID] { found.append(place) } else { missing.append(fileID) }
        }
        found.sort { ($0.block, $0.places.lowerBound) < ($1.block, $1.places.lowerBound) }
        var known: [PassageBlock.Part] = []
        var place = found.startIndex
        while place < found.endIndex {
            let first = found[place]
            var end = first.places.upperBound
            place += 1
            while place < found.endIndex, found[place].block == first.block, found[place].places.lowerBound == end {
                end = found[place].places.upperBound
                place += 1
            }
            guard let block = blocks[first.block]?.block else { continue }
            blocks[first.block]?.lastUse = uses
            known.append(PassageBlock.Part(block: block, places: first.places.lowerBound..<end))
        }
        return (known, missing)
    }

    /// Keeps blocks; if that makes too many passages, what was not used for the longest time is removed.
    mutating func keep(_ new: [PassageBlock]) {
        // Another search may have read the same files in the meantime.
        for block in new where block.files.contains(where: { files[$0.fileID] == nil }) {
            added += 1
            blocks[added] = (block, uses)
            passages += block.ids.count
            for (fileID, places) in block.files { files[fileID] = Place(block: added, places: places) }
        }
        while passages > Self.maximumPassages, let oldest = blocks.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            passages -= oldest.value.block.ids.count
            for (fileID, _) in oldest.value.block.files where files[fileID]?.block == oldest.key { files[fileID] = nil }
            blocks[oldest.key] = nil
        }
    }
}
