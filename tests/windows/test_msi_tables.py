#!/usr/bin/python3
"""The packages for Windows, looked at without being installed."""
import fnmatch
import os
import re
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import msi  # noqa: E402

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAMS = {"wayhomed.exe", "wayhomectl.exe", "wayhome.exe", "wayhome-setup.exe"}
MOST_BYTES = 15_000_000
UPGRADING = 'REMOVE="ALL" AND NOT UPGRADINGPRODUCTCODE'

# What may be installed, and nothing else.
FILES = (
    "bin/*.exe", "bin/lib*.dll", "etc/gtk-3.0/settings.ini", "licences/*.txt", "share/glib-2.0/schemas/gschemas.compiled",
    "share/icons/Adwaita/index.theme", "share/icons/Adwaita/*/*-symbolic.symbolic.png", "share/icons/hicolor/index.theme",
    "share/icons/hicolor/*/apps/*wayhome*.png", "share/icons/hicolor/*/apps/*Wayhome.png",
    "share/icons/hicolor/*/status/wayhome-*.png", "share/locale/*/LC_MESSAGES/*.mo",
)

# Of our actions: number in the sequence, condition, type, source, what is run.
ACTIONS = {
    "SetInstallLocation": (1005, "", 51, "ARPINSTALLLOCATION", "[ProductFolder]"),
    "QuitApp": (1010, "Installed OR WIX_UPGRADE_DETECTED", 98, "ProgramFolder", '"[ProgramFolder]wayhome.exe" --quit'),
    "CloseOthers": (1940, 'REMOVE="ALL"', 3154, "SetupExe", "close"),
    "UndoUnconfigure": (1950, 'REMOVE="ALL"', 3410, "SetupExe", "configure"),
    "Unconfigure": (1960, UPGRADING, 3154, "SetupExe", "unconfigure"),
    "Purge": (3480, 'REMOVE="ALL" AND PURGE="1" AND NOT UPGRADINGPRODUCTCODE', 3154, "SetupExe", "purge"),
    "PurgeUser": (3490, 'REMOVE="ALL" AND PURGE="1" AND NOT UPGRADINGPRODUCTCODE', 1106, "SetupExe", "purge-user"),
    "UndoConfigure": (5849, "NOT Installed AND NOT WIX_UPGRADE_DETECTED", 3410, "SetupExe", "unconfigure"),
    "Configure": (5850, 'NOT REMOVE="ALL"', 3090, "SetupExe", "configure"),
}
START = ("StartApp", 1310, 'NOT REMOVE="ALL"', 226, "ProgramFolder", '"[ProgramFolder]wayhome.exe" --background')

# Windows Installer's own, in the order that ours rely on.
ORDER = ("FindRelatedProducts", "AppSearch", "LaunchConditions", "CostInitialize", "FileCost", "CostFinalize", "QuitApp",
         "InstallValidate", "InstallInitialize", "RemoveExistingProducts", "StopServices", "CloseOthers",
         "UndoUnconfigure", "Unconfigure", "DeleteServices", "RemoveRegistryValues", "RemoveEnvironmentStrings", "Purge",
         "PurgeUser", "RemoveFiles", "InstallFiles", "WriteRegistryValues", "WriteEnvironmentStrings", "InstallServices",
         "UndoConfigure", "Configure", "StartServices", "InstallFinalize")

# What every Windows 10 has.
WINDOWS = {
    "advapi32.dll", "bcrypt.dll", "comctl32.dll", "comdlg32.dll", "credui.dll", "crypt32.dll", "d2d1.dll", "dnsapi.dll",
    "dwmapi.dll", "dwrite.dll", "gdi32.dll", "gdiplus.dll", "hid.dll", "imm32.dll", "iphlpapi.dll", "kernel32.dll",
    "msimg32.dll", "msvcrt.dll", "ncrypt.dll", "normaliz.dll", "ntdll.dll", "ole32.dll", "oleaut32.dll", "opengl32.dll",
    "powrprof.dll", "rpcrt4.dll", "secur32.dll", "setupapi.dll", "shell32.dll", "shlwapi.dll", "user32.dll", "userenv.dll",
    "usp10.dll", "uxtheme.dll", "version.dll", "winmm.dll", "winspool.drv", "wldap32.dll", "ws2_32.dll", "wtsapi32.dll",
}


