#include "dotproducts.h"

// A program for all x86-64 processors is compiled for the oldest of them. Here the compiler makes a function for each generation of
// vector units, and the program takes the one that fits when it starts: products take half of the time or less.
#if defined(__linux__) && defined(__x86_64__)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("avx512bw", "avx2", "default")))
#else
#define FOR_EACH_PROCESSOR
#endif

enum {
    // How many rows are compared with a column at a time.
    GROUP = 16,
    // The width up to which numbers are widened in advance: a group of rows is in the cache of the first level.
    WIDEST = 512,
    // How far ahead rows are read, and how many bytes are read at once.
    AHEAD = 4096,
    LINE = 64,
};

FOR_EACH_PROCESSOR
void scaled_products(
    const int8_t *rows, const float *row_scales, size_t row_count, const int8_t *columns, const float *column_scales,
    size_t column_count, size_t width, float *products
) {
    if (width > WIDEST) {
        for (size_t row = 0; row < row_count; row++) {
            for (size_t column = 0; column < column_count; column++) {
                int32_t sum = 0;
                for (size_t place = 0; place < width; place++) {
                    sum += (int32_t)rows[row * width + place] * columns[column * width + place];
                }
                *products++ = (float)sum * row_scales[row] * column_scales[column];
            }
        }
        return;
    }
    // Numbers are multiplied in two bytes. Each is widened once for all products.
    int16_t own[GROUP * WIDEST];
    int16_t other[WIDEST];
    for (size_t first = 0; first < row_count; first += GROUP) {
        size_t count = row_count - first < GROUP ? row_count - first : GROUP;
        for (size_t place = 0; place < count * width; place++) own[place] = rows[first * width + place];
        for (size_t column = 0; column < column_count; column++) {
            for (size_t place = 0; place < width; place++) other[place] = columns[column * width + place];
            for (size_t row = 0; row < count; row++) {
                int32_t sum = 0;
                for (size_t place = 0; place < width; place++) sum += (int32_t)own[row * width + place] * other[place];
                products[(first + row) * column_count + column] =
                    (float)sum * row_scales[first + row] * column_scales[column];
            }
        }
    }
}

FOR_EACH_PROCESSOR
void scaled_products_with_one(
    const int8_t *rows, const float *row_scales, size_t row_count, const int8_t *column, float column_scale, size_t width,
    float *products
) {
    size_t ahead = width > 0 ? AHEAD / width + 1 : 1;
    for (size_t row = 0; row < row_count; row++) {
        const int8_t *own = rows + row * width;
        if (row_count - row > ahead) {
            for (size_t place = 0; place < width; place += LINE) __builtin_prefetch(own + ahead * width + place);
        }
        int32_t sum = 0;
        for (size_t place = 0; place < width; place++) sum += (int32_t)own[place] * column[place];
        products[row] = (float)sum * row_scales[row] * column_scale;
    }
}
