/// A set of words, of which it has the hashes: adding a word costs no string.
///
/// Two words have the same hash where they are equal as strings, which compare by canonical equivalence; other words with a
/// probability of 2⁻⁶³.
struct WordSet: Sendable {
    /// A hash table, at least half of whose slots are 0, which is no word's hash.
    private var slots: [UInt64] = []
    /// How many words it has.
    private(set) var count = 0

    init() {}

    /// Creates the set of the words of a text.
    init(of text: some StringProtocol) {
        insertWords(of: text)
    }

    /// Creates the set of the words of a text that begin with a digit.
    init(figuresOf text: some StringProtocol) {
        Words.forEach(in: text) { word, _ in
            guard let first = word.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return }
            Words.forEachHash(in: Array(word)) { insert($0) }
        }
    }

    /// Adds the words of a text.
    mutating func insertWords(of text: some StringProtocol) {
        Words.forEachHash(in: text) { insert($0) }
    }

    /// Returns how many different words of a text are in the set.
    func countOfWords(of text: some StringProtocol) -> Int {
        var found = WordSet()
        Words.forEachHash(in: text) { if contains($0) { found.insert($0) } }
        return found.count
    }

    func contains(_ hash: UInt64) -> Bool {
        count > 0 && slots[slot(of: hash)] == hash
    }

    /// Adds a word.
    ///
    /// - Returns: Whether it was not in the set.
    @discardableResult
    mutating func insert(_ hash: UInt64) -> Bool {
        if count * 2 >= slots.count { grow() }
        let slot = slot(of: hash)
        guard slots[slot] == 0 else { return false }
        slots[slot] = hash
        count += 1
        return true
    }

    /// Removes all words; the work is that of as many insertions.
    mutating func removeAll() {
        if slots.count > 4 * max(count, 16) {
            slots = []
        } else {
            for slot in slots.indices { slots[slot] = 0 }
        }
        count = 0
    }

    /// The slot that has a hash, or else the free one to put it into.
    private func slot(of hash: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0, slots[slot] != hash { slot = (slot + 1) & (slots.count - 1) }
        return slot
    }

    private mutating func grow() {
        let hashes = slots
        slots = [UInt64](repeating: 0, count: max(slots.count * 2, 32))
        for hash in hashes where hash != 0 { slots[slot(of: hash)] = hash }
    }
}