class Tables(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.package, cls.newer = msi.packages_or_skip()

    def test_actions(self):
        numbers = self.package.column("InstallExecuteSequence", "Action", "Sequence")
        conditions = self.package.column("InstallExecuteSequence", "Action", "Condition")
        found = {row["Action"]: (int(numbers.get(row["Action"], 0)), conditions.get(row["Action"], ""), int(row["Type"]),
                                 row["Source"], row["Target"]) for row in self.package.table("CustomAction")}
        start = found.pop(START[0])
        self.assertEqual(found, ACTIONS)
        self.assertEqual(start, (0, "", *START[3:]), "it runs as the person, after everything")
        shown = {row["Action"]: (int(row["Sequence"]), row["Condition"])
                 for row in self.package.table("InstallUISequence")}
        self.assertEqual(shown[START[0]], START[1:3])
        self.assertLess(shown["ExecuteAction"][0], START[1])

    def test_order(self):
        numbers = {row["Action"]: int(row["Sequence"]) for row in self.package.table("InstallExecuteSequence")}
        self.assertEqual([each for each in sorted(numbers, key=numbers.get) if each in ORDER], list(ORDER))
        self.assertEqual(numbers["RemoveExistingProducts"], 1501, "an upgrade that fails has removed nothing")
        self.assertEqual(len(set(numbers.values())), len(numbers), "each has a number of its own")
        conditions = self.package.column("InstallExecuteSequence", "Action", "Condition")
        self.assertEqual(conditions["DeleteServices"], "NOT UPGRADINGPRODUCTCODE", "an upgrade keeps the service")

    def test_upgrade(self):
        """Newer ones, and those that were built again, replace older ones; older ones refuse."""
        mine, newer = ({name: value for name, value in each.column("Property", "Property", "Value").items()}
                       for each in (self.package, self.newer))
        self.assertEqual(mine["UpgradeCode"], newer["UpgradeCode"])
        self.assertNotEqual(mine["ProductCode"], newer["ProductCode"])
        self.assertEqual((mine["ProductVersion"], newer["ProductVersion"]), (self.package.version, self.newer.version))
        ranges = {row["ActionProperty"]: (row["VersionMin"], row["VersionMax"], row["Attributes"])
                  for row in self.newer.table("Upgrade")}
        self.assertEqual(ranges, {"WIX_UPGRADE_DETECTED": ("", self.newer.version, "513"),
                                  "WIX_DOWNGRADE_DETECTED": (self.newer.version, "", "2")})
        same = [each.column("Component", "Component", "ComponentId") for each in (self.package, self.newer)]
        self.assertEqual(*same, "the components of two versions are the same ones")

    def test_conditions(self):
        texts = self.package.column("LaunchCondition", "Condition", "Description")
        self.assertEqual(set(texts), {"NOT WIX_DOWNGRADE_DETECTED",
                                      "Installed OR (VersionNT64 AND WINDOWSBUILD >= 17763)"})
        self.assertIn("remove the newer one first", texts["NOT WIX_DOWNGRADE_DETECTED"])

    def test_properties(self):
        found = self.package.column("Property", "Property", "Value")
        self.assertEqual((found["ALLUSERS"], found["REBOOT"], found["ARPNOMODIFY"]), ("1", "ReallySuppress", "1"))
        self.assertEqual(set(found["SecureCustomProperties"].split(";")),
                         {"WIX_DOWNGRADE_DETECTED", "WIX_UPGRADE_DETECTED", "PURGE"})
        self.assertNotIn("PURGE", found)
        self.assertEqual(found["REINSTALLMODE"], "amus", "whatever the version of a file that is there")
        self.assertEqual(found["MSIRESTARTMANAGERCONTROL"], "Disable", "CloseOthers comes after it has looked")
        for name in ("ARPPRODUCTICON", "ARPCONTACT", "ARPHELPLINK", "ARPURLINFOABOUT"):
            self.assertTrue(found.get(name), name)

    def test_folder(self):
        """Nobody names another one: what may be set from outside is in capital letters."""
        public = {row["Directory"] for row in self.package.table("Directory") if row["Directory"].isupper()}
        self.assertEqual(public, {"TARGETDIR"})
        self.assertEqual({row["Directory_"] for row in self.package.table("Feature")}, {""})
        self.assertEqual({row["Key"] for row in self.package.table("RegLocator")},
                         {"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion"}, "none is remembered")

    def test_sentences(self):
        """Why something failed is told where the reason can be read."""
        found = self.package.column("Error", "Error", "Message")
        self.assertEqual(set(found), {"1722", "1920"})
        for sentence in found.values():
            self.assertIn("Event Viewer: Windows Logs, Application, source Wayhome", sentence)

    def test_registrations(self):
        (service,) = self.package.table("ServiceInstall")
        self.assertEqual((service["Name"], service["StartType"], service["StartName"], service["ServiceType"]),
                         ("wayhome", "2", "NT AUTHORITY\\LocalService", "16"))
        (shortcut,) = self.package.table("Shortcut")
        (identity,) = self.package.table("MsiShortcutProperty")
        self.assertEqual((identity["Shortcut_"], identity["PropVariantValue"]), (shortcut["Shortcut"], "org.wayhome.Wayhome"))
        (path,) = self.package.table("Environment")
        self.assertEqual((path["Name"], path["Value"]), ("=-*PATH", "[~];[ProgramFolder]"))
        values = {(row["Key"], row["Name"]): row["Value"] for row in self.package.table("Registry")}
        self.assertEqual(values["SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run", "Wayhome"],
                         '"[ProgramFolder]wayhome.exe" --sign-in')


class Contents(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.package, _ = msi.packages_or_skip()
        scratch = tempfile.TemporaryDirectory()
        cls.addClassCleanup(scratch.cleanup)
        cls.folder = cls.package.unpack(scratch.name + "/files")
        cls.bin = {name: msi.Program(f"{cls.folder}/bin/{name}") for name in os.listdir(cls.folder + "/bin")}

    def test_files(self):
        for path in msi.tree(self.folder):
            self.assertTrue(any(fnmatch.fnmatch(path, pattern) for pattern in FILES), path)
        self.assertEqual({name for name in self.bin if name.endswith(".exe")}, PROGRAMS)

    def test_size(self):
        self.assertLess(os.path.getsize(self.package.path), MOST_BYTES)

    def test_libraries(self):
        """Each one that is needed is there or part of Windows, and each one that is there is needed."""
        wanted = set()
        for name, program in self.bin.items():
            imports = {each.lower() for each in program.imports()}
            wanted |= imports
            unknown = {each for each in imports - {have.lower() for have in self.bin} - WINDOWS
                       if not each.startswith("api-ms-win-")}
            self.assertEqual(unknown, set(), name)
        self.assertEqual({name for name in self.bin if name.endswith(".dll")} - wanted, set())

    def test_hardening(self):
        for name, program in self.bin.items():
            self.assertLessEqual({"HIGH_ENTROPY_VA", "DYNAMIC_BASE", "NX_COMPAT"}, program.flags(), name)
            self.assertFalse(program.has_symbols(), name)

    def test_versions(self):
        """Those of the package are those of the files: otherwise an upgrade may leave a file out."""
        said = {row["FileName"].split("|")[-1]: row["Version"] for row in self.package.table("File")}
        for name, program in self.bin.items():
            self.assertEqual(said[name], program.version() or "", name)
        for name in PROGRAMS:
            self.assertTrue(said[name], name)
        hashed = {row["File_"] for row in self.package.table("MsiFileHash")}
        versioned = {row["File"] for row in self.package.table("File") if row["Version"]}
        self.assertEqual(versioned & hashed, set(), "a hash is for what has no version")

    def test_programs(self):
        """With the system's rights none opens a window, not even a console, on the screen of whoever installs."""
        windows, console = 2, 3
        silent = ("wayhome.exe", "wayhome-setup.exe")
        for name in PROGRAMS:
            program = self.bin[name]
            self.assertEqual(program.subsystem(), windows if name in silent else console, name)
            manifest = program.resource(24).decode()
            self.assertIn('level="asInvoker"', manifest)
            self.assertIn("{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}", manifest)
            self.assertIn(">UTF-8</activeCodePage>", manifest)
            self.assertIn(">true</longPathAware>", manifest)
            self.assertEqual("PerMonitorV2" in manifest, name == "wayhome.exe", name)
            self.assertIn("Wayhome".encode("utf-16-le"), program.resource(16))
        self.assertEqual([self.bin["wayhome.exe"].resource(3, str(each))[:4] != b"" for each in range(1, 8)], [True] * 7)
        self.assertIn("%1".encode("utf-16-le"), self.bin["wayhomed.exe"].resource(11))

    def test_licences(self):
        """Of every library one that names who made it, and every text that one of them points at."""
        names = set(os.listdir(self.folder + "/licences"))
        with open(TOP + "/installer/windows/licences") as file:
            for line in file:
                if not line.startswith("#"):
                    self.assertIn(line.split()[0] + ".txt", names)
        self.assertLessEqual({"README.txt", "Wayhome.txt"}, names)
        wanted = set()
        for name in names:
            with open(f"{self.folder}/licences/{name}", errors="replace") as file:
                wanted |= set(re.findall(r"/usr/share/common-licenses/([A-Za-z0-9.-]*[A-Za-z0-9])", file.read()))
        self.assertLessEqual({"LGPL-2.1", "LGPL-3", "GPL-3"}, wanted, "those of GLib and nettle")
        # Some name a text by a second name that is no file.
        self.assertEqual({each for each in wanted if not {each + ".txt", each.removesuffix(".0") + ".txt"} & names}, set())


if __name__ == "__main__":
    unittest.main(warnings="ignore")
