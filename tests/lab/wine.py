"""Windows programs in the sandbox: Wine, with a prefix that one test has for itself.

A prefix is a layer in memory above a template, which is made once below build/tools and only read afterwards. It is
gone together with the sandbox, and so are its wineserver and everything that runs in it.
"""
import contextlib
import fcntl
import hashlib
import inspect
import itertools
import os
import re
import shutil
import struct
import subprocess

from . import sandbox
from .named import tools_folder
from .sandbox import RUN

HOME = RUN + "/wine-home"  # the template's links to the home folder lead there
FONT = "Liberation Sans"
NO_SCREEN = '"Graphics"="null"'  # windows can be made all the same, and nobody sees them
SYSTEM = "C:\\windows\\system32"
_SETTLED = 60  # seconds that Wine may take to make a template or to end
_PREFIXES = itertools.count(1)


class Unavailable(Exception):
    """Why no Windows program can be run here, as a sentence."""


def _program(name):
    """The server is not on the path of everybody."""
    return shutil.which(name, path=os.environ.get("PATH", "/usr/bin:/bin") + ":/usr/lib/wine")


def environment(prefix, dlls=(), display=None):
    """What Wine and its programs see: nothing of this user's own. GLib warns when it can ask neither LANG nor a
    console for the charset, and a warning ends a test."""
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith(("WINE", "XDG_", "LC_", "GTK_", "GDK_")) and name not in ("DISPLAY", "LANG")}
    made = dict(kept, WINEPREFIX=prefix, WINEARCH="win64", WINEDEBUG=os.environ.get("WINEDEBUG", "-all"),
                WINEDLLOVERRIDES="winemenubuilder.exe=d;mscoree,mshtml=", HOME=HOME, LANG="C.UTF-8", LC_ALL="C.UTF-8")
    if dlls:
        made["WINEPATH"] = ";".join(windows_path(each) for each in dlls)
    if display:
        made["DISPLAY"] = display
    return made


def windows_path(path):
    """A path of this computer as Windows programs see it."""
    return "Z:" + os.path.abspath(path).replace("/", "\\")


# the template


def _font(name, height=-12):
    """LOGFONTW: the fonts of Wine's own windows are unknown to Pango otherwise."""
    return struct.pack("<5i8B", height, 0, 0, 0, 400, *[0] * 8) + name.encode("utf-16-le").ljust(64, b"\0")


def _settings():
    """A registry file: Windows 10, a font that is there, and nothing that asks or waits."""
    data = ",".join(f"{byte:02x}" for byte in _font(FONT))
    fonts = "".join(f'"{each}Font"=hex:{data}\n' for each in ("Caption", "SmCaption", "Menu", "Status", "Message", "Icon"))
    faces = "".join(f'"{each}"="{FONT}"\n' for each in ("MS Shell Dlg", "MS Shell Dlg 2", "Segoe UI", "Tahoma"))
    return ("Windows Registry Editor Version 5.00\n\n"
            f"[HKEY_CURRENT_USER\\Control Panel\\Desktop\\WindowMetrics]\n{fonts}\n"
            f"[HKEY_CURRENT_USER\\Software\\Wine\\Fonts\\Replacements]\n{faces}\n"
            f"[HKEY_CURRENT_USER\\Software\\Wine\\Drivers]\n{NO_SCREEN}\n\n"
            # A debugger would end in the place of a program that crashed, and with a success.
            "[HKEY_LOCAL_MACHINE\\Software\\Microsoft\\Windows NT\\CurrentVersion\\AeDebug]\n\"Debugger\"=\"none\"\n\n"
            "[HKEY_CURRENT_USER\\Software\\Wine\\WineDbg]\n\"ShowCrashDialog\"=dword:00000000\n")


def _fill(folder):
    """In a sandbox: a new prefix in an empty folder."""
    os.makedirs(HOME)
    made = environment(folder)
    settings = RUN + "/settings.reg"
    with open(settings, "w") as file:
        file.write(_settings())
    for command in (["wineboot", "--init"], ["winecfg", "-v", "win10"], ["regedit", "/S", windows_path(settings)]):
        subprocess.run(["wine", *command], env=made, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, timeout=_SETTLED, check=True)
    subprocess.run([_program("wineserver"), "-w"], env=made, timeout=_SETTLED, check=True)


def _make(folder):
    """A process of its own makes the template in a sandbox, so that nothing of it goes on running."""
    child = os.fork()
    if not child:
        code = 1
        try:
            sandbox.enter()
            _own_server_folder()
            _fill(folder)
            code = 0
        except SystemExit as ended:  # the process that waits outside of the sandbox
            code = ended.code
        except Exception as error:  # the process ends here, so that its text is all there is
            print(error, flush=True)
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _key():
    """Another template when Wine or what is done here has changed."""
    version = subprocess.run(["wine", "--version"], capture_output=True, text=True).stdout
    recipe = "".join(inspect.getsource(each) for each in (environment, _font, _settings, _fill)) + NO_SCREEN
    return hashlib.sha256((version + recipe + str(os.geteuid())).encode()).hexdigest()[:12]


