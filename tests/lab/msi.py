"""Packages for Windows as files: their tables, and what is in them."""
import functools
import glob
import os
import re
import struct
import shutil
import subprocess
import uuid

SKIPPED = 77
_FIXED_INFO = 40  # in the resource of the version
_OBJDUMP = "x86_64-w64-mingw32-objdump"


def folder():
    return os.environ.get("WAYHOME_PACKAGES") or "build/packages"


def _version(path):
    found = re.search(r"wayhome-(\d+)\.(\d+)\.(\d+)-x64\.msi$", path)
    return tuple(int(each) for each in found.groups()) if found else None


def packages_or_skip():
    """The package and one of a higher version; ends this process where they have not been built."""
    found = sorted((each for each in glob.glob(folder() + "/wayhome-*-x64.msi") if _version(each)), key=_version)
    if len(found) < 2:
        print(f"{folder()} does not hold two packages of different versions: installer/windows/build-msi builds one, and "
              "with --version another.", flush=True)
        os._exit(SKIPPED)
    return Package(found[0]), Package(found[-1])


def _run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.replace("\r", "")


def _guid():
    return f"{{{uuid.uuid4()}}}".upper()


class Package:
    def __init__(self, path):
        self.path = os.path.abspath(path)
        self.version = ".".join(str(each) for each in _version(path))

    @functools.cached_property
    def names(self):
        return _run("msiinfo", "tables", self.path).split()

    @functools.lru_cache(maxsize=None)
    def table(self, name):
        """Each row as what its columns hold."""
        lines = _run("msiinfo", "export", self.path, name).split("\n")
        return [dict(zip(lines[0].split("\t"), line.split("\t"))) for line in lines[3:] if line]

    def column(self, table, key, value):
        return {row[key]: row[value] for row in self.table(table)}

    def changed(self, folder, *queries):
        """A copy with other rows: for Windows Installer another product of the same version."""
        path = f"{folder}/wayhome-{self.version}-x64.msi"
        shutil.copy(self.path, path)
        code = f"UPDATE `Property` SET `Value` = '{_guid()}' WHERE `Property` = 'ProductCode'"
        for query in (code, *queries):
            _run("msibuild", path, "-q", query)
        _run("msibuild", path, "-s", "Wayhome", "Wayhome", "x64;1033", _guid())
        return Package(path)

    def unpack(self, target):
        """Makes `target` what the folder of the programs would be."""
        subprocess.run(["msiextract", "-C", target + ".all", self.path], check=True, stdout=subprocess.DEVNULL)
        os.rename(min(glob.glob(target + ".all/**/Wayhome", recursive=True), key=len), target)
        return target


def _bytes(path):
    with open(path, "rb") as file:
        return file.read()


def tree(top):
    """What every file below a folder holds."""
    return {os.path.relpath(os.path.join(below, name), top): _bytes(os.path.join(below, name))
            for below, _, names in os.walk(top) for name in names}


class Program:
    """A program or library for Windows."""

    def __init__(self, path):
        self._path = path

    @functools.cached_property
    def _headers(self):
        return _run(_OBJDUMP, "-p", self._path)

    def imports(self):
        return re.findall(r"DLL Name: (\S+)", self._headers)

    def flags(self):
        block = self._headers.split("DllCharacteristics")[1]
        return set(re.findall(r"^\t{2,}([A-Z_]+)", block, re.MULTILINE))

    def subsystem(self):
        return int(re.search(r"^Subsystem\s+([0-9a-f]+)", self._headers, re.MULTILINE)[1], 16)

    def has_symbols(self):
        return "no symbols" not in _run(_OBJDUMP, "-t", self._path)

    def version(self):
        """The one of its resource (VS_FIXEDFILEINFO, behind a header and a name of a fixed length), as Windows Installer
        compares it; None without one."""
        data = self.resource(16)
        if not data:
            return None
        sign, high, low = struct.unpack_from("<I4xII", data, _FIXED_INFO)
        assert sign == 0xFEEF04BD, self._path
        return f"{high >> 16}.{high & 65535}.{low >> 16}.{low & 65535}"

    def resource(self, kind, name="1"):
        return subprocess.run(["wrestool", "-x", "--raw", f"--type={kind}", f"--name={name}", self._path],
                              capture_output=True).stdout
