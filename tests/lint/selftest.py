"""The rules themselves: each finds what it is there for, and lets pass what is fine."""
import os
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import arrows  # noqa: E402
import catalogue  # noqa: E402
import claims  # noqa: E402
import comments  # noqa: E402
import ends  # noqa: E402
import format as formatting  # noqa: E402
import source  # noqa: E402
import style  # noqa: E402
import systems  # noqa: E402
import texts  # noqa: E402
import words  # noqa: E402

LONG_FUNCTION = "void wh_a(void)\n{\n" + "    x();\n" * 90 + "}\n"


class RuleTest(unittest.TestCase):
    def setUp(self):
        self.top = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.top)

    def problems(self, rule, path, text):
        full = os.path.join(self.top, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w") as file:
            file.write(text)
        return list(rule.check(self.top))

    def broken(self, rule, path, text, word):
        found = self.problems(rule, path, text)
        self.assertTrue(any(word in problem for problem in found), f"{text!r}: {found}")

    def kept(self, rule, path, text):
        self.assertEqual(self.problems(rule, path, text), [])


class Arrows(RuleTest):
    def test_include_against_the_arrow(self):
        self.broken(arrows, "service/base/a.c", '#include "service/net/http.h"\n', "must not see")
        self.broken(arrows, "platform/linux/a.c", '#include "service/base/address.h"\n', "must not see")
        self.broken(arrows, "app/client/a.c", '#include "service/control/control.h"\n', "must not see")
        self.broken(arrows, "service/accounts/a.c", '#include "service/net/http.h"\n', "must not see")
        self.broken(arrows, "service/detect/a.c", '#  include "platform/address_monitor.h"\n', "must not see")

    def test_include_with_the_arrow(self):
        self.kept(arrows, "service/accounts/a.c", '#include "service/net/dns_message.h"\n')
        self.kept(arrows, "platform/linux/b.c", '#include "platform/paths.h"\n#include <linux/rtnetlink.h>\n')
        self.kept(arrows, "service/wiring/b.c", '#include "service/net/http.h"\n#include "platform/paths.h"\n')
        self.kept(arrows, "service/base/b.c", '/* #include "service/net/http.h" */\n')

    def test_system_library_of_another_room(self):
        self.broken(arrows, "service/detect/a.c", "#include <curl/curl.h>\n", "must not use")
        self.broken(arrows, "service/reconcile/a.c", "#include <sqlite3.h>\n", "must not use")
        self.broken(arrows, "service/base/a.c", "#include <jansson.h>\n", "must not use")
        self.broken(arrows, "platform/fake/a.c", "#include <systemd/sd-daemon.h>\n", "must not use")

    def test_link_lines(self):
        self.broken(arrows, "service/base/CMakeLists.txt", "wh_add_room(wh-base a.c\n LINKS wh-net)\n", "wh-net")
        self.broken(arrows, "service/detect/CMakeLists.txt",
                    "wh_add_room(wh-detect a.c LINKS wh-base PkgConfig::CURL)\n", "CURL")
        self.broken(arrows, "app/client/CMakeLists.txt",
                    "target_link_libraries(wh-client PUBLIC wh-control)\n", "wh-control")
        self.broken(arrows, "app/cli/CMakeLists.txt", "wh_add_room(wh-cli a.c LINKS wh-store)\n", "wh-store")
        self.broken(arrows, "app/cli/CMakeLists.txt", "wh_add_room(wh-other a.c)\n", "no room")
        self.kept_links()

    def kept_links(self):
        shutil.rmtree(self.top)
        self.kept(arrows, "service/net/CMakeLists.txt",
                  "wh_add_room(wh-net a.c LINKS wh-base PkgConfig::CURL PkgConfig::LDNS)\n")

    def test_unknown_room(self):
        self.broken(arrows, "app/else/a.c", "\n", "no room")
        self.broken(arrows, "installer/linux/a.c", "\n", "no room")

    def test_setup_program(self):
        room = "installer/windows/setup"
        self.broken(arrows, room + "/a.c", '#include "app/window/window.h"\n', "must not see")
        self.broken(arrows, room + "/b.c", '#include "service/base/address.h"\n', "must not see")
        self.broken(arrows, room + "/c.c", "#include <curl/curl.h>\n", "must not use")
        self.broken(arrows, room + "/CMakeLists.txt", "wh_add_room(wh-setup a.c LINKS wh-net)\n", "must not link wh-net")
        self.broken(arrows, room + "/CMakeLists.txt", "target_link_libraries(wayhome-setup PRIVATE wh-window)\n", "wh-window")
        shutil.rmtree(self.top)
        self.kept(arrows, room + "/CMakeLists.txt", "wh_add_room(wh-setup a.c LINKS wh-platform oleaut32)\n")
        self.kept(arrows, room + "/a.c", '#include "platform/windows/text.h"\n#include "service/base/product.h"\n'
                  "#include <windows.h>\n")


class Texts(RuleTest):
    def setUp(self):
        super().setUp()
        self.problems(texts, "app/po/POTFILES.in", "app/a.c\n")
        self.kept(texts, "app/a.c", "\n")

    def test_file_that_is_not_listed(self):
        self.broken(texts, "app/b.c", 'f(_("Hello"));\n', "app/b.c: has texts")
        self.broken(texts, "app/c.ui", '<property translatable="yes">Hello</property>\n', "app/c.ui: has texts")

    def test_file_that_needs_no_listing(self):
        self.kept(texts, "app/a.c", 'f(N_("Hello"));\n')
        self.kept(texts, "app/d.c", 'f(_(word));\n')

    def test_file_that_is_gone(self):
        os.remove(os.path.join(self.top, "app/a.c"))
        self.broken(texts, "app/e.c", "\n", "app/a.c is not there")


class Catalogue(RuleTest):
    TABLE = 'x[] = {\n    [WH_LOG_A] = {"%s", 1},\n    [WH_LOG_B] = {"%s", 1},\n};\n'
    ENTRY = "-- %s\nSubject: It is\nDefined-By: Wayhome\n\nIt is what it is, and %s.\n\n"

    def catalogue(self, *texts, ids=("0" * 32, "1" * 32)):
        self.problems(catalogue, catalogue.HEADER, '#define F "WAYHOME_NAME"\n')
        with open(os.path.join(self.top, catalogue.TABLE), "w") as file:
            file.write(self.TABLE % ids)
        return self.problems(catalogue, catalogue.CATALOGUE, "# A\n\n" + "".join(texts))

    def setUp(self):
        super().setUp()
        os.makedirs(os.path.join(self.top, "service/base"))
        os.makedirs(os.path.join(self.top, "installer/linux"))
        self.both = self.ENTRY % ("0" * 32, "@WAYHOME_NAME@"), self.ENTRY % ("1" * 32, "so")

    def test_whole(self):
        self.assertEqual(self.catalogue(*self.both), [])

    def test_gaps(self):
        for texts, word in (((self.both[0],), "0 entries"), ((*self.both, self.both[0]), "2 entries"),
                            ((*self.both, self.ENTRY % ("2" * 32, "so")), "no line"),
                            ((self.both[0], self.ENTRY % ("1" * 32, "@WAYHOME_ELSE@")), "WAYHOME_ELSE"),
                            ((self.both[0], self.both[1].replace("Subject", "Topic")), "no Subject"),
                            ((self.both[0], self.both[1].split("It is what")[0] + "So.\n"), "explains nothing")):
            found = self.catalogue(*texts)
            self.assertTrue(any(word in problem for problem in found), (word, found))

    def test_ids(self):
        self.assertTrue(any("has the id" in each for each in self.catalogue(ids=("0" * 32, "0" * 32))))
        self.assertTrue(any("32 lower" in each for each in self.catalogue(ids=("0" * 31, "1" * 32))))


class Claims(RuleTest):
    def setUp(self):
        super().setUp()
        self.kept(claims, "tests/a/test_a.py", "class A:\n    def test_one(self):\n")

    def test_tests_that_are_there(self):
        self.kept(claims, claims.PAGE, "One (`tests/a/test_a.py test_one`), two (`tests/a/test_a.py`).\n")

    def test_tests_that_are_not(self):
        self.broken(claims, claims.PAGE, "`tests/a/test_b.py`\n", "not there")
        self.broken(claims, claims.PAGE, "`tests/a/test_a.py test_on`\n", "no test")


class Systems(RuleTest):
    def test_questions(self):
        for line in ("#ifdef _WIN32", "#if defined(__linux__)", "# ifndef G_OS_WIN32", "#elif X && G_OS_UNIX"):
            self.broken(systems, "service/base/a.c", line + "\n", "belongs into")
            self.broken(systems, "installer/windows/setup/a.c", line + "\n", "installer/windows/setup/a.c:1:")

    def test_places(self):
        self.kept(systems, "platform/linux/a.c", "#ifdef __linux__\n")
        self.kept(systems, "service/base/b.c", "#ifdef WH_DEBUG\n/* #ifdef _WIN32 */\n")


class Style(RuleTest):
    def test_sizes(self):
        self.broken(style, "service/base/a.c", "int x(void);\n" * 501, "lines")
        self.broken(style, "service/base/b.c", LONG_FUNCTION, "wh_a has 93 lines")

    def test_excuse(self):
        self.kept(style, "service/base/a.c", "/* lint: long, because it is one table */\n" + LONG_FUNCTION)

    def test_constructs(self):
        for text, word in (("    goto out;\n", "goto"), ("    strcpy(a, b);\n", "strcpy"),
                           ("    system(\"ls\");\n", "system"), ("    x = 1; // one\n", "like this"),
                           ("/* TO" "DO later */\n", "left to do")):
            for path in ("service/base/a.c", "installer/windows/setup/a.c"):
                found = self.problems(style, path, text)
                self.assertTrue(any(path in each and word in each for each in found), (path, text, found))
                os.remove(os.path.join(self.top, path))
        self.kept(style, "service/base/a.c", 'x("goto // strcpy(");\nwh_system(a);\n')

    def test_state(self):
        for line in ("static int counter;", "static GHashTable *table = NULL;", "int counter = 0;",
                     "static const char *name = NULL;", "static const char *names[] = {", "gboolean verbose;"):
            self.broken(style, "service/base/a.c", line + "\n", "can change")
        self.broken(style, "service/base/a.c", "int wh_a(void)\n{\n    static int calls = 0;\n}\n", "can change")

    def test_constants(self):
        for line in ("static const int LIMIT = 3;", "static const char *const NAMES[] = {\"a\"};",
                     "static int helper(int a);", "typedef struct A A;", "struct A {\n    int member;\n};",
                     "static GSourceFuncs funcs = {0};", "extern const char wh_text[];"):
            self.kept(style, "service/base/a.c", line + "\n")

    def test_headers(self):
        self.broken(style, "service/base/a.h", "int wh_a(void);\n", "pragma")
        self.broken(style, "service/base/a.h", "#pragma once\nint frobnicate(int a);\n", "prefix")
        self.kept(style, "service/base/a.h", "#pragma once\n#define A(x) f(x)\nint wh_a(int (*f)(void));\n")


class Comments(RuleTest):
    HEAD = "/* A file. */\n#pragma once\n\n"

    def test_unexplained(self):
        self.broken(comments, "service/base/a.h", self.HEAD + "int wh_a_do(void);\n", "wh_a_do")
        self.broken(comments, "service/base/a.h", "#pragma once\n", "what this file is")

    def test_explained(self):
        self.kept(comments, "service/base/a.h",
                  self.HEAD + "/* Does a. */\nint wh_a_do(void);\nint wh_a_undo(void);\n\nvoid wh_a_free(int a);\n")
        self.kept(comments, "service/base/a.h",
                  self.HEAD + "/* A pair. */\ntypedef struct {\n    int a;\n} WhA;\n\nint wh_a_sum(WhA *a);\n")


class Words(RuleTest):
    def test_words(self):
        for text in ("/ho" "me/somebody/x", "/wo" "rk/main", "written by an A" "I", "http://deb.debi" "an.org/"):
            self.broken(words, "service/base/a.c", f"/* {text} */\n", "names")
        self.broken(words, "a.md", os.path.realpath(self.top) + "\n", "this very folder")

    def test_fine(self):
        self.kept(words, "a.md", "Email said: AIX, /etc/wayhome, /var/lib/wayhome\n")


class Ends(RuleTest):
    def setUp(self):
        super().setUp()
        self.kept(ends, ends.ATTRIBUTES, "* text=auto eol=lf\ntests/fuzz/seeds/** -text\n")

    def test_texts(self):
        self.broken(ends, "service/base/a.c", "int a;\nint b;\r\n", "a.c:2:")

    def test_fine(self):
        self.kept(ends, "tests/fuzz/seeds/answers/a", "OK\r\n")
        self.kept(ends, "app/a.png", "\r\0")

    def test_attributes(self):
        self.broken(ends, ends.ATTRIBUTES, "* text=auto\n", "eol=lf")
        os.remove(os.path.join(self.top, ends.ATTRIBUTES))
        self.broken(ends, "a", "", "eol=lf")


class Format(RuleTest):
    def test_format(self):
        with open(os.path.join(self.top, ".clang-format"), "w") as file:
            file.write("BasedOnStyle: LLVM\n")
        try:
            self.broken(formatting, "service/base/a.c", "int   a ;\n", "clang-format")
            self.broken(formatting, "installer/windows/setup/a.c", "int   a ;\n", "setup/a.c")
            self.problems(formatting, "installer/windows/setup/a.c", "int a;\n")
            self.kept(formatting, "service/base/a.c", "int a;\n")
        except formatting.Skip as reason:
            self.skipTest(str(reason))


class Source(unittest.TestCase):
    def test_functions(self):
        text = "static int\nwh_a(int a,\n     int b)\n{\n    return 1;\n}\n\nstruct A {\n    int b;\n};\n"
        self.assertEqual([(each.name, each.line, each.length) for each in source.functions(text)], [("wh_a", 1, 6)])

    def test_comments_and_strings(self):
        self.assertEqual(source.bare('a("x/*"); /* b */ c'), 'a("   ");         c')


if __name__ == "__main__":
    unittest.main()
