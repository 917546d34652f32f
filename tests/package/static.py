"""Looks over what the packages install, without installing it.

usage: static.py CHECK TOP-FOLDER BUILD-FOLDER [PROGRAM ...]     PROGRAM: wayhomed (units); wayhomectl, wayhomed and,
                                                                where there is one, wayhome (manuals), as built
exit code 1: something is wrong; 77: it cannot be checked here
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

MOST_EXPOSURE = {"wayhome.service": 15, "wayhome-seal-encrypt@.service": 10, "wayhome-seal-decrypt@.service": 10}
SEALING = ("encrypt", "decrypt")


class Skip(Exception):
    pass


class Tree:
    def __init__(self, top, build, programs):
        self.top = os.path.join(top, "installer/linux")
        self.build = os.path.join(build, "installer/linux")
        self.project = top
        self.programs = programs

    def path(self, name):
        """Of a file as it is installed: what was filled in is in the build folder."""
        made = os.path.join(self.build, name)
        return made if os.path.exists(made) else os.path.join(self.top, name)

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()

    def units(self, folder):
        found = set()
        for place in (self.top, self.build):
            for name in os.listdir(os.path.join(place, folder)):
                if name.endswith((".service", ".socket")):
                    found.add(name)
        return sorted(found)


def run(*command, **options):
    """Its exit code, and what it said."""
    if shutil.which(command[0]) is None:
        raise Skip(f"there is no {command[0]} here")
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60,
                          check=False, **options)
    return done.returncode, done.stdout


def complaints(*command, **options):
    """Of a command that has nothing to say when all is well."""
    code, said = run(*command, **options)
    if code != 0 or said.strip():
        yield f"{' '.join(command)}: {said.strip() or code}"


def copy_units(tree, kind, folder):
    """As they are installed, but with the program where it was built. Templates become the instance that their
    socket is looked over with."""
    for name in tree.units(kind):
        text = re.sub(r"(?m)^ExecStart=\S+/wayhomed", f"ExecStart={tree.programs[0]}", tree.read(f"{kind}/{name}"))
        with open(os.path.join(folder, name.replace("@.", "@internal.")), "w", encoding="utf-8") as file:
            file.write(text)


def check_units(tree):
    for kind in ("system", "user"):
        with tempfile.TemporaryDirectory() as folder:
            copy_units(tree, kind, folder)
            scope = ["--user"] if kind == "user" else []
            files = [os.path.join(folder, name) for name in sorted(os.listdir(folder))]
            yield from complaints("systemd-analyze", "verify", "--man=no", *scope, *files,
                                  env={**os.environ, "XDG_RUNTIME_DIR": folder})
    yield from check_grants(tree)


def check_grants(tree):
    """Each thing that a unit lets through stands below its reason."""
    for name in MOST_EXPOSURE:
        lines = tree.read(f"system/{name}").split("\n")
        if "# Restrict:" not in lines or "# Grant:" not in lines:
            yield f"{name}: says not what it restricts and what it grants"
            continue
        above = ""
        for line in lines[lines.index("# Grant:"):]:
            if line.startswith("["):
                break
            if "=" in line and not line.startswith("#") and (not above.startswith("#") or above == "# Grant:"):
                yield f"{name}: {line}: has no reason above"
            above = line


def exposure(path, most):
    """Whether systemd-analyze finds the unit more exposed than so many tenths, and its last words."""
    code, said = run("systemd-analyze", "security", "--offline=true", "--no-pager", f"--threshold={most}", path)
    return code != 0, said.strip().split("\n")[-1]


def check_security(tree):
    """How exposed each service is, in tenths, as systemd-analyze counts; and that it counts."""
    with tempfile.TemporaryDirectory() as folder:
        for name, most in MOST_EXPOSURE.items():
            file = os.path.join(folder, name.replace("@.", "@1."))
            shutil.copy(tree.path(f"system/{name}"), file)
            exposed, words = exposure(file, most)
            print(words)
            if exposed:
                yield f"{name}: more exposed than {most / 10}"
            with open(file, encoding="utf-8") as unit:
                text = unit.read()
            with open(file, "w", encoding="utf-8") as unit:
                unit.write(text.replace("NoNewPrivileges=yes", "").replace("SystemCallFilter=", "#"))
            if not exposure(file, most)[0]:
                yield f"{name}: would also pass with every system call and new privileges"


def check_sockets(tree):
    """Who may knock where."""
    control = tree.read("system/wayhome.socket")
    for line in ("ListenStream=/run/wayhome/control", "SocketMode=0666", "DirectoryMode=0755"):
        if line not in control.split("\n"):
            yield f"wayhome.socket: {line} is missing"
    for what in SEALING:
        lines = tree.read(f"system/wayhome-seal-{what}.socket").split("\n")
        for line in (f"ListenStream=/run/wayhome/seal/{what}", "SocketUser=wayhome", "SocketMode=0600", "Accept=yes"):
            if line not in lines:
                yield f"wayhome-seal-{what}.socket: {line} is missing"
    if re.search(r"(?m)^RuntimeDirectory=", tree.read("system/wayhome.service")):
        yield "wayhome.service: would take its sockets away when it ends (RuntimeDirectory)"


def check_polkit(tree):
    path = tree.path("polkit/org.wayhome.policy")
    yield from complaints("xmllint", "--noout", "--nonet", path)
    wanted = {"org.wayhome.manage": ("auth_admin", "auth_admin", "auth_admin_keep"),
              "org.wayhome.claim": ("auth_admin", "auth_admin", "yes")}
    found = {}
    for action in xml.etree.ElementTree.parse(path).getroot().iter("action"):
        defaults = action.find("defaults")
        found[action.get("id")] = tuple(defaults.findtext(name)
                                        for name in ("allow_any", "allow_inactive", "allow_active"))
        owner = [note.text for note in action.iter("annotate")
                 if note.get("key") == "org.freedesktop.policykit.owner"]
        if owner != ["unix-user:wayhome"]:
            yield f"{action.get('id')}: the service may not ask about it ({owner})"
    if found != wanted:
        yield f"{path}: {found} instead of {wanted}"


def check_desktop(tree):
    for name in ("org.wayhome.Wayhome.desktop", "org.wayhome.Wayhome-autostart.desktop"):
        yield from complaints("desktop-file-validate", tree.path(f"desktop/{name}"))
    # The entry is a file of settings, and stays when the package is removed.
    if "TryExec=wayhome" not in tree.read("desktop/org.wayhome.Wayhome-autostart.desktop").split("\n"):
        yield "the entry that starts the app would start a program that is not there any more (TryExec)"


def check_metainfo(tree):
    code, said = run("appstreamcli", "validate", "--no-net", "--pedantic",
                     tree.path("desktop/org.wayhome.Wayhome.metainfo.xml"))
    if code != 0 or re.search(r"(?m)^[EWI]: ", said):
        yield said.strip()


def manuals(tree):
    folder = os.path.join(tree.build, "man")
    return [os.path.join(folder, name) for name in sorted(os.listdir(folder))]


def check_manuals(tree):
    for path in manuals(tree):
        yield from complaints("mandoc", "-T", "lint", "-W", "warning", path)
        yield from complaints("groff", "-ww", "-man", "-K", "utf8", "-T", "utf8", "-z", path)
    yield from check_commands(tree)
    for program in tree.programs:
        yield from check_options(tree, os.path.basename(program), run(program, "--help")[1])


def manual(tree, name):
    """As people read it."""
    page = next(path for path in manuals(tree) if os.path.basename(path).startswith(f"{name}."))
    code, text = run("groff", "-man", "-K", "utf8", "-T", "utf8", "-P", "-cbou", page)
    if code != 0:
        raise RuntimeError(f"{page} cannot be shown: {text}")
    return text.replace("‐", "-").replace("−", "-")


def check_options(tree, name, helped):
    """Every option that the program's own help has, besides those for looking up help."""
    options = set(re.findall(r"(?m)^  (?:-h, )?(--[a-z-]+)", helped))
    if not options:
        yield f"{name} --help has no options"
    shown = manual(tree, name)
    for option in sorted(options):
        if not option.startswith("--help-") and not re.search(rf"(?m)^ +{option}\b", shown):
            yield f"manual of {name}: {option} is missing"


