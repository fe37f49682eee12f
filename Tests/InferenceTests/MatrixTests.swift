import Foundation
import Testing

@testable import Inference

/// Products of small matrices, which are parts of greater ones.
@Suite struct MatrixTests {
    private let memory = FloatMemory(capacity: 100)

    @Test func multipliesRows() {
        let left = matrix([[1, 2, 9], [3, 4, 9], [5, 6, 9]]).columns(0..<2)
        let right = matrix([[7, 8], [9, 10], [11, 12]])
        let result = memory.matrix(rows: 3, columns: 3)
        result.setProduct(of: left, and: right, transposed: true)
        #expect(numbers(of: result) == [[23, 29, 35], [53, 67, 81], [83, 105, 127]])
        result.columns(1..<3).setProduct(of: left, and: right.rows(0..<2), transposed: false, scale: 2, adding: true)
        #expect(numbers(of: result) == [[23, 79, 91], [53, 181, 209], [83, 283, 327]])
    }

    /// One row is multiplied by another function of the library.
    @Test func multipliesOneRow() {
        let left = matrix([[1, 2]])
        let right = matrix([[7, 8, 0], [9, 10, 0], [11, 12, 0]]).columns(0..<2)
        let result = memory.matrix(rows: 1, columns: 3)
        result.setProduct(of: left, and: right, transposed: true)
        #expect(numbers(of: result) == [[23, 29, 35]])
        result.setProduct(
            of: left,
            and: matrix([[7, 8, 9], [10, 11, 12]]),
            transposed: false,
            scale: 2,
            adding: true
        )
        #expect(numbers(of: result) == [[77, 89, 101]])
    }

    /// OpenBLAS has to give each thread working memory of its own.
    @Test func multipliesOnSeveralThreadsAtOnce() async {
        let areEqual = await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    await withCheckedContinuation { continuation in
                        Thread.detachNewThread { continuation.resume(returning: Self.repeatsProduct(10_000)) }
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(areEqual == Array(repeating: true, count: 8))
    }

    /// Whether a product of two matrices has the same numbers each time.
    private static func repeatsProduct(_ times: Int) -> Bool {
        let memory = FloatMemory(capacity: 3 * 64 * 64)
        let (left, right) = (memory.matrix(rows: 64, columns: 32), memory.matrix(rows: 37, columns: 32))
        for matrix in [left, right] {
            for row in 0..<matrix.rows {
                for column in 0..<32 { unsafe matrix.row(row)[column] = Float(row * column % 7) }
            }
        }
        // The numbers are whole, so that the order of additions does not matter.
        let expected = (0..<37).map { row in
            (0..<32).map { unsafe left.row(row)[$0] * right.row(row)[$0] }.reduce(0, +)
        }
        let result = memory.matrix(rows: 64, columns: 37)
        return (0..<times).allSatisfy { _ in
            result.setProduct(of: left, and: right, transposed: true)
            return expected.indices.allSatisfy { unsafe result.row($0)[$0] == expected[$0] }
        }
    }

    @Test func addsRows() {
        let (left, right) = (matrix([[1, 2]]), matrix([[3, 4]]))
        unsafe VectorMath.add(UnsafeBufferPointer(left.row(0)), to: right.row(0))
        #expect(numbers(of: right) == [[4, 6]])
    }

    private func matrix(_ rows: [[Float]]) -> Matrix {
        let matrix = memory.matrix(rows: rows.count, columns: rows.first?.count ?? 0)
        for (number, row) in rows.enumerated() {
            for (column, value) in row.enumerated() { unsafe matrix.row(number)[column] = value }
        }
        return matrix
    }

    private func numbers(of matrix: Matrix) -> [[Float]] {
        (0..<matrix.rows).map { unsafe Array(matrix.row($0)) }
    }
}
