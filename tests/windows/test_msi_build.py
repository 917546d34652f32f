#!/usr/bin/python3
"""installer/windows/build-msi: what it says of wrong orders, and that it signs."""
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


class Build(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = scratch.name

    def build(self, *arguments, **variables):
        return subprocess.run([BUILD, *arguments], capture_output=True, text=True, env=dict(os.environ, **variables))

    def refused(self, sentence, *arguments, code=1, **variables):
        done = self.build(*arguments, **variables)
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertIn(sentence, done.stdout + done.stderr)

    def test_help(self):
        done = self.build("--help")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        for word in ("usage:", "--version", "WAYHOME_SIGN_CERTIFICATE", "WAYHOME_SIGN_TIMESTAMP", "WAYHOME_SYSROOT"):
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
        done = self.build("--version", "0.1.1", self.folder, WAYHOME_SIGN_CERTIFICATE=self.folder + "/pkcs12",
                          WAYHOME_SIGN_PASSWORD=self.folder + "/password")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertNotIn("not signed", done.stdout)
        package = msi.Package(self.folder + "/wayhome-0.1.1-x64.msi")
        self.assertTrue(self.is_signed(package.path))
        files = package.unpack(self.folder + "/files")
        for name in os.listdir(files + "/bin"):
            self.assertTrue(self.is_signed(f"{files}/bin/{name}"), name)
        self.assertTrue(os.path.exists(self.folder + "/wayhome-0.1.1-x64-symbols.tar.xz"))
        self.assertFalse(os.path.exists(self.folder + "/build-msi.log"))


if __name__ == "__main__":
    msi.packages_or_skip()
    unittest.main()
