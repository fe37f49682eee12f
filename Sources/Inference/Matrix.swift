internal import CBLAS

/// Rows of numbers in memory that the caller keeps alive.
///
/// Indices and sizes are not checked.
@safe
package struct Matrix {
    /// The first number of the first row.
    package let start: UnsafeMutablePointer<Float>
    /// The number of rows.
    package let rows: Int
    /// The number of numbers in a row.
    package let columns: Int
    /// The distance between the beginnings of two rows, in numbers.
    package let stride: Int

    /// Describes rows that begin at a place in memory.
    ///
    /// - Parameters:
    ///   - start: The first number of the first row.
    ///   - rows: The number of rows.
    ///   - columns: The number of numbers in a row.
    ///   - stride: The distance between the beginnings of two rows; nil if each row follows on the one before.
    package init(_ start: UnsafeMutablePointer<Float>, rows: Int, columns: Int, stride: Int? = nil) {
        unsafe self.start = start
        self.rows = rows
        self.columns = columns
        self.stride = stride ?? columns
    }

    /// The numbers of one row.
    package func row(_ number: Int) -> UnsafeMutableBufferPointer<Float> {
        unsafe UnsafeMutableBufferPointer(start: start + number * stride, count: columns)
    }

    /// Copies numbers into a row.
    ///
    /// - Parameters:
    ///   - number: The row.
    ///   - numbers: As many numbers as there are columns.
    package func setRow(_ number: Int, to numbers: UnsafeMutablePointer<Float>) {
        unsafe (start + number * stride).update(from: numbers, count: columns)
    }

    /// Some of the rows.
    package func rows(_ range: Range<Int>) -> Matrix {
        unsafe Matrix(start + range.lowerBound * stride, rows: range.count, columns: columns, stride: stride)
    }

    /// Some of the columns.
    package func columns(_ range: Range<Int>) -> Matrix {
        unsafe Matrix(start + range.lowerBound, rows: rows, columns: range.count, stride: stride)
    }

    /// Sets the numbers to those of a product, `scale * left * right`, or adds these to them.
    ///
    /// - Parameters:
    ///   - left: The left factor, which has as many rows as this matrix.
    ///   - right: The right factor.
    ///   - transposed: Whether each row of `right` stands for a column of the factor.
    ///   - scale: By what the product is multiplied.
    ///   - adding: Whether the product is added.
    package func setProduct(
        of left: Matrix,
        and right: Matrix,
        transposed: Bool,
        scale: Float = 1,
        adding: Bool = false
    ) {
        if rows == 1 {
            unsafe cblas_sgemv(
                CblasRowMajor,
                transposed ? CblasNoTrans : CblasTrans,
                Int32(right.rows),
                Int32(right.columns),
                scale,
                right.start,
                Int32(right.stride),
                left.start,
                1,
                adding ? 1 : 0,
                start,
                1
            )
        } else {
            unsafe cblas_sgemm(
                CblasRowMajor,
                CblasNoTrans,
                transposed ? CblasTrans : CblasNoTrans,
                Int32(rows),
                Int32(columns),
                Int32(left.columns),
                scale,
                left.start,
                Int32(left.stride),
                right.start,
                Int32(right.stride),
                adding ? 1 : 0,
                start,
                Int32(stride)
            )
        }
    }
}
