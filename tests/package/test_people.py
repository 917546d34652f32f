"""The first person, another one who is signed in, and everybody else."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import varlink  # noqa: E402
from lab.box import PASSWORD, SEALED, SERVICE, STATE, BoxTest, main  # noqa: E402
from lab.lab import NS1, ZONE  # noqa: E402
from lab.person import Person  # noqa: E402

# Everything that changes something, with parameters that would be taken from somebody who may.
CHANGES = {
    "AddAccount": {"provider": "rfc2136", "fields": {"server": NS1, "zone": ZONE}},
    "EditAccount": {"account": "{account}", "label": "taken"},
    "RemoveAccount": {"account": "{account}"},
    "SetSecret": {"account": "{account}", "field": "secret", "secret": "dGFrZW4="},
    "ForgetSecrets": {"account": "{account}"},
    "UnlockKeyring": {},
    "AllowSecretFile": {"allowed": True},
    "KeepUnattended": {"enabled": False},
    "Reload": {},
    "AddHost": {"account": "{account}", "name": "taken.dyn.example", "ipv4": True, "ipv6": False},
    "EditHost": {"host": "{host}", "name": "taken.dyn.example"},
    "RemoveHost": {"host": "{host}"},
    "Test": {"account": "{account}", "name": "taken.dyn.example"},
    "UpdateNow": {},
    "Pause": {},
    "Resume": {},
}
LOOKS = {"Status": {}, "ListProviders": {}, "History": {}}


class FirstPerson(BoxTest):
    def test_adds_a_name(self):
        """Signed in at the screen: no password is asked for, and then they are the owner."""
        alice = self.box.session("alice")
        made = self.service(alice)
        self.assertIsNone(made.status()["service"].get("owner"))
        alice.call("Claim", interactive=True)
        self.until("the journal says who", lambda: "The owner is alice (uid:" in self.box.journal(), 15, 0.1)
        host = self.add_own(made, "first.dyn.example")
        self.assert_proven(made, host)
        self.assertEqual(self.lab.lookup("first.dyn.example"), [self.lab.address])
        service = made.status()["service"]
        self.assertEqual((service["owner"], service["caller"]), ("alice", "owner"))
        bob = self.box.session("bob")
        self.assertEqual(self.refused(bob, "Claim", "Owned", interactive=True).parameters["owner"], "alice")
        self.refused(bob, "SetOwner", user="bob")
        self.box.reboot()
        self.assertEqual(self.service().status()["service"]["owner"], "alice")
        self.box.person("alice").call("UpdateNow")

    def test_is_there(self):
        """Who is not signed in at the screen of this computer does not become the owner like that."""
        self.box.admin.call("SetOwner")
        self.refused(self.box.session("bob", seat=None), "Claim", "InteractionNeeded")
        self.refused(self.box.person("bob"), "Claim", "InteractionNeeded")
        self.refused(self.box.person("www-data"), "Claim")
        self.refused(self.box.person("nobody"), "Claim")
        self.assertIsNone(self.service().status()["service"].get("owner"))


class Others(BoxTest):
    """alice is the owner; she is signed in, and the active one at the screen is bob."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.box.admin.call("SetOwner", user="alice")
        cls.alice, cls.bob = cls.box.session("alice"), cls.box.session("bob")

    def setUp(self):
        super().setUp()
        made = self.service(self.alice)
        if not made.status()["hosts"]:
            self.add_own(made, "others.dyn.example")
        state = made.status()
        self.account, self.host = state["accounts"][0]["id"], state["hosts"][0]["id"]
        self.assert_proven(made, self.host)

    def truth(self):
        """What must not have changed."""
        state = self.service().status()
        return {"accounts": state["accounts"], "paused": state["service"]["paused"],
                "unattended": state["service"]["secrets"]["unattended"], "owner": state["service"]["owner"],
                "hosts": [(host["id"], host["name"], host["paused"]) for host in state["hosts"]],
                "sealed": self.sealed_files()}

    def parameters(self, given):
        return {name: value.format(account=self.account, host=self.host) if isinstance(value, str) else value
                for name, value in given.items()}

    def assert_changes_nothing(self, person, error):
        before = self.truth()
        for method, given in CHANGES.items():
            self.refused(person, method, error, **self.parameters(given))
        self.refused(person, "SetOwner", user=person.user)
        self.assertEqual(self.truth(), before)

    def test_somebody_else_who_is_signed_in(self):
        """Looks, sees no login and no word of a label; changes nothing."""
        state = self.bob.call("Status")["state"]
        self.assertEqual(state["service"]["caller"], "observe")
        self.assertEqual([(each["label"], each["fields"]) for each in state["accounts"]], [("", {})])
        self.assertEqual([each["name"] for each in state["hosts"]], ["others.dyn.example"])
        text = str(state) + str(self.bob.call("History"))
        for word in (self.lab.key.name, "own name server", "hmac"):
            self.assertNotIn(word, text)
        self.assertEqual(self.alice.call("Status")["state"]["accounts"][0]["label"], "own name server")
        self.assertEqual(self.bob.call("Keeps", names=["others.dyn.example", "x.example"])["kept"],
                         ["others.dyn.example"])
        self.assert_changes_nothing(self.bob, "InteractionNeeded")

    def test_without_a_session(self):
        for user in ("www-data", "nobody", "daemon"):
            person = self.box.person(user)
            for method, given in LOOKS.items():
                self.refused(person, method, **given)
            self.refused(person, "Keeps", names=["others.dyn.example"])
            error = "PermissionDenied" if user == "nobody" else "InteractionNeeded"
            self.assert_changes_nothing(person, error)

    def test_person_without_a_session(self):
        self.box.admin.run("useradd", "carol", check=True)
        carol = self.box.person("carol")
        for method, given in LOOKS.items():
            self.refused(carol, method, **given)
        self.assert_changes_nothing(carol, "InteractionNeeded")

    def test_polkit_says_no(self):
        rule = "/etc/polkit-1/rules.d/10-lab.rules"
        self.box.write(rule, "polkit.addRule(function(action, subject) { if (action.id.indexOf('org.wayhome.') == 0)"
                             " return polkit.Result.NO; });\n")
        self.addCleanup(self.box.admin.run, "systemctl", "restart", "polkit.service")
        self.addCleanup(os.unlink, self.box.path(rule))
        self.box.admin.run("systemctl", "restart", "polkit.service", check=True)
        self.assert_changes_nothing(self.bob, "PermissionDenied")
        self.alice.call("UpdateNow")

    def test_polkit_says_yes(self):
        """The administrator lets a group manage."""
        rule = "/etc/polkit-1/rules.d/10-lab.rules"
        self.box.write(rule, "polkit.addRule(function(action, subject) { if (action.id == 'org.wayhome.manage' &&"
                             " subject.user == 'bob') return polkit.Result.YES; });\n")
        self.addCleanup(self.box.admin.run, "systemctl", "restart", "polkit.service")
        self.addCleanup(os.unlink, self.box.path(rule))
        self.box.admin.run("systemctl", "restart", "polkit.service", check=True)
        self.bob.call("Pause", host=self.host)
        self.alice.call("Resume", host=self.host)
        self.refused(self.box.person("www-data"), "Pause", "InteractionNeeded")

    def test_no_polkit(self):
        """Nobody is asked, so nobody else may."""
        self.box.admin.run("systemctl", "mask", "--now", "--runtime", "polkit.service", check=True)
        self.addCleanup(self.box.admin.run, "systemctl", "unmask", "--runtime", "polkit.service")
        self.assert_changes_nothing(self.bob, "PermissionDenied")
        self.alice.call("UpdateNow")
        self.box.admin.call("UpdateNow")

    def pause(self, password):
        """The reply to a change by a program of bob's, for which a real agent asks for a password."""
        person = Person(self.box, "bob", self.bob.group)  # what was allowed stays so for a while, for one program
        person.call("Keeps", names=[])
        terminal = person.agent()
        with person.connect() as connection:
            connection.send(f"{varlink.INTERFACE}.Pause", {"host": self.host, "interactive": True})
            terminal.password(password)
            try:
                return connection.reply()
            finally:
                terminal.close()
                print(terminal.seen.strip())

    def test_password_of_the_administrator(self):
        self.assertEqual(self.pause(PASSWORD), {})
        self.assertTrue(self.service().host(self.host)["paused"])
        self.service().call("Resume", host=self.host)

    def test_command_line_brings_its_own_agent(self):
        """At a terminal it asks for the password itself; without one, it says what to do."""
        done = self.bob.ctl("pause", "others.dyn.example")
        print(done.text)
        self.assertNotEqual(done.code, 0)
        self.assertFalse(self.service().host(self.host)["paused"])
        terminal = self.bob.terminal("wayhomectl", "pause", "others.dyn.example")
        terminal.password(PASSWORD)
        self.assertEqual(terminal.end(), 0, terminal.seen)
        self.assertTrue(self.service().host(self.host)["paused"])
        self.service().call("Resume", host=self.host)

    def test_wrong_password(self):
        with self.assertRaises(varlink.VarlinkError) as caught:
            self.pause("wrong")
        self.assertTrue(caught.exception.name.endswith("PermissionDenied"), caught.exception)
        self.assertFalse(self.service().host(self.host)["paused"])

    def test_files_and_processes(self):
        """What anybody finds on this computer without asking the service."""
        self.until_sealed()
        process = self.box.main_pid()
        for user in ("bob", "www-data", "nobody"):
            person = self.box.person(user)
            for path in (STATE, SEALED, f"{STATE}/wayhome.db", "/var/lib/systemd/credential.secret",
                         *(f"{SEALED}/{name}" for name in self.sealed_files())):
                self.assertNotEqual(person.run("cat", path).code, 0, path)
                self.assertNotEqual(person.run("ls", path + "/").code, 0, path)
            for name in ("environ", "maps", "mem", "io", "syscall", "stack", "auxv"):
                self.assertNotEqual(person.run("head", "-c1", f"/proc/{process}/{name}").code, 0, name)
            for name in ("fd", "map_files", "cwd", "root"):
                self.assertNotEqual(person.run("ls", f"/proc/{process}/{name}/").code, 0, name)
            for socket in ("encrypt", "decrypt"):
                with self.assertRaises(PermissionError):
                    person.connect(f"/run/wayhome/seal/{socket}")
            for signal in ("STOP", "KILL", "HUP", "USR1"):
                self.assertNotEqual(person.run("sh", "-c", f"kill -{signal} {process}").code, 0)
            self.assertNotEqual(person.run("systemctl", "--no-ask-password", "restart", SERVICE).code, 0)
            self.assertNotIn("dyn.example", person.run("journalctl", "--unit=" + SERVICE).text)
            for path in ("/run/wayhome", "/etc/wayhome", "/run/wayhome/seal"):
                self.assertNotEqual(person.run("touch", path + "/mine").code, 0)
            self.assertNotEqual(person.run("rm", "-f", "/run/wayhome/control").code, 0)
        self.assertEqual(self.box.main_pid(), process)
        self.alice.call("UpdateNow")


if __name__ == "__main__":
    main()
