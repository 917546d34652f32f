"""The service of Windows: installed, started, asked, stopped, killed."""
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import wine  # noqa: E402
from lab.wait import until  # noqa: E402
from lab.windows import DATA, PROGRAMS, Windows  # noqa: E402

SECRET = "kH7-secret-of-this-test-w2Qx"
DECLARED = """[account]
provider=duckdns
secret.token=file:home.secret

[host declared.duckdns.org]
"""


class Service(unittest.TestCase):
    def setUp(self):
        self.computer = Windows(TEMPLATE)
        self.addCleanup(self.computer.end)
        self.computer.create_service()

    def add(self):
        self.computer.order("add-account", "duckdns", "--label", "Home", text=SECRET + "\n")
        self.computer.order("add-host", "kept.duckdns.org")

    def names(self):
        return [host["name"] for host in self.computer.state()["hosts"]]

    def test_life(self):
        self.assertEqual(self.computer.service_state(), "STOPPED")
        away = self.computer.ctl("status")
        self.assertEqual(away.code, 3, away.out + away.err)
        self.assertIn("Start-Service wayhome", away.err)
        self.computer.start_service()
        self.assertIn("No name is kept yet", self.computer.ctl("status").out)
        self.add()
        self.assertIn("kept.duckdns.org", self.computer.ctl("status").out)
        self.assertEqual(self.computer.state()["service"]["scope"], "system")
        self.computer.stop_service()
        self.assertIsNone(self.computer.service_process())
        self.assertEqual(self.computer.ctl("status").code, 3)
        self.computer.start_service()
        self.assertEqual(self.names(), ["kept.duckdns.org"])
        self.assertEqual(self.secret_state(), "present")
        self.computer.stop_service()
        self.assertEqual(self.computer.leaks([SECRET]), [])

    def secret_state(self):
        account, = self.computer.state()["accounts"]
        return account["secrets"][0]["state"]

    def test_killed(self):
        """It starts by itself when the computer does. That Windows restarts it is on the checklist."""
        self.computer.start_service()
        self.add()
        self.computer.lose_power()
        self.computer.start()
        self.assertEqual(self.names(), ["kept.duckdns.org"])
        self.assertEqual(self.secret_state(), "present")
        self.assertEqual(self.computer.state()["service"]["notices"], [])

    def test_where_things_are(self):
        self.computer.start_service()
        self.add()
        for name in ("state\\wayhome.db", "config"):
            self.assertTrue(os.path.exists(self.computer.prefix.unix(f"{DATA}\\{name}")), name)
        query = self.computer.prefix.run("reg", "query", "HKLM\\System\\CurrentControlSet\\Services\\wayhome", "/v",
                                         "ImagePath")
        self.assertIn(f'"{PROGRAMS}\\wayhomed.exe"', query.out)

    def test_declared(self):
        """Files of the administrator, as the manual has them."""
        self.computer.start_service()
        for name, text in (("home.secret", SECRET), ("hosts.d/own.conf", DECLARED)):
            with open(os.open(self.computer.prefix.unix(f"{DATA}\\config/{name}"), os.O_CREAT | os.O_WRONLY, 0o600),
                      "w", encoding="utf-8", newline="\r\n") as file:
                file.write(text)
        self.computer.order("reload")
        self.assertEqual(self.names(), ["declared.duckdns.org"])
        self.assertEqual(self.secret_state(), "present")
        self.assertEqual(self.computer.state()["service"]["notices"], [])
        with open(self.computer.prefix.unix(f"{DATA}\\config/hosts.d/own.conf"), "a", encoding="utf-8") as file:
            file.write("colour=blue\n")
        self.computer.order("reload")
        self.assertRegex(self.computer.ctl("status").out, r"own\.conf:6: There is no such key")
        self.assertEqual(self.names(), ["declared.duckdns.org"])

    def test_console(self):
        """By hand, for one person: its own pipe, and state below their own folder."""
        process = self.computer.serve("--user")
        until("it answers", lambda: self.computer.ctl("status").code == 0, 60)
        self.assertEqual(self.computer.state()["service"]["scope"], "user")
        self.add()
        self.assertIsNone(process.poll())
        self.assertNotIn(SECRET.encode(), self.computer.log())


if __name__ == "__main__":
    TEMPLATE = wine.enter_or_skip()
    unittest.main(verbosity=2, warnings="ignore")
