#!/usr/bin/python3
"""installer/windows/build-msi: what it says of wrong orders and of steps that fail, that it signs, and whose work the package
names."""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import msi  # noqa: E402

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = TOP + "/installer/windows/build-msi"
STAGE = TOP + "/installer/windows/stage"
LOCK = TOP + "/installer/windows/sysroot/sources.lock"
OBJDUMP = "x86_64-w64-mingw32-objdump"


class Build(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = scratch.name

    def build(self, *arguments, program=BUILD, **variables):
        own = {name: value for name, value in os.environ.items() if name != "WAYHOME_SYSROOT_CACHE"}
        return subprocess.run([program, *arguments], capture_output=True, text=True, cwd=self.folder,
                              env=dict(own, PATH=self.folder + "/bin:" + os.environ["PATH"], **variables))

    def program(self, name, script):
        """One that is found before the system's of that name."""
        os.makedirs(self.folder + "/bin", exist_ok=True)
        with open(f"{self.folder}/bin/{name}", "w") as file:
            file.write("#!/bin/sh\n" + script)
        os.chmod(f"{self.folder}/bin/{name}", 0o755)

    def refused(self, sentence, *arguments, code=1, **variables):
        done = self.build(*arguments, **variables)
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertIn(sentence, done.stdout + done.stderr)

    def test_help(self):
        done = self.build("--help")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        for word in ("usage:", "--version", "--with-sources", "WAYHOME_SIGN_CERTIFICATE", "WAYHOME_SIGN_TIMESTAMP", "WAYHOME_SYSROOT"):
            self.assertIn(word, done.stdout)

    def test_orders(self):
        self.refused("usage:", code=2)
        self.refused("usage:", "--strange", self.folder, code=2)
        self.refused("usage:", self.folder, self.folder, code=2)
        for version in ("1.2", "1.2.3.4", "1.2.x", "256.0.0", "1.0.65536", "1.2.3\n"):
            self.refused("A version is three numbers", "--version", version, self.folder)
        self.refused("There is no folder", "--sources", self.folder + "/none", self.folder)
        with open(self.folder + "/file", "w"):
            pass
        self.refused("cannot be made", self.folder + "/file/below")
        self.refused("cannot be read", self.folder, WAYHOME_SIGN_CERTIFICATE=self.folder + "/none")
        self.refused("WAYHOME_SIGN_PASSWORD", self.folder, WAYHOME_SIGN_CERTIFICATE=self.folder + "/file")

    def test_paths_that_compilers_cannot_take(self):
        os.symlink(TOP, self.folder + "/a tree")
        self.refused("Compilers cannot work in", self.folder, program=self.folder + "/a tree/installer/windows/build-msi")
        self.refused("Compilers cannot work in", self.folder, WAYHOME_SYSROOT="a sysroot")

    def test_nothing_is_published_without_its_sources(self):
        os.makedirs(self.folder + "/other/lib/pkgconfig")
        with open(self.folder + "/other/.key", "w") as file:
            file.write("0123456789abcdef from 0123456789abcdef\n")
        self.refused("no package may be published", "--with-sources", self.folder, WAYHOME_SYSROOT=self.folder + "/other")
        with open(self.folder + "/archive", "w"):
            pass
        self.refused(f"what is in {self.folder}/archive", "--with-sources", self.folder, WAYHOME_SYSROOT_CACHE="archive")
        self.assertFalse([name for name in os.listdir(self.folder) if name.startswith("wayhome-")])

    def test_the_cache_is_meant_from_where_the_caller_is(self):
        variables = {"WAYHOME_SYSROOT": "", "WAYHOME_SYSROOT_CACHE": "none.tar.zst"}
        self.program("flock", "exit 0\n")  # so that it does not wait for the build that is under way
        self.refused(f"There is no archive {self.folder}/none.tar.zst", self.folder, **variables)

    def test_a_list_that_breaks_off(self):
        """The package would lack files, and nobody would have said so."""
        self.program("wixl-heat", 'head -n -1 | /usr/bin/wixl-heat "$@"\n')
        self.refused("files, and should have", "--version", "0.1.1", self.folder)
        self.program("wixl-heat", '/usr/bin/wixl-heat "$@"; exit 1\n')
        self.refused("Making the package failed", "--version", "0.1.1", self.folder)
        self.program("wixl-heat", 'exec /usr/bin/wixl-heat "$@"\n')
        self.program("sort", "exit 1\n")
        self.refused("failed; the end of what it said is above", "--version", "0.1.1", self.folder)
        self.assertFalse([name for name in os.listdir(self.folder) if name.endswith(".msi")])

    def test_libraries_that_nobody_can_read(self):
        """What names them would be packed without them."""
        for script in ("exit 1\n", f'case $2 in *.exe) exec /usr/bin/{OBJDUMP} "$@" ;; esac\nexit 1\n'):
            self.program(OBJDUMP, script)
            self.refused("needs cannot be read", os.environ["WAYHOME_WINDOWS_BUILD"], os.environ["WAYHOME_SYSROOT"],
                         self.folder + "/stage", program=STAGE)

    def test_whose_work_it_is(self):
        files = msi.packages_or_skip()[0].unpack(self.folder + "/files")
        with open(files + "/licences/README.txt") as file:
            text = file.read()
        with open(LOCK) as file:
            locked = [line.split() for line in file if not line.startswith("#")]
        self.assertGreater(len(locked), 30)
        for name, version, _, source, _, sha1, _ in locked:
            self.assertIn(f"\n{name} {version}\n", text)
            self.assertIn(f"\n  {source}\n    https://snapshot.debian.org/file/{sha1}\n", text)
        for words in ("nettle, which is a part of wayhomed.exe", "-sources.tar", "adwaita-icon-theme", "gcc-mingw-w64"):
            self.assertIn(words, text)
        with open(files + "/licences/curl.txt") as file:
            self.assertIn("1996-2025, Daniel Stenberg", file.read())  # those of the version in the package
        with open(files + "/licences/nettle.txt") as file:
            self.assertIn("LGPL-3+ or GPL-2+", file.read())
        with open(os.environ["WAYHOME_SYSROOT"] + "/.key") as file:
            self.assertEqual(" from " in file.read(), "not to be passed on" in text)

    def test_a_library_without_a_word_on_whose_it_is(self):
        tree = self.folder + "/tree"
        shutil.copytree(TOP + "/installer", tree + "/installer")
        os.remove(f"{tree}/installer/windows/copyright/{os.listdir(tree + '/installer/windows/copyright')[0]}")
        for name in ("app", "LICENSE"):
            os.symlink(f"{TOP}/{name}", f"{tree}/{name}")
        self.refused("whose work this version is", os.environ["WAYHOME_WINDOWS_BUILD"], os.environ["WAYHOME_SYSROOT"],
                     self.folder + "/stage", program=tree + "/installer/windows/stage")

    def certificate(self):
        """For signing code, made for this test; in a file as people get it, and for who trusts it."""
        def run(*command):
            subprocess.run(command, check=True, capture_output=True, cwd=self.folder)
        run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=Test", "-keyout", "key",
            "-out", "trusted", "-addext", "extendedKeyUsage=codeSigning")
        with open(self.folder + "/password", "w") as file:
            file.write("secret")
        run("openssl", "pkcs12", "-export", "-inkey", "key", "-in", "trusted", "-out", "pkcs12", "-passout", "file:password")

    def is_signed(self, path):
        done = subprocess.run(["osslsigncode", "verify", "-CAfile", self.folder + "/trusted", "-in", path],
                              capture_output=True, text=True)
        return done.returncode == 0

    @unittest.skipUnless(shutil.which("osslsigncode"), "osslsigncode is not installed")
    def test_signed(self):
        self.certificate()
        target = self.folder + "/a folder"
        done = self.build("--version", "0.1.1", target, WAYHOME_SIGN_CERTIFICATE=self.folder + "/pkcs12",
                          WAYHOME_SIGN_PASSWORD=self.folder + "/password")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertNotIn("not signed", done.stdout)
        self.assertIn("To publish it" if self.is_built_here() else "Not to be published", done.stdout)
        package = msi.Package(target + "/wayhome-0.1.1-x64.msi")
        self.assertTrue(self.is_signed(package.path))
        files = package.unpack(self.folder + "/files")
        for name in os.listdir(files + "/bin"):
            self.assertTrue(self.is_signed(f"{files}/bin/{name}"), name)
        self.assertEqual(sorted(os.listdir(target)), ["wayhome-0.1.1-x64-symbols.tar.xz", "wayhome-0.1.1-x64.msi"])

    def is_built_here(self):
        """Whether all libraries were built from the sources that the tree names."""
        done = subprocess.run([TOP + "/installer/windows/build-sysroot", "--key"], capture_output=True, text=True, check=True)
        with open(os.environ["WAYHOME_SYSROOT"] + "/.key") as file:
            return file.read() == done.stdout


if __name__ == "__main__":
    msi.packages_or_skip()
    unittest.main()
