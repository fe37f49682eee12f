#include "dotproducts.h"

// A program for all x86-64 processors is compiled for the oldest of them. Here the compiler makes a function for each generation of
// vector units, and the program takes the one that fits when it starts: products take half of the time or less.
#if defined(__linux__) && defined(__x86_64__)
__attribute__((target_clones("avx512bw", "avx2", "default")))
#endif
void scaled_products(
    const int8_t *rows, const float *row_scales, size_t row_count, const int8_t *columns, const float *column_scales,
    size_t column_count, size_t width, float *products
) {
    for (size_t row = 0; row < row_count; row++) {
        for (size_t column = 0; column < column_count; column++) {
            const int8_t *own = rows + row * width;
            const int8_t *other = columns + column * width;
            int32_t sum = 0;
            for (size_t place = 0; place < width; place++) sum += (int32_t)own[place] * other[place];
            *products++ = (float)sum * row_scales[row] * column_scales[column];
        }
    }
}
