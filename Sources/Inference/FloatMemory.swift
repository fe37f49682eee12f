/// Memory for numbers, which is given out piece by piece.
///
/// `@unchecked Sendable`: one thread takes and writes the pieces before others read them.
@safe
package final class FloatMemory: @unchecked Sendable {
    private let start: UnsafeMutablePointer<Float>
    private let capacity: Int
    private var used = 0

    /// Allocates memory, all zeros.
    ///
    /// - Parameter capacity: How many numbers there is room for.
    package init(capacity: Int) {
        self.capacity = capacity
        unsafe start = .allocate(capacity: capacity)
        unsafe start.initialize(repeating: 0, count: capacity)
    }

    deinit {
        unsafe start.deallocate()
    }

    /// Gives out the next piece.
    ///
    /// There has to be room for it.
    package func matrix(rows: Int, columns: Int) -> Matrix {
        let place = used
        used += rows * columns
        precondition(used <= capacity, "no room for \(rows) x \(columns) numbers")
        return unsafe Matrix(start + place, rows: rows, columns: columns)
    }
}