def template():
    """The folder of the template, made when it is missing. Outside of a sandbox only."""
    if not _program("wine") or not _program("wineserver"):
        raise Unavailable("Wine is not installed: tests/run installs it.")
    folder = f"{tools_folder()}/wine-prefix-{_key()}"
    if os.path.isdir(folder):
        return folder
    os.makedirs(tools_folder(), exist_ok=True)
    with open(f"{tools_folder()}/wine-prefix.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not os.path.isdir(folder):
            for name in os.listdir(tools_folder()):
                if re.fullmatch(r"wine-prefix-[0-9a-f]{12}(\.part)?", name):
                    shutil.rmtree(f"{tools_folder()}/{name}")
            os.mkdir(folder + ".part", 0o700)
            code = _make(folder + ".part")
            if code:
                raise Unavailable(f"Wine could not make a prefix ({code}).")
            os.rename(folder + ".part", folder)
    return folder


# one prefix


def _own_server_folder():
    """The wineserver of every prefix has its socket below a folder of /tmp: not below the one of others."""
    folder = f"/tmp/.wine-{os.geteuid()}"
    with contextlib.suppress(FileExistsError):
        os.mkdir(folder, 0o700)
    sandbox.mount("wine", folder, "tmpfs", 0, "mode=700")


def enter_or_skip():
    """What lab.sandbox.enter_or_skip() does, with the template made before. Returns its folder."""
    try:
        made = template()
        sandbox.enter()
        _own_server_folder()
        os.makedirs(HOME)
    except (Unavailable, sandbox.Unavailable) as reason:
        print(reason, flush=True)
        os._exit(sandbox.SKIPPED)
    return made


class Result:
    """What a program printed, with plain line ends, and its exit code (its lowest eight bits)."""

    def __init__(self, done):
        self.code = done.returncode
        self.out = _text(done.stdout)
        self.err = _text(done.stderr)


def _text(data):
    return (data or b"").decode(errors="replace").replace("\r\n", "\n")


class Prefix:
    """A computer with Windows. node: where in the lab it is. dlls: folders that programs find libraries in.
    display: of an X server, for programs with windows."""

    def __init__(self, template_folder, dlls=(), node=None, display=None):
        self._node = node
        folder = f"{RUN}/wine{next(_PREFIXES)}"
        self.path = folder + "/prefix"
        for each in ("upper", "work", "prefix"):
            os.makedirs(f"{folder}/{each}", 0o700)
        try:
            sandbox.mount("wine", self.path, "overlay", 0,
                          f"lowerdir={template_folder},upperdir={folder}/upper,workdir={folder}/work")
        except OSError:
            # Without layers, every prefix is a copy in memory.
            shutil.copytree(template_folder, self.path, symlinks=True, dirs_exist_ok=True)
        self.environment = environment(self.path, dlls, display)
        if display:
            self._show()

    def _show(self):
        registry = f"{self.path}/user.reg"
        with open(registry) as file:
            text = file.read()
        with open(registry, "w") as file:
            file.write(text.replace(NO_SCREEN, '"Graphics"="x11"'))

    def unix(self, path):
        """Where a file of drive C: is: "C:\\\\windows" or "ProgramData/Wayhome"."""
        return os.path.join(self.path, "drive_c", re.sub(r"^[Cc]:", "", path).replace("\\", "/").lstrip("/"))

    def start(self, program, *arguments, **options):
        """Starts a program: a path of this computer, or what Windows knows by name. Its process is the program's:
        killing it kills the program."""
        variables = options.pop("variables", {})
        merged = {name: value for name, value in {**self.environment, **variables}.items() if value is not None}
        popen = self._node.popen if self._node else subprocess.Popen
        return popen(["wine", program, *arguments], env=merged, **{"stdin": subprocess.DEVNULL, **options})

    def run(self, program, *arguments, text=None, timeout=60, **options):
        """Runs a program to its end; returns its Result, also when it failed. Output goes through files, since
        what a program leaves running would keep a pipe open."""
        name = f"{RUN}/output{next(_PREFIXES)}"
        with open(name + ".out", "w+b") as out, open(name + ".err", "w+b") as err, open(name + ".in", "w+b") as given:
            given.write((text or "").encode())
            given.seek(0)
            process = self.start(program, *arguments, stdin=given, stdout=out, stderr=err, **options)
            try:
                code = process.wait(timeout)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                raise
            out.seek(0)
            err.seek(0)
            return Result(subprocess.CompletedProcess([], code, out.read(), err.read()))

    def settle(self, seconds=_SETTLED):
        """Waits until nothing runs in the prefix any more; Windows Installer needs that before its first package."""
        popen = self._node.popen if self._node else subprocess.Popen
        popen([_program("wineserver"), "-w"], env=self.environment).wait(seconds)

    def end(self):
        """Everything in the prefix ends at once, as when the computer loses power."""
        popen = self._node.popen if self._node else subprocess.Popen
        popen([_program("wineserver"), "-k"], env=self.environment).wait(_SETTLED)
        self.settle()
