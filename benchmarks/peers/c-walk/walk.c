/* walk FILE RUNS: how long a C program takes to walk every BGP UPDATE of an MRT file in memory.
   The floor for a decoder: it looks at every attribute, AS number, community and prefix where they lie, adds them to a
   checksum, and stores nothing. One line a run: nanoseconds of user CPU for each UPDATE, then what was counted.

   The checksum, the same in every program of the comparison (sums modulo 2^64):
     a prefix              its network octets as one big-endian number (of IPv6 the low 64 bits), plus its length
     an attribute          its type code, and of its value:
       ORIGIN, NEXT_HOP, MED, LOCAL_PREF, ORIGINATOR_ID    the number
       AS_PATH, AS4_PATH                                   each segment's type, each AS number
       COMMUNITIES, CLUSTER_LIST                           each number
       AGGREGATOR, AS4_AGGREGATOR                          the AS number and the address
       MP_REACH_NLRI, MP_UNREACH_NLRI                      the prefixes of IPv4 and IPv6, unicast and multicast
       any other                                           nothing more */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>

static uint64_t updates, prefixes, malformed, checksum;

static inline uint32_t be16(const uint8_t *at) { return (uint32_t)at[0] << 8 | at[1]; }
static inline uint32_t be32(const uint8_t *at) { return be16(at) << 16 | be16(at + 2); }

static double user_seconds(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_utime.tv_sec + usage.ru_utime.tv_usec * 1e-6;
}

static void walk_prefixes(const uint8_t *at, const uint8_t *end, unsigned longest) {
    while (at < end) {
        unsigned length = *at++, octets = (length + 7) >> 3;
        if (length > longest || octets > (size_t)(end - at)) {
            malformed++;
            return;
        }
        uint64_t network = 0;
        for (unsigned i = 0; i < octets; i++) network = network << 8 | at[i];
        checksum += network + length;
        prefixes++;
        at += octets;
    }
}

static void walk_as_path(const uint8_t *at, const uint8_t *end, unsigned asn_octets) {
    while (end - at >= 2) {
        unsigned count = at[1];
        checksum += at[0];
        at += 2;
        if (count * asn_octets > (size_t)(end - at)) {
            malformed++;
            return;
        }
        for (unsigned i = 0; i < count; i++, at += asn_octets) checksum += asn_octets == 4 ? be32(at) : be16(at);
    }
}

static void walk_family(const uint8_t *family, const uint8_t *at, const uint8_t *end) {
    unsigned afi = be16(family);
    if ((family[2] == 1 || family[2] == 2) && (afi == 1 || afi == 2)) walk_prefixes(at, end, afi == 1 ? 32 : 128);
}

static void walk_attribute(unsigned type, const uint8_t *at, const uint8_t *end, unsigned asn_octets) {
    size_t length = end - at;
    checksum += type;
    switch (type) {
    case 1:
        if (length == 1) checksum += *at;
        break;
    case 3: case 4: case 5: case 9:
        if (length == 4) checksum += be32(at);
        break;
    case 2:
        walk_as_path(at, end, asn_octets);
        break;
    case 17:
        walk_as_path(at, end, 4);
        break;
    case 8: case 10:
        for (; end - at >= 4; at += 4) checksum += be32(at);
        break;
    case 7:
        if (length == asn_octets + 4) checksum += (asn_octets == 4 ? be32(at) : be16(at)) + (uint64_t)be32(at + asn_octets);
        break;
    case 18:
        if (length == 8) checksum += be32(at) + (uint64_t)be32(at + 4);
        break;
    case 14:
        if (length >= 5 && length >= 5u + at[3]) walk_family(at, at + 5 + at[3], end);
        break;
    case 15:
        if (length >= 3) walk_family(at, at + 3, end);
        break;
    }
}

static void walk_update(const uint8_t *at, const uint8_t *end, unsigned asn_octets) {
    updates++;
    const uint8_t *withdrawn = at + 2, *after = withdrawn + be16(at);
    if (after + 2 > end || after + 2 + be16(after) > end) {
        malformed++;
        return;
    }
    walk_prefixes(withdrawn, after, 32);
    const uint8_t *attributes_end = after + 2 + be16(after);
    for (at = after + 2; attributes_end - at >= 3;) {
        unsigned wide = at[0] >> 4 & 1;
        const uint8_t *value = at + 3 + wide;
        if (value > attributes_end) break;
        size_t length = wide ? be16(at + 2) : at[2];
        if (length > (size_t)(attributes_end - value)) break;
        walk_attribute(at[1], value, value + length, asn_octets);
        at = value + length;
    }
    if (at != attributes_end) malformed++;
    walk_prefixes(attributes_end, end, 32);
}

static void walk_file(const uint8_t *at, const uint8_t *end) {
    while (end - at >= 12) {
        unsigned type = be16(at + 4), subtype = be16(at + 6);
        size_t length = be32(at + 8);
        const uint8_t *body = at + 12;
        if (length > (size_t)(end - body)) return;
        at = body + length;
        if (type == 17) body += 4;
        else if (type != 16) continue;
        if (subtype != 1 && subtype != 4) continue;
        unsigned asn_octets = subtype == 4 ? 4 : 2;
        const uint8_t *afi = body + 2 * asn_octets + 2, *message = afi + 2 + (be16(afi) == 1 ? 8 : 32);
        if (message + 23 <= at && message[18] == 2 && message + be16(message + 16) <= at)
            walk_update(message + 19, message + be16(message + 16), asn_octets);
    }
}

int main(int count, char **words) {
    if (count != 3) return fprintf(stderr, "usage: %s FILE RUNS\n", words[0]), 2;
    int file = open(words[1], O_RDONLY);
    struct stat status;
    if (file < 0 || fstat(file, &status) < 0) return perror(words[1]), 1;
    const uint8_t *octets = mmap(NULL, status.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
    if (octets == MAP_FAILED) return perror(words[1]), 1;
    for (int run = 0; run < atoi(words[2]); run++) {
        updates = prefixes = malformed = checksum = 0;
        double start = user_seconds();
        walk_file(octets, octets + status.st_size);
        double elapsed = user_seconds() - start;
        printf("%.2f updates=%lu prefixes=%lu malformed=%lu checksum=%016lx\n", elapsed / updates * 1e9, updates, prefixes, malformed, checksum);
        fflush(stdout);
    }
}
