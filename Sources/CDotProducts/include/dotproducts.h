#include <stddef.h>
#include <stdint.h>

// Writes the scalar products of each row with each column: one after another, those of the first row first.
//
// Rows and columns are vectors of `width` whole numbers, one after another, each of them to be multiplied by a scale of its own.
// Products of up to 133,000 numbers are exact before they are multiplied by the scales.
void scaled_products(
    const int8_t *rows, const float *row_scales, size_t row_count, const int8_t *columns, const float *column_scales,
    size_t column_count, size_t width, float *products
);
