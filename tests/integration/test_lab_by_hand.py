"""The lab by hand: it takes orders, hands on exit codes, and is gone with its command, whatever ends that."""
import os
import signal
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import tunnel  # noqa: E402
from lab.case import LabTest, main  # noqa: E402
from lab.named import SOURCE  # noqa: E402

CONSOLE = [sys.executable, "-B", SOURCE + "/tests/lab/console.py"]


def below(process):
    """The processes that descend from one, by number."""
    parents = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat") as file:
                parents[int(name)] = int(file.read().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found, more = set(), {process}
    while more:
        more = {child for child, parent in parents.items() if parent in more} - found
        found |= more
    return found


def is_alive(process):
    try:
        with open(f"/proc/{process}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


class ByHand(LabTest):
    @classmethod
    def setUpClass(cls):
        pass  # each test makes its lab by the command

    def at_home(self, *words):
        return subprocess.run([*CONSOLE, *words], text=True, capture_output=True, timeout=120)

    def test_orders(self):
        done = self.at_home("--router", "false", "--", "/bin/sh", "-c", "lab status; lab wan-change 11.22.33.44; "
                            "lab router-says natpmp failure; lab status; lab vpn up; ip route get 11.99.0.90; "
                            "lab line sideways; lab nothing; exit 7")
        self.assertEqual(done.returncode, 7, done.stderr)
        self.assertIn("line: 11.22.33.44", done.stdout)
        self.assertIn("result=3", done.stdout)
        self.assertIn("dev tun0" if tunnel.is_available() else "dev eth0", done.stdout)
        self.assertIn("usage: lab line", done.stderr)
        self.assertIn("There is no action nothing", done.stderr)

    def test_every_action_is_explained(self):
        listed = self.at_home("--router", "none", "--", "lab", "help").stdout
        self.assertGreater(listed.count("  lab "), 25)
        self.assertTrue(all(line.strip() for line in listed.splitlines()), listed)

    def test_impossible_wishes(self):
        for words in (["--router", "none", "--ipv6"], ["--router", "silent", "--double", "--ipv6"], ["--router", "x"]):
            done = self.at_home(*words, "--", "true")
            self.assertNotEqual(done.returncode, 0)
            self.assertNotIn("Traceback", done.stderr)

    def test_killed(self):
        for number in (signal.SIGKILL, signal.SIGTERM):
            with self.subTest(number.name):
                made = subprocess.Popen([*CONSOLE, "--router", "announcing", "--ipv6", "--", "/bin/sh", "-c",
                                         "echo ready; exec sleep 1000"], stdout=subprocess.PIPE, text=True)
                self.assertEqual(made.stdout.readline(), "ready\n")
                inside = below(made.pid)
                self.assertGreaterEqual(len(inside), 5, "BIND twice, miniupnpd, radvd, the command")
                made.send_signal(number)
                made.wait(20)
                made.stdout.close()
                self.until("everything in it is gone", lambda: not any(is_alive(each) for each in inside), 20)


if __name__ == "__main__":
    main()
