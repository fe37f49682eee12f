/// Numbers words in the order in which they first come: a word that was seen before costs no string.
///
/// Two words are one where they are equal as strings, which compare by canonical equivalence.
struct Vocabulary: Sendable {
    /// How many different words were seen.
    private(set) var count = 0
    /// The words in ASCII, one after the other.
    private var bytes: [UInt8] = []
    private var entries: [Entry] = []
    /// A hash table of the words in ASCII: indices of ``entries``, at least half of the slots free.
    private var slots = [Int](repeating: Self.free, count: 64)
    /// The numbers of the words that are not in ASCII.
    private var others: [String: Int] = [:]

    private struct Entry {
        let hash: UInt64
        let place: Range<Int>
        let number: Int
    }

    private static let free = -1
    /// Random, so that no text can be written to have words with equal hashes.
    private static let commonSeed = UInt64.random(in: 0 ... .max) | 1
    private let seed = Self.commonSeed

    /// Numbers a word.
    ///
    /// - Parameters:
    ///   - word: The word in UTF-8.
    ///   - isASCII: Whether it is all ASCII.
    /// - Returns: Its number, from 0 on.
    mutating func number(of word: ArraySlice<UInt8>, isASCII: Bool) -> Int {
        guard isASCII else { return numberOfOther(String(decoding: word, as: UTF8.self)) }
        let hash = hash(of: word)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != Self.free {
            let entry = entries[slots[slot]]
            if entry.hash == hash, isEqual(word, at: entry.place) { return entry.number }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = entries.count
        entries.append(Entry(hash: hash, place: bytes.count..<bytes.count + word.count, number: count))
        bytes += word
        count += 1
        if entries.count * 2 > slots.count { grow() }
        return count - 1
    }

    private mutating func numberOfOther(_ word: String) -> Int {
        if let number = others[word] { return number }
        others[word] = count
        count += 1
        return count - 1
    }

    private func isEqual(_ word: ArraySlice<UInt8>, at place: Range<Int>) -> Bool {
        word.count == place.count && word.elementsEqual(bytes[place])
    }

    private mutating func grow() {
        slots = [Int](repeating: Self.free, count: slots.count * 2)
        for (index, entry) in entries.enumerated() {
            var slot = Int(truncatingIfNeeded: entry.hash) & (slots.count - 1)
            while slots[slot] != Self.free { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = index
        }
    }

    /// Folds eight bytes at a time by a multiplication of 64 by 64 bits.
    private func hash(of word: ArraySlice<UInt8>) -> UInt64 {
        var hash = UInt64(truncatingIfNeeded: word.count)
        var (chunk, size) = (UInt64(0), 0)
        for byte in word {
            chunk = chunk << 8 | UInt64(byte)
            size += 1
            guard size == 8 else { continue }
            hash = folded(hash ^ chunk)
            (chunk, size) = (0, 0)
        }
        return folded(hash ^ chunk)
    }

    private func folded(_ value: UInt64) -> UInt64 {
        let product = (value ^ seed).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15 ^ seed << 1)
        return product.high ^ product.low
    }
}
