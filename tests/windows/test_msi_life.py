#!/usr/bin/python3
"""The package for Windows, installed, upgraded and removed by Wine's Windows Installer.

Its exit codes say little under Wine: what counts is files, service and registry afterwards."""
import glob
import os
import re
import sys
import tempfile
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
TRAY = "Wine System Tray"  # what Wine shows where no panel takes icons
PATH = "HKLM\\System\\CurrentControlSet\\Control\\Session Manager\\Environment"



def failure(number, condition):
    """Rows of a package that fails at this place of the sequence: with the system's rights, as a step of ours would."""
    return ("INSERT INTO `CustomAction` (`Action`, `Type`, `Source`, `Target`) "
            "VALUES ('Fail', 3090, 'SetupExe', 'no-such-verb')",
            "INSERT INTO `InstallExecuteSequence` (`Action`, `Condition`, `Sequence`) "
            f"VALUES ('Fail', '{condition}', {number})")


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
        until("its icon is there", lambda: self.desktop.windows(TRAY), 30)
        self.assertIsNone(app.poll())

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

    def changed(self, package, *queries):
        return package.changed(tempfile.mkdtemp(dir=wine.RUN), *queries)

    def test_built_again(self):
        """Another package of the same version takes the place of the first."""
        self.install(self.older)
        self.install(self.changed(self.older))
        self.assert_up(self.older)

    def test_folder(self):
        """Nobody chooses another one: its access list might let everybody change the programs."""
        named = [name + "=C:\\elsewhere" for name in ("INSTALLDIR", "PROGRAMFOLDER", "BINDIR", "TARGETDIR")]
        self.msiexec("/i", self.older, *named)
        self.assert_up(self.older)
        self.assertFalse(os.path.exists(self.prefix.unix("elsewhere")))

    def test_failure(self):
        """A first installation that fails behind Configure is taken back. What Configure did stays here: Wine takes the
        files away before it runs UndoConfigure, which is one of them."""
        broken = self.changed(self.older, *failure(5851, 'NOT REMOVE="ALL"'))
        self.assertNotEqual(self.msiexec("/i", broken).code, 0)
        self.assertTrue(os.path.exists(self.prefix.unix(DATA)), "Configure has been there")
        self.assert_gone()

    def test_failing_removal(self):
        """What Unconfigure did is taken back when a removal fails behind it."""
        broken = self.changed(self.older, *failure(1961, 'REMOVE="ALL"'))
        self.install(broken)
        self.assertNotEqual(self.msiexec("/x", broken).code, 0)
        self.assertEqual(self.installed(), self.files[self.older.version])
        self.assertTrue(os.path.exists(self.prefix.unix(DATA + "/config/hosts.d")))

    def test_service_stays(self):
        """What an upgrade does to the old product: Wine's own upgrades do not say that they are ones."""
        self.install(self.older)
        self.prefix.run("reg", "add", SERVICE, "/v", "Kept", "/d", "yes")
        self.msiexec("/x", self.older, "UPGRADINGPRODUCTCODE=" + self.newer.column("Property", "Property",
                                                                                   "Value")["ProductCode"])
        self.assertEqual(self.installed(), {})
        self.assertTrue(os.path.exists(self.prefix.unix(DATA + "/config/hosts.d")), "nothing is unconfigured")
        self.install(self.newer)
        self.assert_up(self.newer)
        self.assertEqual(self.value(SERVICE, "Kept"), "yes", "the service is the one that was there")

    def test_purge_by_hand(self):
        """What the service uses is not deleted under its feet."""
        self.install(self.older)
        self.assert_up(self.older)
        done = self.program("wayhome-setup", "purge")
        self.assertEqual(done.code, 1)
        self.assertIn("msiexec /x", done.err)
        self.assertTrue(os.listdir(self.prefix.unix(DATA + "/state")))
        self.assert_up(self.older)

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
