/* Runs a fuzz target without a fuzzer: every seed, and mutations of it that are the same in every
 * run. */
#include <glib.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MUTATIONS_A_SEED 400
#define LARGEST 65536

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The target sees memory of exactly this size, so that a sanitizer notices a read behind it. */
static void feed(const guint8 *bytes, gsize length)
{
    g_autofree guint8 *exact = g_memdup2(bytes, length);
    guint8 nothing = 0;
    (void)LLVMFuzzerTestOneInput(exact != NULL ? exact : &nothing, length);
}

static gsize pick(GRand *rand, gsize length)
{
    return length == 0 ? 0 : (gsize)g_rand_int_range(rand, 0, (gint32)length);
}

/* One small damage: a bit, a byte, a cut, a repeated or a strange piece. */
static void damage(GRand *rand, GByteArray *bytes)
{
    static const char *const PIECES[] = {
        "\xff\xff\xff\xff", "{\"a\":", "[[[[[[[[", "\"\"", "%s%n",
        "\xc0\x0c",         "\n[x]\n", "=",        "..",   "\xf0\x28"};
    gsize at = pick(rand, bytes->len);

    switch (g_rand_int_range(rand, 0, 6)) {
    case 0:
        if (bytes->len > 0)
            bytes->data[at] ^= (guint8)(1u << g_rand_int_range(rand, 0, 8));
        break;
    case 1:
        if (bytes->len > 0)
            bytes->data[at] = (guint8)g_rand_int_range(rand, 0, 256);
        break;
    case 2:
        g_byte_array_set_size(bytes, (guint)at);
        break;
    case 3:
        if (bytes->len > 0)
            g_byte_array_remove_range(bytes, (guint)at,
                                      (guint)(1 + pick(rand, MIN(bytes->len - at, 16))));
        break;
    case 4: {
        g_autofree guint8 *copy = g_memdup2(bytes->data, bytes->len);
        if (bytes->len < LARGEST && copy != NULL)
            g_byte_array_append(bytes, copy + at, (guint)(bytes->len - at));
        break;
    }
    default: {
        const char *piece = PIECES[pick(rand, G_N_ELEMENTS(PIECES))];
        if (bytes->len < LARGEST)
            g_byte_array_append(bytes, (const guint8 *)piece, (guint)strlen(piece));
        break;
    }
    }
}

static void replay(const char *path)
{
    g_autofree char *contents = NULL;
    gsize length;
    g_autoptr(GError) error = NULL;
    if (!g_file_get_contents(path, &contents, &length, &error))
        g_error("%s", error->message);
    feed((const guint8 *)contents, length);

    g_autoptr(GRand) rand = g_rand_new_with_seed((guint32)length);
    for (guint i = 0; i < MUTATIONS_A_SEED; i++) {
        g_autoptr(GByteArray) bytes = g_byte_array_new();
        g_byte_array_append(bytes, (const guint8 *)contents, (guint)length);
        for (gint32 n = g_rand_int_range(rand, 1, 6); n > 0; n--)
            damage(rand, bytes);
        feed(bytes->data, bytes->len);
    }
}

int main(int argc, char **argv)
{
    guint count = 0;

    for (int i = 1; i < argc; i++) {
        g_autoptr(GDir) folder = g_dir_open(argv[i], 0, NULL);
        const char *name;
        while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
            g_autofree char *path = g_build_filename(argv[i], name, NULL);
            replay(path);
            count++;
        }
    }
    printf("%u seeds, %u mutations of each\n", count, MUTATIONS_A_SEED);
    return count > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