def check_commands(tree):
    """The manual of wayhomectl has every command, and every option, that the program's help has."""
    program = tree.programs[0]
    shown = manual(tree, "wayhomectl")
    helped = run(program, "--help")[1]
    commands = set(re.findall(r"(?m)^  ([a-z][a-z-]*)(?: \[COMMAND\])?  ", helped)) - {"wayhomectl", "help"}
    if not commands:
        yield "there are no commands to compare"
    for command in sorted(commands):
        if not re.search(rf"(?m)^ +{command}\b", shown):
            yield f"wayhomectl(1): {command} is missing"
        for option in sorted(set(re.findall(r"(?m)^  (--[a-z0-9-]+)", run(program, "help", command)[1]))):
            if option not in shown:
                yield f"wayhomectl(1): {command} {option} is missing"


def check_debian(tree):
    """What stands in two places is the same in both."""
    with open(os.path.join(tree.project, "CMakeLists.txt"), encoding="utf-8") as file:
        version = re.search(r"project\(wayhome VERSION ([0-9.]+)", file.read()).group(1)
    newest = tree.read("debian/changelog").split("\n")[0]
    if not newest.startswith(f"wayhome ({version}) "):
        yield f"debian/changelog begins with “{newest}”, and the project is of version {version}"
    names = re.findall(r"(?m)^(lib\S+-dev|nettle-dev)\b", tree.read("debian/control").replace("\n ", "\n"))
    with open(os.path.join(tree.project, "tests/packages"), encoding="utf-8") as file:
        installed = file.read().split("\n")
    for name in names:
        if name not in installed:
            yield f"{name} is needed to build the packages and not in tests/packages"
    if not names:
        yield "debian/control needs nothing to build"


def check_arguments(tree):
    """What build-deb says to whoever calls it wrongly; it builds nothing here."""
    program = os.path.join(tree.top, "build-deb")
    for arguments, code, word in (((), 2, "usage: "), (("--else", "x"), 2, "usage: "), (("a", "b"), 2, "usage: "),
                                  (("--version",), 2, "usage: "), (("--version", "1; rm", "x"), 1, "is none"),
                                  (("/proc/packages",), 1, "cannot be made"), (("/proc",), 1, "may not write")):
        found, said = run(program, *arguments)
        if found != code or word not in said:
            yield f"build-deb {' '.join(arguments)}: ended with {found} and said: {said.strip()}"


CHECKS = {"arguments": check_arguments, "units": check_units, "security": check_security, "sockets": check_sockets,
          "polkit": check_polkit, "desktop": check_desktop, "metainfo": check_metainfo, "manuals": check_manuals, "debian": check_debian}


def main():
    check, top, build, *programs = sys.argv[1:]
    try:
        problems = list(CHECKS[check](Tree(top, build, programs)))
    except Skip as reason:
        print(f"skipped: {reason}")
        return 77
    print("\n".join(problems) if problems else f"{check}: fine")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
