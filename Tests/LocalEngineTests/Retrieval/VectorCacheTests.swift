import SentenceEncoder
import Testing

@testable import LocalEngine

@Suite struct VectorCacheTests {
    /// A block of files that have so many passages each, with numbers from a start on.
    private static func block(_ files: [(fileID: String, count: Int)], from start: Int64) -> PassageBlock {
        var builder = PassageBlock.Builder()
        var next = start
        for (fileID, count) in files {
            let passages = (next..<next + Int64(count)).map { id in
                var vector = QuantizedVectors(width: 2)
                vector.append([1, Float(id)])
                return (id: id, vector: vector)
            }
            builder.append(passages, of: fileID)
            next += Int64(count)
        }
        return PassageBlock(builder)
    }

    private static func ids(_ parts: [PassageBlock.Part]) -> [[Int64]] {
        parts.map { Array($0.block.ids[$0.places]) }.sorted { ($0.first ?? 0) < ($1.first ?? 0) }
    }

    @Test func joinsWhatFollowsEachOther() {
        var cache = VectorCache()
        cache.keep([
            Self.block([("a", 2), ("b", 1), ("c", 3), ("none", 0)], from: 1), Self.block([("d", 2)], from: 7),
        ])
        let all = cache.parts(of: ["a", "b", "c", "d"])
        #expect(Self.ids(all.known) == [[1, 2, 3, 4, 5, 6], [7, 8]] && all.missing.isEmpty)
        let some = cache.parts(of: ["c", "a", "none", "e"])
        #expect(Self.ids(some.known) == [[1, 2], [4, 5, 6]])
        #expect(Set(some.missing) == ["none", "e"])
    }

    @Test func keepsThePlacesOfVectors() throws {
        let block = Self.block([("a", 3), ("b", 2)], from: 10)
        #expect(block.ids == [10, 11, 12, 13, 14] && block.vectors.count == 5)
        var third = QuantizedVectors(width: 2)
        third.append([1, 12])
        let product = try #require(block.vectors.products(of: 2..<3, with: third).first)
        #expect(abs(product - 145) < 2)
    }

    @Test func leavesOutVectorsOfAnotherWidth() {
        let vectors = [2, 3, 2].map { width in
            var vector = QuantizedVectors(width: width)
            vector.append([1, 2, 3])
            return vector
        }
        var builder = PassageBlock.Builder()
        builder.append(zip(1..., vectors).map { (id: Int64($0), vector: $1) }, of: "a")
        let block = PassageBlock(builder)
        #expect(block.ids == [1, 3] && block.vectors.count == 2)
    }

    @Test func readsNothingTwice() {
        var cache = VectorCache()
        cache.keep([Self.block([("a", 1)], from: 1)])
        cache.keep([Self.block([("a", 1)], from: 1)])
        cache.keep([Self.block([("a", 1), ("b", 1)], from: 1)])
        #expect(Self.ids(cache.parts(of: ["a", "b"]).known) == [[1, 2]])
    }

    @Test func removesWhatWasNotUsedForTheLongestTime() {
        var cache = VectorCache()
        cache.keep([Self.block([("a", 60_000)], from: 1)])
        _ = cache.parts(of: ["a"])
        cache.keep([Self.block([("b", 60_000)], from: 100_000)])
        #expect(cache.parts(of: ["a"]).missing.isEmpty)
        cache.keep([Self.block([("c", 60_000)], from: 200_000)])
        #expect(cache.parts(of: ["a", "b", "c"]).missing == ["b"])
    }
}
