#!/usr/bin/python3
"""The package for Windows, installed, upgraded and removed by Wine's Windows Installer.

Its exit codes say little under Wine: what counts is files, service and registry afterwards."""
import glob
import os
import re
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import msi, wine  # noqa: E402
from lab.desktop import Desktop, missing  # noqa: E402
from lab.wait import until  # noqa: E402

PROGRAMS = "Program Files/Wayhome"
DATA = "ProgramData/Wayhome"
RUN = "HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Run"
UNINSTALL = "HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall"
SERVICE = "HKLM\\System\\CurrentControlSet\\Services\\wayhome"
EVENTS = "HKLM\\System\\CurrentControlSet\\Services\\EventLog\\Application\\Wayhome"
PATH = "HKLM\\System\\CurrentControlSet\\Control\\Session Manager\\Environment"


class Life(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.older, cls.newer = PACKAGES
        cls.files = {each.version: msi.tree(each.unpack(f"{wine.RUN}/{each.version}")) for each in PACKAGES}
        cls.desktop = Desktop()

    def setUp(self):
        self.prefix = wine.Prefix(TEMPLATE, display=self.desktop.environment["DISPLAY"])
        self.addCleanup(self.prefix.end)
        # Without this, Windows Installer ends with 1627 in a prefix that is new.
        self.prefix.run("cmd", "/c", "exit")
        self.prefix.settle()

    # doing

    def msiexec(self, verb, package, *arguments):
        return self.prefix.run("msiexec", verb, wine.windows_path(package.path), "/qn", *arguments, timeout=200)

    def install(self, package):
        done = self.msiexec("/i", package)
        self.assertEqual(done.code, 0, done.err)

    def program(self, name, *arguments, **options):
        return self.prefix.run(f"C:\\{PROGRAMS}\\bin\\{name}.exe".replace("/", "\\"), *arguments, **options)

    # looking

    def value(self, key, name):
        done = self.prefix.run("reg", "query", key, "/v", name)
        found = re.search(r"REG_\w+\s+(.*)", done.out)
        return found[1].strip() if done.code == 0 and found else None

    def has_key(self, key):
        return self.prefix.run("reg", "query", key).code == 0

    def listed(self):
        """The versions in the list of installed programs."""
        out = self.prefix.run("reg", "query", UNINSTALL, "/s").out
        return re.findall(r"DisplayVersion\s+REG_SZ\s+(\S+)", out)

    def is_running(self):
        return "RUNNING" in self.prefix.run("sc", "query", "wayhome").out

    def shortcuts(self):
        return glob.glob(self.prefix.unix("") + "/**/Wayhome.lnk", recursive=True)

    def installed(self):
        return msi.tree(self.prefix.unix(PROGRAMS))

    def assert_up(self, package):
        self.assertEqual(sorted(self.installed()), sorted(self.files[package.version]))
        self.assertEqual(self.installed(), self.files[package.version])
        self.assertEqual(self.listed(), [package.version])
        until("the service runs", self.is_running, 20)

        def answers():
            return self.program("wayhomectl", "status").code == 0
        until("the service answers", answers, 20)

    def assert_gone(self):
        self.assertEqual(self.installed(), {})
        self.assertEqual(self.listed(), [])
        self.assertEqual(self.shortcuts(), [])
        for key in (SERVICE, EVENTS, "HKLM\\Software\\Wayhome"):
            self.assertFalse(self.has_key(key), key)
        self.assertIsNone(self.value(RUN, "Wayhome"))
        self.assertNotIn("Wayhome", self.value(PATH, "PATH"))

    # tests

    def test_install_and_remove(self):
        self.install(self.older)
        self.assert_up(self.older)
        folder = "C:\\Program Files\\Wayhome\\"
        self.assertEqual(self.value(SERVICE, "ImagePath"), f'"{folder}bin\\wayhomed.exe"')
        self.assertEqual(self.value(SERVICE, "Start"), "0x2")
        self.assertEqual(self.value(RUN, "Wayhome"), f'"{folder}bin\\wayhome.exe" --sign-in')
        self.assertEqual(self.value(EVENTS, "EventMessageFile"), f"{folder}bin\\wayhomed.exe")
        self.assertIn(folder + "bin", self.value(PATH, "PATH"))
        self.assertEqual(len(self.shortcuts()), 1)
        self.assertTrue(os.listdir(self.prefix.unix(DATA + "/state")), "the service keeps something")

        self.msiexec("/x", self.older)
        self.assert_gone()
        self.assertTrue(os.listdir(self.prefix.unix(DATA + "/state")), "what it kept stays")

    def test_configure_again(self):
        """Whatever somebody changed of the service is mended, as often as it is asked for."""
        self.install(self.older)
        self.prefix.run("sc", "config", "wayhome", "start=", "demand")
        for _ in range(2):
            done = self.program("wayhome-setup", "configure")
            self.assertEqual(done.code, 0, done.err)
        self.assertEqual(self.value(SERVICE, "Start"), "0x2")
        self.assertTrue(self.is_running())

    def test_upgrade_while_all_runs(self):
        self.install(self.older)
        self.assert_up(self.older)
        declared = self.prefix.unix(DATA + "/config/hosts.d/mine.conf")
        with open(declared, "w") as file:
            file.write("# mine\n")
        app = self.prefix.start("C:\\Program Files\\Wayhome\\bin\\wayhome.exe", "--background")
        self.addCleanup(app.kill)
        self.assertRaises(Exception, app.wait, 3)

        self.install(self.newer)
        self.assertEqual(app.wait(20), 0, "the app was asked to quit")
        self.assert_up(self.newer)
        self.assertTrue(os.path.exists(declared))
        self.assertTrue(os.listdir(self.prefix.unix(DATA + "/state")))

        before = {path: os.stat(path).st_mtime_ns
                  for path in glob.glob(self.prefix.unix(PROGRAMS) + "/**", recursive=True)}
        self.msiexec("/i", self.older)
        self.assert_up(self.newer)
        self.assertEqual({path: os.stat(path).st_mtime_ns for path in before}, before, "nothing was touched")

    def test_purge(self):
        self.install(self.older)
        self.assert_up(self.older)
        own = [f"{profile}/{kind}/Wayhome/deep" for kind in ("Local", "Roaming")
               for profile in glob.glob(self.prefix.unix("users") + "/*/AppData") if "/Public/" not in profile]
        self.assertTrue(own)
        for each in own:
            os.makedirs(each)
        self.msiexec("/x", self.older, "PURGE=1")
        self.assert_gone()
        self.assertFalse(os.path.exists(self.prefix.unix(DATA)))
        self.assertEqual([each for each in own if os.path.exists(os.path.dirname(each))], [])

    def test_too_old(self):
        """Windows 7 is told so, and gets nothing."""
        self.prefix.run("winecfg", "-v", "win7")
        self.prefix.settle()
        self.assertNotEqual(self.msiexec("/i", self.older).code, 0)
        self.assertFalse(os.path.exists(self.prefix.unix(PROGRAMS)))
        self.assertEqual(self.listed(), [])


if __name__ == "__main__":
    PACKAGES = msi.packages_or_skip()
    absent = missing()
    if absent:
        print(absent)
        sys.exit(msi.SKIPPED)
    TEMPLATE = wine.enter_or_skip()
    unittest.main(warnings="ignore")
