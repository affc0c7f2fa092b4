/* The limit that the engine is measured against: the same recall by hand, with nothing around it.
   Hebb without self-connections, ties to −1, a fresh random order each sweep, energy at every flip. */
#include <stdint.h>

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

/* Returns the updates asked until a whole sweep was quiet. */
int64_t recall(int8_t *restrict state, int32_t *restrict overlaps, const int8_t *restrict by_unit,
               int32_t *restrict order, int64_t units, int64_t memories, uint64_t *stream,
               int64_t score, int64_t *restrict scores, int64_t *flips) {
    int64_t updates = 0, made = 0;
    for (int changed = 1; changed;) {
        changed = 0;
        for (int64_t last = units - 1; last > 0; last--) {
            int64_t other = (int64_t)draw_below(stream, (uint32_t)last + 1);
            int32_t kept = order[last];
            order[last] = order[other];
            order[other] = kept;
        }
        for (int64_t place = 0; place < units; place++) {
            int32_t unit = order[place];
            const int8_t *row = by_unit + unit * memories;
            int32_t field = 0;
            for (int64_t memory = 0; memory < memories; memory++)
                field += row[memory] * overlaps[memory];
            updates++;
            int8_t wanted = field - memories * state[unit] > 0 ? 1 : -1;
            if (wanted != state[unit]) {
#ifndef WITHOUT_ENERGY
                score -= 4 * (int64_t)state[unit] * (field - memories * state[unit]);
                scores[made] = score;
#endif
                state[unit] = wanted;
                for (int64_t memory = 0; memory < memories; memory++)
                    overlaps[memory] += 2 * wanted * row[memory];
                made++;
                changed = 1;
            }
        }
    }
    *flips = made;
    return updates;
}
