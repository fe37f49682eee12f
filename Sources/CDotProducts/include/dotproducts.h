#include <stddef.h>
#include <stdint.h>

// Rows and columns are vectors of `width` whole numbers, one after another, each of them to be multiplied by a scale of its own.
// Products of up to 133,000 numbers are exact before they are multiplied by the scales.

// Writes the scalar products of each row with each column: one after another, those of the first row first.
void scaled_products(
    const int8_t *rows, const float *row_scales, size_t row_count, const int8_t *columns, const float *column_scales,
    size_t column_count, size_t width, float *products
);

// Writes the scalar products of many rows with one column. They are the same as those of `scaled_products`; rows that are not in the
// processor's cache are read ahead.
void scaled_products_with_one(
    const int8_t *rows, const float *row_scales, size_t row_count, const int8_t *column, float column_scale, size_t width,
    float *products
);
