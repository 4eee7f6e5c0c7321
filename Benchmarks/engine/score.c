/* The near limit: one pass over the same columns that computes nothing but every decayed score and when it first reaches the
   threshold. No stages, no caps, no clocks, no owners, no explanation.

       score FOLDER HALF_LIFE_MS THRESHOLD REPEATS        prints milliseconds (the median) and how many crossed */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void *column(const char *folder, const char *name, size_t *bytes) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (!file) { perror(path); exit(1); }
    fseek(file, 0, SEEK_END);
    *bytes = (size_t)ftell(file);
    rewind(file);
    void *data = malloc(*bytes ? *bytes : 1);
    if (fread(data, 1, *bytes, file) != *bytes) { perror(path); exit(1); }
    fclose(file);
    return data;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int count, char **words) {
    if (count != 5) { fprintf(stderr, "score FOLDER HALF_LIFE_MS THRESHOLD REPEATS\n"); return 2; }
    size_t bytes, acts, persons_bytes;
    int64_t *occurred = column(words[1], "occurred", &bytes);
    size_t facts = bytes / 8;
    int32_t *act = column(words[1], "act", &bytes);
    int32_t *person = column(words[1], "person", &persons_bytes);
    double *points = column(words[1], "points", &acts);
    double rate = 1.0 / atof(words[2]), threshold = atof(words[3]);
    int repeats = atoi(words[4]);
    int32_t persons = 0;
    for (size_t i = 0; i < facts; i++) if (person[i] >= persons) persons = person[i] + 1;
    double *score = malloc(8 * (size_t)(persons + 1)), *taken = malloc(8 * (size_t)repeats);
    int64_t *at = malloc(8 * (size_t)(persons + 1)), *crossed = malloc(8 * (size_t)(persons + 1));
    size_t crossings = 0;
    for (int r = 0; r < repeats; r++) {
        struct timespec begun, ended;
        clock_gettime(CLOCK_MONOTONIC, &begun);
        memset(score, 0, 8 * (size_t)persons);
        memset(at, 0, 8 * (size_t)persons);
        memset(crossed, 0, 8 * (size_t)persons);
        crossings = 0;
        for (size_t i = 0; i < facts; i++) {
            int32_t who = person[i];
            double worth = points[act[i]];
            if (who < 0 || worth == 0) continue;
            score[who] = score[who] * exp2(-(double)(occurred[i] - at[who]) * rate) + worth;
            at[who] = occurred[i];
            if (!crossed[who] && score[who] >= threshold) { crossed[who] = occurred[i]; crossings++; }
        }
        clock_gettime(CLOCK_MONOTONIC, &ended);
        taken[r] = (ended.tv_sec - begun.tv_sec) * 1e3 + (ended.tv_nsec - begun.tv_nsec) / 1e6;
    }
    qsort(taken, (size_t)repeats, 8, by_size);
    printf("{\"milliseconds\": %.3f, \"crossings\": %zu}\n", taken[repeats / 2], crossings);
    return 0;
}
