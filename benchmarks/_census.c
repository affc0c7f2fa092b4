/* The limit that a census is measured against: the same falls by hand, with nothing around them.
   Hebb without self-connections, ties kept, a fresh random order each sweep. States that fall
   together share the orders of their sweeps; each fall begins at the sweep at which a lane is free. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static inline uint64_t draw(uint64_t *stream) {
    uint64_t bits = (*stream += 0x9E3779B97F4A7C15ull);
    bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9ull;
    bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBull;
    return bits ^ (bits >> 31);
}

static inline uint64_t draw_below(uint64_t *stream, uint32_t bound) {
    uint64_t product = (draw(stream) >> 32) * bound;
    uint32_t low = (uint32_t)product;
    if (low < bound) {
        uint32_t least = -bound % bound;
        while (low < least) {
            product = (draw(stream) >> 32) * bound;
            low = (uint32_t)product;
        }
    }
    return product >> 32;
}

static void shuffle(int32_t *order, int64_t units, uint64_t *stream) {
    for (int64_t last = units - 1; last > 0; last--) {
        int64_t other = (int64_t)draw_below(stream, (uint32_t)last + 1);
        int32_t kept = order[last];
        order[last] = order[other];
        order[other] = kept;
    }
}

static void take_up(const int8_t *state, int32_t *sums, const int8_t *by_unit, int64_t units,
                    int64_t memories) {
    memset(sums, 0, memories * sizeof *sums);
    for (int64_t unit = 0; unit < units; unit++)
        for (int64_t memory = 0; memory < memories; memory++)
            sums[memory] += state[unit] * by_unit[unit * memories + memory];
}

/* One state's sweep; says whether anything changed. */
static int sweep(int8_t *restrict state, int32_t *restrict sums, const int8_t *restrict by_unit,
                 const int32_t *restrict order, int64_t units, int64_t memories) {
    int changed = 0;
    for (int64_t place = 0; place < units; place++) {
        int32_t unit = order[place];
        const int8_t *row = by_unit + unit * memories;
        int32_t field = 0;
        for (int64_t memory = 0; memory < memories; memory++) field += row[memory] * sums[memory];
        field -= (int32_t)memories * state[unit];
        if (field * state[unit] < 0) {
            state[unit] = -state[unit];
            for (int64_t memory = 0; memory < memories; memory++)
                sums[memory] += 2 * state[unit] * row[memory];
            changed = 1;
        }
    }
    return changed;
}

/* Lets a batch of states fall, in place. */
void fall(int8_t *states, int64_t falls, const int8_t *by_unit, int64_t units, int64_t memories,
          int64_t lanes, uint64_t stream) {
    int32_t *order = malloc(units * sizeof *order), *sums = malloc(lanes * memories * sizeof *sums);
    int64_t *at = malloc(lanes * sizeof *at), coming = 0, busy = 0;
    for (int64_t unit = 0; unit < units; unit++) order[unit] = (int32_t)unit;
    for (int64_t lane = 0; lane < lanes; lane++) at[lane] = -1;
    do {
        for (int64_t lane = 0; lane < lanes; lane++)
            if (at[lane] < 0 && coming < falls) {
                at[lane] = coming++;
                busy++;
                take_up(states + at[lane] * units, sums + lane * memories, by_unit, units, memories);
            }
        shuffle(order, units, &stream);
        for (int64_t lane = 0; lane < lanes; lane++)
            if (at[lane] >= 0 && !sweep(states + at[lane] * units, sums + lane * memories, by_unit,
                                        order, units, memories)) {
                at[lane] = -1;
                busy--;
            }
    } while (busy || coming < falls);
    free(order);
    free(sums);
    free(at);
}

static const int8_t *compared;
static int64_t length;

static int by_state(const void *one, const void *other) {
    return memcmp(compared + *(const int64_t *)one * length, compared + *(const int64_t *)other * length,
                  length);
}

/* Counts how many different states there are, and writes how often each comes up. */
int64_t attractors(const int8_t *states, int64_t falls, int64_t units, int64_t *hits) {
    int64_t *order = malloc(falls * sizeof *order), found = -1;
    for (int64_t fall = 0; fall < falls; fall++) order[fall] = fall;
    compared = states;
    length = units;
    qsort(order, falls, sizeof *order, by_state);
    for (int64_t fall = 0; fall < falls; fall++) {
        if (!fall || by_state(order + fall - 1, order + fall)) hits[++found] = 0;
        hits[found]++;
    }
    free(order);
    return found + 1;
}
