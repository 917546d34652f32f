"""What wixl leaves out of a package: versions of files, the search path, the identity of the shortcut, actions that undo
something, actions that run a program which is there already, which properties the person may set, what people read when
something fails, and that a package of the same version replaces another one.

usage: msi_tables.py PACKAGE STAGE APPLICATION-ID
"""
import os
import struct
import subprocess
import sys

FIXED_INFO = struct.pack("<I", 0xFEEF04BD)  # of VS_FIXEDFILEINFO
APPLICATION_ID = "{9F4C2855-9F79-4B39-A8D0-E1D42DE1D5F3}, 5"  # PKEY_AppUserModel_ID

# Types of custom actions (Windows Installer, "Custom Action Type").
FILE, DIRECTORY = 18, 34
IGNORE, NO_WAIT = 64, 192
ROLLBACK = 256 + 1024
AS_SYSTEM = 2048

# A file that is being installed is not there yet when an upgrade begins: QuitApp runs what is in the folder.
ACTIONS = (
    ("QuitApp", DIRECTORY + IGNORE, "ProgramFolder", '"[ProgramFolder]wayhome.exe" --quit'),
    ("StartApp", DIRECTORY + NO_WAIT, "ProgramFolder", '"[ProgramFolder]wayhome.exe" --background'),
    ("UndoConfigure", FILE + ROLLBACK + AS_SYSTEM + IGNORE, "SetupExe", "unconfigure"),
    ("UndoUnconfigure", FILE + ROLLBACK + AS_SYSTEM + IGNORE, "SetupExe", "configure"),
)
PUBLIC = ("PURGE",)  # what the person says is handed to the part that runs with the system's rights

UPGRADE = 1 + 512  # with the choice of features; VersionMax is one of them

# Windows Installer's own sentences end with "contact your support personnel" and "sufficient privileges".
REASON = "The reason is in Event Viewer: Windows Logs, Application, source Wayhome."
ERRORS = {
    1722: f"Wayhome could not be set up. {REASON} Action [2], location: [3], command: [4]",
    1920: f"The service [2] ([3]) does not start. {REASON} Then try again, or cancel.",
}


def version(path):
    """The version that Windows Installer compares, or None."""
    with open(path, "rb") as file:
        data = file.read()
    at = data.find(FIXED_INFO)
    if at < 0:
        return None
    high, low = struct.unpack_from("<II", data, at + 8)
    return f"{high >> 16}.{high & 65535}.{low >> 16}.{low & 65535}"


def rows(package, table):
    text = subprocess.run(["msiinfo", "export", package, table], capture_output=True, text=True, check=True).stdout
    lines = text.replace("\r", "").split("\n")
    return [dict(zip(lines[0].split("\t"), line.split("\t"))) for line in lines[3:] if line]


def versions(package, stage):
    """A file without a version in the package would lose against one on the disk that has one, and be missing after an
    upgrade. What has a version is not compared by its hash."""
    for row in rows(package, "File"):
        name = row["FileName"].split("|")[-1]
        found = version(os.path.join(stage, "bin", name)) if name.endswith((".dll", ".exe")) else None
        if found:
            yield (f"UPDATE `File` SET `Version` = '{found}', `Language` = '1033' WHERE `File` = '{row['File']}'")
            yield f"DELETE FROM `MsiFileHash` WHERE `File_` = '{row['File']}'"


def actions():
    for action, kind, source, target in ACTIONS:
        yield ("INSERT INTO `CustomAction` (`Action`, `Type`, `Source`, `Target`) "
               f"VALUES ('{action}', {kind}, '{source}', '{target}')")


def public(package):
    row = next(row for row in rows(package, "Property") if row["Property"] == "SecureCustomProperties")
    value = ";".join((row["Value"], *PUBLIC))
    yield f"UPDATE `Property` SET `Value` = '{value}' WHERE `Property` = 'SecureCustomProperties'"


def same_version(package):
    """One that was built again replaces what is there: it would be installed beside it otherwise. What is changed is
    part of the row's key."""
    row = next(row for row in rows(package, "Upgrade") if row["ActionProperty"] == "WIX_UPGRADE_DETECTED")
    yield "DELETE FROM `Upgrade` WHERE `ActionProperty` = 'WIX_UPGRADE_DETECTED'"
    yield ("INSERT INTO `Upgrade` (`UpgradeCode`, `VersionMax`, `Attributes`, `ActionProperty`) "
           f"VALUES ('{row['UpgradeCode']}', '{row['VersionMax']}', {UPGRADE}, 'WIX_UPGRADE_DETECTED')")


def errors():
    for number, sentence in ERRORS.items():
        yield f"INSERT INTO `Error` (`Error`, `Message`) VALUES ({number}, '{sentence}')"


def additions(identity):
    """On the path of everybody (`*`), behind what is there (`[~];`), and gone when it is removed (`-`)."""
    yield ("CREATE TABLE `Environment` (`Environment` CHAR(72) NOT NULL, `Name` CHAR(255) NOT NULL LOCALIZABLE, "
           "`Value` CHAR(255) LOCALIZABLE, `Component_` CHAR(72) NOT NULL PRIMARY KEY `Environment`)")
    yield ("INSERT INTO `Environment` (`Environment`, `Name`, `Value`, `Component_`) "
           "VALUES ('SearchPath', '=-*PATH', '[~];[ProgramFolder]', 'CmpTerminal')")
    for action, number in (("WriteEnvironmentStrings", 5200), ("RemoveEnvironmentStrings", 3300)):
        yield f"INSERT INTO `InstallExecuteSequence` (`Action`, `Sequence`) VALUES ('{action}', {number})"
    yield ("CREATE TABLE `MsiShortcutProperty` (`MsiShortcutProperty` CHAR(72) NOT NULL, `Shortcut_` CHAR(72) NOT NULL, "
           "`PropertyKey` CHAR(255) NOT NULL, `PropVariantValue` CHAR(255) NOT NULL PRIMARY KEY `MsiShortcutProperty`)")
    yield ("INSERT INTO `MsiShortcutProperty` (`MsiShortcutProperty`, `Shortcut_`, `PropertyKey`, `PropVariantValue`) "
           f"VALUES ('Identity', 'MenuShortcut', '{APPLICATION_ID}', '{identity}')")


def main():
    package, stage, identity = sys.argv[1:]
    command = ["msibuild", package]
    for query in (*versions(package, stage), *actions(), *public(package), *same_version(package), *errors(),
                  *additions(identity)):
        command += ["-q", query]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
