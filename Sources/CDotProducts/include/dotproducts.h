#include <stddef.h>
#include <stdint.h>

// Writes the scalar products of each row with each column: one after another, those of the first row first.
//
// Rows and columns are vectors of `width` numbers, one after another. Products of up to 133,000 numbers fit in what is written.
void dot_products(
    const int8_t *rows, size_t row_count, const int8_t *columns, size_t column_count, size_t width, int32_t *products
);
