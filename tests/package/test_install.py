"""The packages come, are replaced, and go."""
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import container  # noqa: E402
from lab.box import SEALED, SERVICE, STATE, UNITS, BoxTest, main, repacked  # noqa: E402
from lab.person import CONTROL  # noqa: E402

EXPOSURE = 15  # tenths; what systemd-analyze calls the exposure of the service
EARLIER = "0.0.9"


def make_earlier(tree):
    with open(tree + "/DEBIAN/control", encoding="utf-8") as file:
        text = file.read()
    with open(tree + "/DEBIAN/control", "w", encoding="utf-8") as file:
        file.write(re.sub(r"(?m)^Version: .*$", f"Version: {EARLIER}", text))


class Packages(BoxTest):
    install = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = cls.box.path("/srv")
        made = repacked(container.packages()["wayhome-service"], folder, make_earlier)
        cls.earlier = "/srv/" + os.path.basename(made)

    def dpkg(self, *arguments):
        return self.box.admin.run("dpkg", *arguments, check=True)

    def tearDown(self):
        self.box.admin.run("dpkg", "--purge", "wayhome", "wayhome-service")
        self.box.admin.run("rm", "-rf", STATE)

    def version(self):
        return self.box.admin.run("dpkg-query", "--show", "--showformat=${Version}", "wayhome-service").out

    def states(self, *question):
        return dict(zip(UNITS, self.box.admin.run("systemctl", *question, *UNITS).out.split()))

    def assert_up(self):
        self.assertEqual(set(self.states("is-active").values()), {"active"})
        self.assertEqual(self.service().status()["service"]["scope"], "system")

    def leftovers(self):
        """Everything with the name, but for the administrator's own and what was copied there by the test."""
        return self.box.admin.run("find", "/etc", "/usr", "/var", "/run", "/tmp", "/home", "-xdev",
                                  "-iname", "*wayhome*").out.split()

    def test_install(self):
        """As a person does it who was given the file: nothing is downloaded, and it runs."""
        self.box.admin.run("apt-get", "install", "--yes", "--no-install-recommends", self.deb, check=True)
        self.assert_up()
        self.assertEqual(set(self.states("is-enabled").values()), {"enabled"})
        self.assertEqual(self.box.admin.run("systemctl", "--failed", "--plain", "--no-legend").out, "")
        self.assertEqual(self.box.show(SERVICE, "User"), "wayhome")
        modes = self.box.admin.run("stat", "--format=%a %U %n", STATE, "/etc/wayhome", CONTROL,
                                   "/run/wayhome/seal/encrypt", "/run/wayhome/seal/decrypt").out.splitlines()
        self.assertEqual(modes, [f"700 wayhome {STATE}", "755 root /etc/wayhome", f"666 root {CONTROL}",
                                 "600 wayhome /run/wayhome/seal/encrypt", "600 wayhome /run/wayhome/seal/decrypt"])
        user = self.box.admin.run("getent", "passwd", "wayhome").out.strip().split(":")
        self.assertEqual(user[6], "/usr/sbin/nologin")
        self.assertEqual(self.box.admin.ctl("status").code, 0)

    def test_security(self):
        self.dpkg("--install", self.deb)
        done = self.box.admin.run("systemd-analyze", "security", "--no-pager", f"--threshold={EXPOSURE}", SERVICE)
        print(done.out.strip().splitlines()[-1])
        self.assertEqual(done.code, 0, done.text)
        process = self.box.main_pid()
        status = self.box.admin.run("cat", f"/proc/{process}/status").out
        self.assertRegex(status, r"(?m)^CapEff:\s*0+$")
        self.assertRegex(status, r"(?m)^CapBnd:\s*0+$")
        self.assertRegex(status, r"(?m)^NoNewPrivs:\s*1$")
        self.assertRegex(status, r"(?m)^Seccomp:\s*2$")

    def test_upgrade_keeps_everything(self):
        self.dpkg("--install", self.earlier)
        made = self.service()
        host = self.add_own(made, "upgraded.dyn.example")
        self.assert_proven(made, host)
        self.until_sealed()
        before, files = self.box.main_pid(), self.sealed_files()
        self.dpkg("--install", self.deb)
        self.assertNotEqual(self.version(), EARLIER)
        self.assertNotEqual(self.box.main_pid(), before)
        self.assert_up()
        self.assertEqual(self.sealed_files(), files)
        self.lab.change4()
        record = self.assert_proven(made, host)
        self.assertEqual(record["acknowledged"], self.lab.address)
        self.assertEqual(self.lab.lookup("upgraded.dyn.example"), [self.lab.address])

    def test_disabled_stays_disabled(self):
        self.dpkg("--install", self.earlier)
        self.box.admin.run("systemctl", "disable", "--now", *UNITS, check=True)
        self.dpkg("--install", self.deb)
        self.assertEqual(set(self.states("is-enabled").values()), {"disabled"})
        self.assertEqual(set(self.states("is-active").values()), {"inactive"})
        with self.assertRaises(OSError):
            self.box.admin.connect()

    def test_remove_keeps_the_state(self):
        self.dpkg("--install", self.deb)
        host = self.add_own(self.service(), "removed.dyn.example")
        self.assert_proven(self.service(), host)
        self.until_sealed()
        process = self.box.main_pid()
        self.dpkg("--remove", "wayhome-service")
        self.assertNotEqual(self.box.admin.run("test", "-d", f"/proc/{process}").code, 0)
        self.assertEqual(self.box.admin.run("find", "/run/wayhome", "-type", "s").out, "")
        self.assertTrue(os.path.isdir(self.box.path(SEALED)))
        self.dpkg("--install", self.deb)
        self.lab.change4()
        self.assertEqual(self.assert_proven(self.service(), host)["acknowledged"], self.lab.address)

    def test_purge_leaves_nothing(self):
        """But for the user: what it owns elsewhere must not become another's."""
        self.assertEqual(self.leftovers(), [])
        self.dpkg("--install", self.deb)
        self.box.write("/etc/wayhome/hosts.d/empty.conf", "")
        self.add_own(self.service(), "purged.dyn.example")
        self.until_sealed()
        self.assertIn(STATE, self.leftovers())
        self.dpkg("--purge", "wayhome-service")
        self.assertEqual(self.leftovers(), [])
        self.assertEqual(self.box.admin.run("getent", "passwd", "wayhome").code, 0)
        self.assertEqual(self.box.admin.run("systemctl", "list-unit-files", "--no-legend", "wayhome*").out.strip(), "")

    def test_app_comes_and_goes(self):
        """The files of the app alone: the libraries of a desktop are not in this container."""
        app = container.packages()["wayhome"]
        with open(app, "rb") as source, open(self.box.path("/srv/app.deb"), "wb") as target:
            target.write(source.read())
        self.dpkg("--install", self.deb)
        self.dpkg("--force-depends", "--install", "/srv/app.deb")
        self.assertEqual(self.box.admin.run("test", "-x", "/usr/bin/wayhome").code, 0)
        self.dpkg("--force-depends", "--purge", "wayhome")
        self.assert_up()
        self.dpkg("--purge", "wayhome-service")
        self.assertEqual(self.leftovers(), [])


if __name__ == "__main__":
    main()
