#include "service/base/bucket.h"

#define REFILL 100

static guint take_all(WhBucket *bucket, gint64 now)
{
    guint taken = 0;
    while (taken < 1000 && wh_bucket_take(bucket, now))
        taken++;
    return taken;
}

static void test_burst(void)
{
    WhBucket bucket = wh_bucket_new(3, REFILL, 50);
    g_assert_true(wh_bucket_has(&bucket, 50));
    g_assert_cmpuint(take_all(&bucket, 50), ==, 3);
    g_assert_false(wh_bucket_has(&bucket, 50));
}

static void test_refill(void)
{
    WhBucket bucket = wh_bucket_new(3, REFILL, 0);
    take_all(&bucket, 0);
    g_assert_cmpuint(take_all(&bucket, REFILL - 1), ==, 0);
    g_assert_cmpuint(take_all(&bucket, REFILL + 1), ==, 1);
    /* What was there of the second interval counts. */
    g_assert_cmpuint(take_all(&bucket, 2 * REFILL), ==, 1);
}

/* Time that passes while it is full is not saved up. */
static void test_full(void)
{
    WhBucket bucket = wh_bucket_new(3, REFILL, 0);
    g_assert_cmpuint(take_all(&bucket, 100 * REFILL + REFILL / 2), ==, 3);
    g_assert_cmpuint(take_all(&bucket, 101 * REFILL), ==, 0);
    g_assert_cmpuint(take_all(&bucket, 101 * REFILL + REFILL / 2), ==, 1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/bucket/burst", test_burst);
    g_test_add_func("/bucket/refill", test_refill);
    g_test_add_func("/bucket/full", test_full);
    return g_test_run();
}
