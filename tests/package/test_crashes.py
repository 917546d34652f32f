"""What goes wrong with the service or the computer: it comes back by itself, and nothing is lost."""
import os
import shutil
import signal
import sys
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import varlink  # noqa: E402
from lab.box import SERVICE, STATE, BoxTest, main  # noqa: E402
from lab.lab import NS1, ZONE  # noqa: E402

CLOCKSHIFT = os.environ.get("WAYHOME_CLOCKSHIFT", "")
SHIFT = "/usr/local/lib/clockshift.so"
AHEAD = "/run/lab-clock"  # how many seconds, as text


class Crashes(BoxTest):
    def setUp(self):
        super().setUp()
        if not self.box.leader:
            self.box.boot()
        made = self.service()
        for account in made.status()["accounts"]:
            made.call("RemoveAccount", account=account["id"])
        if not self.lab.address:
            self.lab.change4()
        self.host = self.add_own(made, "crash.dyn.example")
        self.assert_proven(made, self.host)
        self.until_sealed()

    def assert_works(self):
        """The name that was there follows the next address."""
        self.lab.change4()
        record = self.assert_proven(self.service(), self.host, seconds=40)
        self.assertEqual(record["acknowledged"], self.lab.address)

    def send(self, number):
        """A signal to the service's process; returns its number in the box."""
        process = self.box.main_pid()
        os.kill(self.box.outside_pid(process), number)
        return process

    def test_killed(self):
        for _ in range(3):
            self.back(self.send(signal.SIGKILL))
        self.assert_works()

    def test_fault(self):
        self.back(self.send(signal.SIGSEGV))
        self.assert_works()

    def test_hangs(self):
        self.drop_in("watchdog", "[Service]\nWatchdogSec=1s\nTimeoutAbortSec=1s\n")
        self.restart()
        self.service().status()
        before = self.send(signal.SIGSTOP)
        self.back(before)
        self.assertIn("watchdog", self.box.journal("--unit=" + SERVICE))
        self.assert_works()

    def on_small_disk(self):
        """The state on a disk of its own, with hardly any room."""
        self.box.admin.run("systemctl", "stop", SERVICE, check=True)
        self.box.admin.run("sh", "-ec", f"cp -a {STATE} /srv/state; mount -t tmpfs -o size=1m,mode=700 small {STATE};"
                                        f"cp -a /srv/state/. {STATE}; rm -rf /srv/state; chown wayhome: {STATE}",
                           check=True)
        self.addCleanup(self.box.admin.run, "sh", "-c", f"systemctl stop {SERVICE}; umount {STATE};"
                                                        f"systemctl start {SERVICE}")

    def fill(self, made):
        """Until nothing more can be written down, not even in what the service keeps free for that."""
        self.box.admin.run("sh", "-c", f"cat /dev/zero > {STATE}/filler")
        fields = {"server": NS1, "zone": ZONE}

        def is_full():
            try:
                made.call("AddAccount", provider="rfc2136", label="filler" * 10, fields=fields)
            except varlink.VarlinkError as error:
                self.assertTrue(error.name.endswith("NotSaved"), error)
                self.assertIn("full", error.parameters["reason"])
                return True
            return False

        self.until("nothing more can be written down", is_full, 30)

    def test_full_disk(self):
        """Names are kept right, nothing is said to be saved that is not, and room is enough to go on."""
        self.on_small_disk()
        self.box.admin.run("systemctl", "start", SERVICE, check=True)
        made = self.service()
        self.fill(made)
        account = made.status()["accounts"][0]["id"]
        self.refused(self.box.admin, "SetSecret", "NotSaved", account=account, field="secret",
                     secret=self.lab.key.secret)
        self.assert_works()
        print(self.notice("store_unwritable"))
        self.assertEqual(self.lab.lookup("crash.dyn.example"), [self.lab.address])
        self.box.admin.run("rm", f"{STATE}/filler", check=True)
        self.assert_works()
        self.until("no notice is left", lambda: not made.status()["service"]["notices"], 60, 0.1)
        self.back(self.send(signal.SIGKILL))
        self.assert_works()

    def test_full_disk_at_start(self):
        self.on_small_disk()
        self.box.admin.run("sh", "-c", f"cat /dev/zero > {STATE}/filler")
        self.box.admin.run("systemctl", "start", SERVICE, check=True)
        self.assert_works()

    def test_read_only_disk_at_start(self):
        """It says so and keeps its names right; with the next start everything is there again."""
        self.on_small_disk()
        self.box.admin.run("mount", "-o", "remount,ro", STATE, check=True)
        self.box.admin.run("systemctl", "start", SERVICE, check=True)
        print(self.notice("store_in_memory"))
        self.assert_works()
        self.assertEqual(self.box.show(SERVICE, "ActiveState"), "active")
        self.box.admin.run("mount", "-o", "remount,rw", STATE, check=True)
        self.restart()
        self.assert_works()
        self.assertEqual(self.service().status()["service"]["notices"], [])

    def test_disk_becomes_read_only(self):
        """As file systems do that find an error in themselves."""
        self.on_small_disk()
        self.box.admin.run("systemctl", "start", SERVICE, check=True)
        self.assert_works()
        self.box.admin.run("mount", "-o", "remount,ro", STATE)
        process = self.box.outside_pid(self.box.main_pid())
        if self.box.admin.run("findmnt", "--noheadings", "--output=OPTIONS", STATE).out.startswith("rw"):
            self.skipTest(f"a file system that process {process} writes to does not become read-only")
        self.assert_works()
        print(self.notice("store_unwritable"))

    def test_no_network_at_boot(self):
        self.box.go_down()
        self.lab.lose4()
        self.box.boot()
        made = self.service()
        self.assert_state(made, self.host, "no_address")
        self.assertEqual(self.box.show(SERVICE, "ActiveState"), "active")
        self.assert_works()

    @unittest.skipUnless(os.path.exists(CLOCKSHIFT), "what shifts a clock has not been built")
    def test_clock_of_1970_at_boot(self):
        """As of a computer without a battery. The name server refuses what is signed then; with the right time the
        name becomes right."""
        self.box.go_down()
        shutil.copy(CLOCKSHIFT, self.box.path("/usr/local/lib/clockshift.so"))
        self.box.write("/etc/tmpfiles.d/lab.conf", f"f {AHEAD} 0644 root root - {-int(time.time()) + 100}\n")
        self.addCleanup(os.unlink, self.box.path("/etc/tmpfiles.d/lab.conf"))
        self.drop_in("clock", f"[Service]\nEnvironment=LD_PRELOAD={SHIFT} LAB_CLOCK_FILE={AHEAD}\n")
        self.lab.change4()
        self.box.boot()
        made = self.service()
        self.assertLess(made.status()["service"]["started"], 86400 * 1e6, "the clock is not that of 1970")
        record = self.assert_state(made, self.host, "waiting", result="CLOCK")
        print(record["result"])
        self.box.admin.run("sh", "-c", f"echo 0 > {AHEAD}", check=True)
        made.call("UpdateNow")
        self.assertEqual(self.assert_proven(made, self.host, seconds=60)["acknowledged"], self.lab.address)


if __name__ == "__main__":
    main()
