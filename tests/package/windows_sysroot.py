#!/usr/bin/python3
"""installer/windows/build-sysroot with recipes of its own that compile nothing: which sources it takes, what it says of a
missing one, what it keeps, when it builds again, and what it leaves alone; and installer/windows/pack-sources."""
import fcntl
import functools
import hashlib
import http.server
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
import unittest

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.join(TOP, "installer/windows/build-sysroot")
PACK = os.path.join(TOP, "installer/windows/pack-sources")
VERSIONS = {"alpha": "1.0", "beta": "2.5"}
RECIPE = """keeps="include/{name}.h lib/pkgconfig/{name}.pc"

make_it() {{
    install -D -m 644 -t "$STAGE/include" {name}.h
    write_module "$STAGE" {name} "$version" "A test" -l{name}
}}

right_form() {{
    ! grep -q "another form" "$1/include/{name}.h"
}}
"""


def _tarball(files, mode="w:gz"):
    memory = io.BytesIO()
    with tarfile.open(fileobj=memory, mode=mode) as archive:
        for path, text in files.items():
            entry = tarfile.TarInfo(path)
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text.encode()))
    return memory.getvalue()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


class Sysroot(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.scratch = scratch.name
        self.folder = self.path("sysroot")
        self.sources = self.path("sources")
        for folder in ("pool/p", "recipes", "sources", "cache/sources"):
            os.makedirs(self.path(folder))
        self.files = {name: f"{name}_{version}.orig.tar.gz" for name, version in VERSIONS.items()}
        for name, file in self.files.items():
            content = _tarball({f"{name}/{name}.h": f"/* {name} as it was built */\n"})
            self.write("pool/p/" + file, content)
            self.write("recipes/" + name, RECIPE.format(name=name).encode())
        self.lock()
        server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), functools.partial(_Quiet, directory=self.path("pool")))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.pool = f"http://127.0.0.1:{server.server_port}"

    def path(self, *parts):
        return os.path.join(self.scratch, *parts)

    def write(self, path, content):
        with open(self.path(path), "wb") as file:
            file.write(content)

    def read(self, path):
        with open(self.path(path), "rb") as file:
            return file.read()

    def lock(self, **versions):
        """What sources.lock says: the files that are in the pool now, as these versions."""
        lines = []
        for name, file in self.files.items():
            content = self.read("pool/p/" + file)
            lines.append(" ".join((name, versions.get(name, VERSIONS[name]), "p", file,
                                   hashlib.sha256(content).hexdigest(), hashlib.sha1(content).hexdigest(), "-")))
        self.write("sources.lock", "\n".join(lines + [""]).encode())

    def environment(self, cache=None, pools=None, **variables):
        """A variable that is None is left out. Programs of `bin` are found before those of the system."""
        wanted = dict(os.environ, WAYHOME_SYSROOT_RECIPES=self.scratch, JOBS="1", HOME=self.scratch,
                      WAYHOME_SYSROOT_CACHE=cache or self.path("cache"), XDG_CACHE_HOME=self.path("other"),
                      WAYHOME_SYSROOT_POOLS=pools or self.pool, PATH=self.path("bin") + ":" + os.environ["PATH"])
        wanted.update(variables)
        return {name: value for name, value in wanted.items() if value is not None}

    def build(self, *arguments, program=BUILD, **options):
        done = subprocess.run([program, *(arguments or [self.folder])], env=self.environment(**options), text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60, cwd=self.scratch)
        return done.returncode, done.stdout

    def must_build(self, *arguments, **options):
        code, said = self.build(*arguments, **options)
        self.assertEqual(code, 0, said)
        return said

    def must_fail(self, *arguments, **options):
        code, said = self.build(*arguments, **options)
        self.assertEqual(code, 1, said)
        self.assertFalse(os.path.exists(self.folder), said)
        return said

    def program(self, name, script):
        os.makedirs(self.path("bin"), exist_ok=True)
        self.write("bin/" + name, b"#!/bin/sh\n" + script.encode())
        os.chmod(self.path("bin", name), 0o755)

    def leftovers(self):
        """Files that were not finished."""
        return [name for folder in ("cache", "cache/sources") for name in os.listdir(self.path(folder)) if ".part" in name]

    def kept(self):
        return [name for name in os.listdir(self.path("cache")) if name.endswith(".tar.zst")]

    def content(self):
        found = {}
        for folder, _, names in os.walk(self.folder):
            for name in names:
                with open(os.path.join(folder, name), "rb") as file:
                    found[os.path.relpath(os.path.join(folder, name), self.folder)] = file.read()
        return found

    def archive(self, **headers):
        """A sysroot of somebody else's, with something in it that nobody asked for."""
        tree = {"there/include/stranger.h": "", "there/lib/pkgconfig/stranger.pc": ""}
        for name, header in headers.items():
            tree[f"there/include/{name}.h"] = header
            tree[f"there/lib/pkgconfig/{name}.pc"] = (
                f"prefix=/elsewhere\nlibdir=/elsewhere/lib\nName: {name}\nDescription: A test\n"
                f"Version: {VERSIONS[name]}\nLibs: -L${{libdir}}\n")
        packed = subprocess.run(["zstd", "-q", "-c"], input=_tarball(tree, "w"), capture_output=True, check=True)
        self.write("start.tar.zst", packed.stdout)
        return self.path("start.tar.zst")

    def test_builds_in_order_and_leaves_a_finished_one_alone(self):
        said = self.must_build()
        self.assertLess(said.index("Building alpha 1.0"), said.index("Building beta 2.5"))
        self.assertEqual(self.content()["include/alpha.h"], b"/* alpha as it was built */\n")
        where = subprocess.run(["pkg-config", "--cflags", "alpha"], capture_output=True, text=True, check=True,
                               env=dict(os.environ, PKG_CONFIG_PATH=os.path.join(self.folder, "lib/pkgconfig")))
        self.assertEqual(os.path.realpath(where.stdout.strip()[2:]), os.path.join(self.folder, "include"))
        before = os.stat(self.folder).st_ino
        self.assertEqual(self.must_build(), f"{self.folder} is ready.\n")
        self.assertEqual(os.stat(self.folder).st_ino, before)
        self.assertFalse(os.path.exists(self.folder + ".part"))

    def test_the_cache_gives_the_same_without_sources(self):
        self.must_build()
        built = self.content()
        shutil.rmtree(self.folder)
        shutil.rmtree(self.path("pool"))
        shutil.rmtree(self.path("cache/sources"))
        said = self.must_build()
        self.assertNotIn("Building", said)
        self.assertEqual(self.content(), built)

    def test_a_damaged_cache_is_built_anew(self):
        self.must_build()
        built = self.content()
        name, = self.kept()
        other = subprocess.run(["zstd", "-q", "-c"], input=_tarball({"include/alpha.h": "/* slipped in */"}, "w"),
                               capture_output=True, check=True).stdout
        for damage in (lambda whole: whole[:-1], lambda whole: whole[:50] + b"?" + whole[51:], lambda whole: other):
            whole = self.read("cache/" + name)
            shutil.rmtree(self.folder)
            self.write("cache/" + name, damage(whole))
            said = self.must_build()
            self.assertIn("is damaged: building anew", said)
            self.assertIn("Building alpha", said)
            self.assertEqual(self.content(), built)
            self.assertEqual(self.read("cache/" + name), whole)

    def test_another_lock_or_recipe_is_another_sysroot(self):
        self.must_build()
        self.assertEqual(len(self.kept()), 1)
        self.lock(beta="2.6")
        self.assertIn("Building beta 2.6", self.must_build())
        self.assertEqual(len(self.kept()), 2)
        self.write("recipes/alpha", self.read("recipes/alpha") + b"\n# changed\n")
        self.assertIn("Building alpha", self.must_build())
        self.assertEqual(len(self.kept()), 3)

    def test_a_file_with_another_sum_is_refused(self):
        self.write("pool/p/" + self.files["alpha"], _tarball({"alpha/alpha.h": "/* not what was pinned */\n"}))
        said = self.must_fail()
        self.assertIn("has another file (its SHA-256 is wrong): not used.", said)
        self.assertNotIn("Building", said)
        self.assertEqual(os.listdir(self.path("cache/sources")), [self.files["beta"]])

    def test_a_wrong_file_in_the_cache_or_in_sources_is_refused(self):
        wrong = _tarball({"alpha/alpha.h": "/* not what was pinned */\n"})
        self.write("cache/sources/" + self.files["alpha"], wrong)
        self.must_build()
        self.assertEqual(self.content()["include/alpha.h"], b"/* alpha as it was built */\n")
        shutil.rmtree(self.folder)
        shutil.rmtree(self.path("cache"))
        self.write("sources/" + self.files["alpha"], wrong)
        said = self.must_fail(self.folder, "--sources", self.sources)
        self.assertIn(f"{self.sources}/{self.files['alpha']} is not the right file", said)

    def test_the_next_place_is_tried(self):
        said = self.must_build(pools=f"{self.pool}/nowhere {self.pool}")
        self.assertIn("Building alpha", said)

    def test_a_missing_source_is_named(self):
        os.remove(self.path("pool/p", self.files["beta"]))
        said = self.must_fail()
        self.assertIn(f"beta 2.5: the file {self.files['beta']} is missing.", said)
        self.assertIn(f"{self.pool}/p/{self.files['beta']}", said)
        self.assertIn(f"put it into {self.path('cache/sources')}", said)
        self.assertNotIn("Building", said)

    def test_sources_builds_offline(self):
        for file in self.files.values():
            shutil.move(self.path("pool/p", file), self.path("sources", file))
        self.must_build(self.folder, "--sources", self.sources, pools="http://127.0.0.1:1")
        self.assertIn("include/beta.h", self.content())

    def test_sources_never_downloads(self):
        said = self.must_fail(self.folder, "--sources", self.sources)
        self.assertIn("with --sources nothing is downloaded", said)
        self.assertIn("alpha 1.0", said)
        self.assertIn("beta 2.5", said)

    def test_fetch_only(self):
        self.must_build("--fetch-only")
        self.assertEqual(sorted(os.listdir(self.path("cache/sources"))), sorted(self.files.values()))
        self.assertFalse(os.path.exists(self.folder))
        shutil.rmtree(self.path("pool"))
        self.must_build()

    def test_an_archive_gives_what_is_right_of_it(self):
        start = self.archive(alpha="/* alpha of somebody else */\n", beta="/* another form */\n")
        said = self.must_build(cache=start)
        self.assertIn(f"Taken from {start}: alpha\n", said)
        self.assertIn("Building beta", said)
        content = self.content()
        self.assertEqual(content["include/alpha.h"], b"/* alpha of somebody else */\n")
        self.assertEqual(content["include/beta.h"], b"/* beta as it was built */\n")
        self.assertNotIn("include/stranger.h", content)
        self.assertNotIn(b"/elsewhere", content["lib/pkgconfig/alpha.pc"])
        self.assertFalse([name for name in os.listdir(self.path("other/wayhome")) if name.endswith(".zst")])

    def test_what_was_taken_from_an_archive_is_no_other_sysroot(self):
        start = self.archive(alpha="/* alpha of somebody else */\n")
        self.must_build(cache=start)
        self.assertEqual(self.must_build(cache=start), f"{self.folder} is ready.\n")
        self.assertNotEqual(self.content()[".key"].decode(), self.must_build("--key"))
        said = self.must_build()
        self.assertIn("Building alpha", said)
        self.assertEqual(self.content()["include/alpha.h"], b"/* alpha as it was built */\n")
        self.assertEqual(self.content()[".key"].decode(), self.must_build("--key"))
        self.assertEqual(self.must_build(cache=start), f"{self.folder} is ready.\n")

    def test_another_archive_is_another_sysroot(self):
        self.must_build(cache=self.archive(alpha="/* alpha of somebody else */\n"))
        self.must_build(cache=self.archive(alpha="/* alpha of a third one */\n"))
        self.assertEqual(self.content()["include/alpha.h"], b"/* alpha of a third one */\n")

    def test_an_archive_that_is_not_there(self):
        for name in ("start.tar.zst", "start.tar.gz", "start.tar"):
            said = self.must_fail(cache=self.path(name))
            self.assertIn(f"There is no archive {self.path(name)}", said)
            self.assertFalse(os.path.exists(self.path(name)))

    def test_nobody_without_a_home_gets_a_cache(self):
        said = self.must_fail(HOME=None, XDG_CACHE_HOME=None, WAYHOME_SYSROOT_CACHE=None)
        self.assertIn("HOME is not set", said)

    def test_the_cache_is_meant_from_where_the_caller_is(self):
        self.must_build(cache="cache")
        self.assertEqual(len(self.kept()), 1)

    def test_a_cache_that_cannot_be_written_to(self):
        """/proc takes no files, not even from root."""
        os.rmdir(self.path("cache/sources"))
        os.symlink("/proc", self.path("cache/sources"))
        said = self.must_fail()
        self.assertIn("You may not write to " + self.path("cache/sources"), said)
        self.assertNotIn("None of these places", said)

    def test_a_cache_that_is_full(self):
        self.program("curl", "exit 23\n")
        said = self.must_fail()
        self.assertIn("alpha_1.0.orig.tar.gz cannot be written: is there room?", said)
        self.assertNotIn("None of these places", said)

    def test_what_cannot_be_kept_is_used(self):
        self.program("zstd", "case \" $* \" in *' -d '*) exec /usr/bin/zstd \"$@\" ;; esac\nhead -c 9; exit 1\n")
        said = self.must_build()
        self.assertIn("It cannot be kept", said)
        self.assertIn("include/alpha.h", self.content())
        self.assertEqual((self.kept(), self.leftovers()), ([], []))
        self.assertEqual(self.must_build(), f"{self.folder} is ready.\n")

    def test_a_ready_sysroot_needs_no_cache(self):
        self.must_build()
        self.assertEqual(self.must_build(cache="/proc/none"), f"{self.folder} is ready.\n")

    def test_only_its_own_work_is_removed(self):
        for name in (".part", ".old"):
            os.makedirs(self.folder + name)
            self.write(f"sysroot{name}/letter", b"dear")
        self.assertIn("has something else in it", self.must_fail())
        self.write("sysroot.part/origin", b"Paris\n")
        self.assertIn("has something else in it", self.must_fail())
        shutil.rmtree(self.folder + ".part")
        self.must_build()
        self.lock(beta="2.6")
        self.must_build()
        self.assertEqual(self.read("sysroot.old/letter"), b"dear")
        self.assertFalse(os.path.exists(self.folder + ".part"))

    def test_paths_that_compilers_cannot_take(self):
        for name in ("a b", "a\tb", "a'b", 'a"b', "a\\b", "a$b", "a;b", "a:b", "a#b"):
            code, said = self.build(self.path(name, "sysroot"))
            self.assertEqual(code, 1, said)
            self.assertIn("Compilers cannot work in", said)
            self.assertFalse(os.path.exists(self.path(name)))
        self.must_build(cache=self.path("a b"))

    def test_a_library_that_cannot_be_read(self):
        self.write("recipes/beta", b'keeps="bin/beta.dll"\nmake_it() {\n    mkdir -p "$STAGE/bin"\n'
                   b'    echo no library >"$STAGE/bin/beta.dll"\n}\n')
        self.assertIn("What beta.dll needs cannot be read", self.must_fail())

    def test_waiting_is_said(self):
        lock = os.open(self.scratch, os.O_RDONLY)
        fcntl.flock(lock, fcntl.LOCK_EX)
        with subprocess.Popen([BUILD, self.folder], env=self.environment(), stdout=subprocess.PIPE, text=True) as waits:
            self.assertIn("Waiting for another build", waits.stdout.readline())
            os.close(lock)
            waits.stdout.read()
        self.assertEqual(waits.returncode, 0)

    def test_sources_for_whoever_gets_the_package(self):
        said = self.must_build("1.2.3", self.scratch, program=PACK)
        self.assertIn(self.path("wayhome-1.2.3-sources.tar"), said)
        with tarfile.open(self.path("wayhome-1.2.3-sources.tar")) as archive:
            names = archive.getnames()
            for name in self.files.values():
                packed = archive.extractfile(f"wayhome-1.2.3-sources/libraries/{name}").read()
                self.assertEqual(packed, self.read("pool/p/" + name))
            self.assertIn(b"build-msi --sources libraries", archive.extractfile("wayhome-1.2.3-sources/README.txt").read())
        for own in ("LICENSE", "CMakeLists.txt", "installer/windows/build-msi", "installer/windows/sysroot/recipes/nettle"):
            self.assertIn("wayhome-1.2.3-sources/wayhome/" + own, names)
        self.assertFalse([name for name in names if "/build/" in name or "/.git/" in name])

    def test_no_sources_are_packed_unless_all_are_there(self):
        code, said = self.build("1.2.3", self.scratch, "--sources", self.sources, program=PACK)
        self.assertEqual(code, 1, said)
        self.assertIn("alpha_1.0.orig.tar.gz is missing", said)
        self.assertFalse(os.path.exists(self.path("wayhome-1.2.3-sources.tar")))

    def test_an_archive_of_another_version_gives_nothing(self):
        start = self.archive(alpha="/* alpha of somebody else */\n")
        self.lock(alpha="1.1")
        self.assertIn(f"Taken from {start}: nothing\n", self.must_build(cache=start))
        self.assertEqual(self.content()["include/alpha.h"], b"/* alpha as it was built */\n")

    def test_a_failing_recipe_shows_its_end_and_goes_on_later(self):
        good = self.read("recipes/beta")
        self.write("recipes/beta", b'keeps="include/beta.h"\nmake_it() {\n    echo it broke\n    false\n    echo after\n}\n')
        said = self.must_fail()
        self.assertIn("it broke", said)
        self.assertNotIn("after\n", said)
        self.assertIn("beta could not be built", said)
        said = self.must_fail()
        self.assertNotIn("Building alpha", said)
        self.write("recipes/beta", good)
        self.assertIn("Building alpha", self.must_build())

    def test_a_recipe_has_to_keep_its_promise(self):
        self.write("recipes/beta", RECIPE.format(name="beta").replace(".h lib", ".h bin/beta.dll lib").encode())
        self.assertIn("There is no bin/beta.dll.", self.must_fail())

    def test_a_folder_with_something_else_stays(self):
        os.makedirs(self.folder)
        self.write("sysroot/letter", b"dear")
        code, said = self.build()
        self.assertEqual(code, 1, said)
        self.assertIn("has something else in it", said)
        self.assertEqual(self.read("sysroot/letter"), b"dear")


if __name__ == "__main__":
    if not shutil.which("zstd"):
        print("zstd is not installed")
        sys.exit(77)
    unittest.main()
