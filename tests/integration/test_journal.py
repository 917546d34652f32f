"""What the system's journal gets, and what it does not."""
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import journal, named  # noqa: E402
from lab.case import LabTest, main  # noqa: E402


def kinds():
    """name: id, as the service has them."""
    with open(os.path.join(named.SOURCE, "service/base/log.c")) as file:
        return dict(re.findall(r'\[WH_LOG_(\w+)\] = \{"(\w+)"', file.read()))


class Journals(LabTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ids = kinds()

    def setUp(self):
        super().setUp()
        self.lab.provider.behaviour = "good"

    def begin(self, *options):
        """A service that writes to a journal, as under the service manager: not with --verbose."""
        made, book = self.new_service(), journal.Journal()
        made.arguments = lambda: [*made.command, f"--state={made.state}", f"--config={made.config}",
                                  f"--control={made.control}", *options]
        made.spawn = lambda: setattr(made, "process", made.node.popen(
            made.arguments(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=book.stderr))
        made.log = lambda: book.raw.decode(errors="replace")
        return made.start(), book

    def entry(self, book, kind, **fields):
        return book.entry(MESSAGE_ID=self.ids[kind], **fields)

    def test_a_change(self):
        made, book = self.begin()
        self.assertEqual(self.entry(book, "STARTED")["WAYHOME_SCOPE"], "system")
        host = self.add_own(made)
        self.assert_proven(made, host)
        _, address = self.lab.change4()
        fields = {"WAYHOME_FAMILY": "ipv4", "WAYHOME_ADDRESS": address}
        self.assertEqual(self.entry(book, "ADDRESS", **fields)["WAYHOME_REASON"], "direct")
        fields |= {"WAYHOME_NAME": "home.dyn.example", "WAYHOME_HOST": host, "WAYHOME_ACCOUNT": "rfc2136"}
        self.assertEqual(self.entry(book, "CONFIRMED", **fields)["WAYHOME_RESULT"], "CHANGED")
        proven = self.entry(book, "PROVEN", **fields)
        self.assertIn(address, proven["MESSAGE"])
        self.assertEqual(proven["PRIORITY"], "6")
        self.assertEqual(book.of(MESSAGE_ID=self.ids["SENT"]), [])
        self.assertEqual(made.stop(), 0)
        self.entry(book, "STOPPING")

    def test_refused_and_let_go_on(self):
        made, book = self.begin()
        self.lab.provider.behaviour = "badauth"
        host = self.add_free(made)
        halted = self.entry(book, "HALTED", WAYHOME_RESULT="AUTH")
        self.assertEqual((halted["WAYHOME_SCOPE"], halted["PRIORITY"]), ("account", "4"))
        self.lab.provider.behaviour = "good"
        made.call("Resume", host=host)
        self.entry(book, "RESUMED")
        self.entry(book, "CONFIRMED", WAYHOME_NAME="camera.free.example")

    def test_a_wait_says_until_when(self):
        made, book = self.begin()
        self.lab.provider.behaviour = "911"
        self.add_free(made)
        waiting = self.entry(book, "WAITING", WAYHOME_RESULT="SERVER")
        self.assertRegex(waiting["WAYHOME_UNTIL"], r"^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$")

    def test_a_flapping_line_does_not_fill_it(self):
        made, book = self.begin()
        self.assert_proven(made, self.add_own(made, "flap.dyn.example"))
        for _ in range(30):
            _, address = self.lab.change4()
            self.until("the address is known", lambda: made.verdict()["address"] == address)
        self.assertEqual(made.stop(), 0)
        self.entry(book, "STOPPING")
        for kind in ("ADDRESS", "CONFIRMED", "HELD", "PROVEN"):
            self.assertLessEqual(len(book.of(MESSAGE_ID=self.ids[kind])), 11, kind)

    def test_idle_says_nothing(self):
        made, book = self.begin()
        self.assert_proven(made, self.add_own(made, "idle.dyn.example"))
        self.entry(book, "PROVEN")
        before = len(book.entries)
        self.stays("the journal", lambda: len(book.entries) == before, 1.5)

    def test_pause_reload_and_a_broken_rule(self):
        made, book = self.begin()
        made.call("Pause")
        self.entry(book, "PAUSED")
        made.call("Resume")
        self.entry(book, "UNPAUSED")
        made.call("Reload")
        self.entry(book, "RELOADED")
        with made.connect() as connection:
            connection.send_bytes(b"nonsense\0")
            self.assertIsNone(connection.receive())
        self.assertIn("uid:", self.entry(book, "DROPPED")["WAYHOME_PRINCIPAL"])

    def test_a_notice_comes_and_goes(self):
        made, book = self.begin()
        folder = made.config + "/hosts.d"
        os.makedirs(folder, exist_ok=True)
        with open(folder + "/bad.conf", "w") as file:
            file.write("nonsense\n")
        made.call("Reload")
        self.entry(book, "DECLARED_TROUBLE", WAYHOME_NOTICE="declared_files")
        os.unlink(folder + "/bad.conf")
        made.call("Reload")
        self.entry(book, "MENDED", WAYHOME_NOTICE="declared_files")

    def test_nobody_reads_it(self):
        """It goes on as ever, and says later that lines are missing."""
        made, book = self.begin()
        host = self.add_own(made, "deaf.dyn.example")
        self.assert_proven(made, host)
        book.hold()
        _, address = self.lab.change4()
        self.until("the address is known", lambda: made.verdict()["address"] == address)
        self.assert_proven(made, host)
        self.stays("the service answers", lambda: made.call("Status"), 0.3)
        book.let_go()
        made.call("Pause")
        self.assertRegex(self.entry(book, "LOST")["MESSAGE"], r"^\d+ lines? of this log w")
        self.assertEqual(book.of(MESSAGE_ID=self.ids["ADDRESS"], WAYHOME_ADDRESS=address), [])

    def test_nobody_reads_standard_error(self):
        """A pipe that is full: whatever started it has stopped reading."""
        reading, writing = os.pipe()
        made = self.new_service()
        made.spawn = lambda: setattr(made, "process", made.node.popen(
            made.arguments(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=writing))
        made.log = lambda: ""
        made.start()
        host = self.add_own(made, "mute.dyn.example")
        self.assert_proven(made, host)
        os.set_blocking(writing, False)
        try:
            while True:
                os.write(writing, b"x" * 4096)
        except BlockingIOError:
            os.set_blocking(writing, True)
        _, address = self.lab.change4()
        self.until("the address is known", lambda: made.verdict()["address"] == address)
        self.assert_proven(made, host)
        self.assertEqual(made.stop(), 0)
        os.close(reading)
        os.close(writing)

    def test_the_catalogue_explains_them(self):
        """As the journal's own program shows it."""
        made, book = self.begin()
        text = self.entry(book, "STARTED")["MESSAGE_ID"]
        root = self.lab.folder + "/root"
        for folder in ("usr/lib/systemd/catalog", "var/lib/systemd/catalog"):
            os.makedirs(f"{root}/{folder}")
        os.symlink(os.path.join(named.SOURCE, "installer/linux/wayhome.catalog"),
                   root + "/usr/lib/systemd/catalog/wayhome.catalog")
        try:
            subprocess.run(["journalctl", "--root", root, "--update-catalog"], check=True)
        except FileNotFoundError:
            self.skipTest("journalctl is not there")
        shown = subprocess.run(["journalctl", "--root", root, "--dump-catalog", text], check=True,
                               capture_output=True, text=True).stdout
        self.assertIn("Subject: Wayhome runs", shown)


if __name__ == "__main__":
    main()
