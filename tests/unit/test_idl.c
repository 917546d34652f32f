#include "service/protocol/idl.h"

#include <gio/gio.h>

static void refuse(const char *text, const char *why)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WhIdl) idl = wh_idl_parse(text, &error);
    g_assert_null(idl);
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    if (strstr(error->message, why) == NULL)
        g_error("“%s” does not say “%s”", error->message, why);
}

static void test_everything(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WhIdl) idl = wh_idl_parse("# head\ninterface org.example.all-of-it\n"
                                        "type A(x:int,y:?[]B)type B (one, two_three)\n"
                                        "method M(a: A, m: [string]bool) -> (o: object) # tail\n"
                                        "method N() -> ()\n"
                                        "error E (f: float, s: ?(a: string, e: ?(u, v)))",
                                        &error);
    g_assert_no_error(error);
    g_assert_cmpstr(idl->name, ==, "org.example.all-of-it");
    g_assert_cmpuint(g_hash_table_size(idl->types), ==, 2);
    g_assert_cmpuint(idl->methods->len, ==, 2);
    const WhIdlType *a = g_hash_table_lookup(idl->types, "A");
    const WhIdlField *y = a->fields->pdata[1];
    g_assert_cmpint(y->type->kind, ==, WH_IDL_MAYBE);
    g_assert_cmpint(y->type->element->kind, ==, WH_IDL_ARRAY);
    g_assert_cmpstr(y->type->element->element->name, ==, "B");
    const WhIdlType *b = g_hash_table_lookup(idl->types, "B");
    g_assert_cmpint(b->kind, ==, WH_IDL_ENUM);
    g_assert_nonnull(wh_idl_method(idl, "M")->output);
    g_assert_null(wh_idl_method(idl, "E"));
    g_assert_null(wh_idl_error(idl, "E")->output);
}

static void test_names(void)
{
    refuse("interface single", "name");
    refuse("interface org..x", "name");
    refuse("interface org.x-", "name");
    refuse("interface 1org.x", "name");
    refuse("interface a.b type lower ()", "capital");
    refuse("interface a.b type A (a__b: int)", "field's name");
    refuse("interface a.b type A (a_: int)", "field's name");
    refuse("interface a.b type A (_a: int)", "field's name");
    refuse("interface a.b type A (1a: int)", "field's name");
    refuse("interface a.b type A () method A() -> ()", "declared already");
    refuse("interface a.b type A (a: int, a: int)", "there already");
    refuse("interface a.b type A (a: C)", "type C is not declared");
}

static void test_shapes(void)
{
    refuse("", "interface");
    refuse("interface a.b nonsense", "“type”, “method” or “error”");
    refuse("interface a.b type A (a: int, b)", "either all");
    refuse("interface a.b type A (a, b: int)", "either all");
    refuse("interface a.b type A (a: ??int)", "twice");
    refuse("interface a.b type A (a: []?int)", "nullable");
    refuse("interface a.b type A (a: integer)", "a type is expected");
    refuse("interface a.b type A (a: int", "“)”");
    refuse("interface a.b type A (a: int,)", "field's name");
    refuse("interface a.b method M()", "“->”");
    refuse("interface a.b method M(a, b) -> ()", "fields with types");
    refuse("interface a.b\n\nerror\n E [", "line 4");
}

static void test_nesting(void)
{
    g_autoptr(GString) text = g_string_new("interface a.b type A (a: ");
    for (guint i = 0; i < 1000; i++)
        g_string_append(text, "(a: ");
    refuse(text->str, "too deep");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/idl/everything", test_everything);
    g_test_add_func("/idl/names", test_names);
    g_test_add_func("/idl/shapes", test_shapes);
    g_test_add_func("/idl/nesting", test_nesting);
    return g_test_run();
}
