"""A test case in a booted Debian on the lab's line, with Wayhome installed from its packages."""
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time

from . import case, container, sandbox, varlink
from .case import LabTest
from .container import Container
from .leaks import Search
from .person import CONTROL
from .service import Service

SERVICE = "wayhome.service"
UNITS = (SERVICE, "wayhome.socket", "wayhome-seal-encrypt.socket", "wayhome-seal-decrypt.socket")
STATE = "/var/lib/wayhome"
SEALED = STATE + "/secrets"
PASSWORD = "a password of root"
PEOPLE = ("alice", "bob")


class Installed(Service):
    """The service in a container, as one person sees it."""

    def __init__(self, person):  # nothing of it is started here
        self.person = person
        self.box = person.container
        self.control = CONTROL

    def seen_by(self, person):
        return Installed(person)

    def connect(self):
        return self.person.connect()

    def watch(self):
        return varlink.Watch(self.person.connect(timeout=None))

    def log(self):
        return self.box.journal()


def skip(reason):
    print(f"skipped: {reason}")
    sys.stdout.flush()
    os._exit(sandbox.SKIPPED)


def repacked(package, folder, change):
    """A package that was taken apart, changed by change(its tree), and put together again."""
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        tree = os.path.join(scratch, "tree")
        subprocess.run(["dpkg-deb", "--raw-extract", package, tree], check=True)
        change(tree)
        made = os.path.join(folder, f"changed-{time.time_ns()}.deb")
        subprocess.run(["dpkg-deb", "--root-owner-group", "--build", "-Znone", tree, made], check=True,
                       stdout=subprocess.DEVNULL)
    return made


class BoxTest(LabTest):
    """One container a class. `install` None: the service's package is installed before it boots; a class may say
    False. At the end of the class it is made sure that nothing it said or kept holds a secret of the test."""

    install = True
    boots = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.secrets = [cls.lab.key.secret]
        try:
            cls.box = Container(cls.lab.home)
        except sandbox.Unavailable as reason:
            skip(reason)
        cls.addClassCleanup(cls.box.close)
        cls._furnish()
        if cls.boots:
            cls.box.boot()

    @classmethod
    def _furnish(cls):
        """People, a persistent journal, the lab's name servers and certificate authority; the package."""
        shutil.copy("/etc/resolv.conf", cls.box.path("/etc/resolv.conf"))
        shutil.copy("/etc/ssl/certs/ca-certificates.crt", cls.box.path("/etc/ssl/certs/ca-certificates.crt"))
        cls.box.write("/etc/hosts", "127.0.0.1 localhost\n127.0.1.1 box\n")
        cls.box.write("/etc/hostname", "box\n")
        cls.box.write("/etc/systemd/journald.conf.d/lab.conf", "[Journal]\nStorage=persistent\nRateLimitBurst=0\n")
        cls.box.write("/etc/systemd/logind.conf.d/lab.conf", "[Login]\nUserStopDelaySec=0\n")
        cls.deb = "/srv/wayhome-service.deb"
        shutil.copy(container.packages()["wayhome-service"], cls.box.path(cls.deb))
        script = "".join(f"useradd --create-home --shell /bin/bash {name}\n" for name in PEOPLE)
        script += f"echo 'root:{PASSWORD}' | chpasswd\nrm -rf /var/lib/systemd/credential.secret\n"
        if cls.install:
            script += f"dpkg --install {cls.deb}\n"
        cls.box.prepare(script)

    @classmethod
    def tearDownClass(cls):
        found = cls.search().found
        if found:
            raise AssertionError("secrets where none may be:\n" + "\n".join(found))
        super().tearDownClass()

    def run(self, result=None):
        before = len(result.failures) + len(result.errors)
        super().run(result)
        if len(result.failures) + len(result.errors) > before:
            print(f"--- journal of the box in {self.id()}\n" + self.box.journal("-o", "short-precise")[-8000:],
                  file=sys.stderr)

    @classmethod
    def search(cls):
        """Everything that the whole box printed, keeps, and sent over the control socket."""
        box, search = cls.box, Search(cls.secrets)
        search.data("journal", box.journal("--all", "--output=export").encode(errors="replace"))
        search.data("what was printed", b"".join(box.said))
        search.data("what was sent over the control socket", b"".join(box.heard))
        search.data("the console", box.console().encode())
        for folder in ("/etc", "/home", "/var", "/tmp", "/srv", "/opt", "/usr/local", pwd.getpwuid(0).pw_dir):
            search.tree(box.path(folder))
        if box.leader:
            for folder in ("/run", "/tmp", "/dev/shm"):
                search.tree(box.live(folder), [box.live("/run/host"), box.live("/run/credentials")])
            search.processes(name for name in os.listdir("/proc") if name.isdigit() and int(name) > box.leader)
        return search

    # what tests do

    def service(self, person=None):
        return Installed(person or self.box.admin)

    def secret(self, text):
        """A secret that the test is about to use, and that must not be seen again."""
        self.secrets.append(text)
        return text

    def drop_in(self, name, text, unit=SERVICE):
        """A piece of configuration for a unit, until the end of the test."""
        path = f"/etc/systemd/system/{unit}.d/{name}.conf"
        self.box.write(path, text)
        self.addCleanup(self._remove_drop_in, path)
        if self.box.leader:
            self.box.admin.run("systemctl", "daemon-reload", check=True)

    def _remove_drop_in(self, path):
        if os.path.exists(self.box.path(path)):
            os.unlink(self.box.path(path))
            if self.box.leader:
                self.box.admin.run("systemctl", "daemon-reload")

    def restart(self):
        self.box.admin.run("systemctl", "restart", SERVICE, check=True)

    def back(self, before):
        """Waits until the service runs as another process than `before`, and answers; returns its number."""
        def other():
            now = self.box.main_pid()
            return now if now not in (0, before) and self.box.show(SERVICE, "ActiveState") == "active" else None

        number = self.until("the service is back", other, 30, 0.05)
        self.service().status()
        return number

    def notice(self, code, made=None, seconds=15):
        """Waits for a notice, and returns its sentence."""
        made = made or self.service()

        def found():
            service = made.status()["service"]
            return dict(zip(service["notices"], service["notice_details"])).get(code)

        return self.until(f"the service says {code}", found, seconds, 0.05)

    def refused(self, person, method, error="PermissionDenied", **parameters):
        """The error reply of a call that must not succeed."""
        with self.assertRaises(varlink.VarlinkError) as caught:
            person.call(method, **parameters)
        name = caught.exception.name
        self.assertEqual(name.rsplit(".", 1)[1], error, f"{person.user}: {method}: {caught.exception}")
        return caught.exception

    def sealed_files(self):
        """Name to content of the sealed copies of secrets; what the service keeps to try its key with is none."""
        folder, found = self.box.path(SEALED), {}
        for name in os.listdir(folder):
            with open(os.path.join(folder, name), "rb") as file:
                content = file.read()
            if b"\nwayhome-sealed " in content and not name.startswith("canary"):
                found[name] = content
        return found

    def until_sealed(self, count=1):
        """Secrets, and what the service tries its key with."""
        canary = self.box.path(SEALED + "/canary.secret")
        return self.until("the secret has been sealed",
                          lambda: len(self.sealed_files()) >= count and os.path.exists(canary), 20)


def main():
    """Runs the tests of the calling file; 77 where no container can be booted."""
    try:
        container.require()
    except sandbox.Unavailable as reason:
        skip(reason)
    case.main(built=False)
