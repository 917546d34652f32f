"""The service of the whole computer and the people who use it: who manages it, who looks, whose keyring has a copy, and
what is kept while nobody is signed in. The bus of the system is the sandbox's own, with doubles of logind and polkit."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import keyring, provider  # noqa: E402
from lab.app import AppTest, main  # noqa: E402
from lab.sealing import Sealing  # noqa: E402

FREE = "camera.free.example"
PASSWORD = provider.PASSWORD = "wander3r-at-home"  # found by a search through files
SWITCH = "Keep this computer reachable when nobody is signed in"
LOOKS = {
    "light": {"GTK_THEME": "Adwaita"},
    "dark": {"GTK_THEME": "Adwaita:dark"},
    "contrast": {"GTK_THEME": "HighContrast"},
    "double": {"GTK_THEME": "Adwaita", "GDK_SCALE": "2"},
}


class System(AppTest):
    size = (1280, 960)
    people = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        from lab import people
        cls.actions = people
        if System.people is None:
            System.people = people.add(cls.desktop, "alice", "bob")
            System.bus = people.System(cls.desktop) if System.people else None

    def setUp(self):
        super().setUp()
        if not self.people:
            self.skipTest("this sandbox has only one user")
        self.alice, self.bob = self.people
        self.bus.forget()
        for each in self.people:
            self.bus.sign_in(each.uid)

    # the service

    def new_system(self):
        made = self.new_service()
        made.environment["DBUS_SYSTEM_BUS_ADDRESS"] = self.bus.address
        self.sealing = Sealing(made.seal).start()
        self.addCleanup(self.sealing.set, "works")
        return made

    def owned(self):
        """One that alice manages, with a proven name."""
        made = self.new_system().start()
        made.call("SetOwner", user="alice")
        host = self.add_free(made, FREE, password=PASSWORD)
        self.assert_proven(made, host)
        return made, host

    def service(self, made):
        return made.status()["service"]

    def secret_state(self, made):
        account, = made.status()["accounts"]
        return account["secrets"][0]["state"]

    def goes_on(self, made, host):
        _, address = self.lab.change4()
        made.record_until(host, "the new address is acknowledged", lambda each: each["acknowledged"] == address)
        return address

    # the people

    def windows(self, made, person, **environment):
        from lab.window import Windows
        return Windows(self.start_app(made, person=person, **environment))

    def open_keyring(self, person):
        program = self.keep(keyring.start(person))
        for each in keyring.items(person):
            keyring.delete(person, each)
        return program

    def let(self, person, action, says="yes"):
        self.bus.lets[(action, person.uid)] = says

    def give(self, windows):
        """Types the password of the name's account once more."""
        windows.more(FREE, "Account…")
        form = windows.dialog("Edit Account")
        windows.put("Password", PASSWORD, form)
        windows.finish(form, "Save")

    def open_tokens(self, windows):
        windows.press("Menu")
        windows.press("Where Tokens Are Kept…")
        page = windows.dialog("Where Tokens Are Kept")
        windows.until_says(SWITCH, page)
        return page

    def shot(self, name):
        pictures = []

        def still():
            pictures.append(self.desktop.pixels(0, 0, *self.size))
            return len(pictures) > 2 and pictures[-1] == pictures[-2] == pictures[-3]
        self.desktop.run("xdotool", "mousemove", *map(str, self.size))
        self.until("the screen is still", still, 15, 0.1)
        self.desktop.screenshot(name)

    # whoever begins manages

    def test_first_name(self):
        """No password is asked for at the computer itself; the form's answer makes alice the one who manages."""
        self.open_keyring(self.alice)
        self.let(self.alice, self.actions.CLAIM)
        made = self.new_system().start()
        windows = self.windows(made, self.alice)
        windows.until_says("Whoever adds the first name")
        windows.finish(windows.add_dyndns2(FREE, PASSWORD))
        host = self.until("the name is kept", lambda: made.status()["hosts"])[0]["id"]
        self.assert_proven(made, host)
        self.assertEqual(self.service(made)["owner"], "alice")
        self.assertIn((self.actions.CLAIM, self.alice.uid, True), self.bus.asked)
        self.until("alice's keyring has a copy", lambda: keyring.items(self.alice))
        self.assertEqual(keyring.holds(self.alice.folder, PASSWORD), [])

    def test_may_not_begin(self):
        """Refused: said in the form, where everything stays as it was typed, and the next try works."""
        made = self.new_system().start()
        windows = self.windows(made, self.alice)
        form = windows.add_dyndns2(FREE, PASSWORD)
        windows.press("Add", form)
        windows.until_says("You may not set Wayhome up on this computer", form)
        self.shot("system-may-not-claim")
        self.assertEqual(made.status()["accounts"], [])
        self.let(self.alice, self.actions.CLAIM, "password")
        self.bus.password = True
        windows.finish(form)
        host = self.until("the name is kept", lambda: made.status()["hosts"])[0]["id"]
        self.assert_proven(made, host)
        self.assertEqual(self.service(made)["owner"], "alice")

    def test_somebody_was_quicker(self):
        """Bob's form was open when alice became the one who manages."""
        self.let(self.bob, self.actions.MANAGE, "password")
        made = self.new_system().start()
        windows = self.windows(made, self.bob)
        form = windows.add_dyndns2(FREE, PASSWORD)
        made.call("SetOwner", user="alice")
        windows.press("Add", form)
        windows.until_says("administrator's password", form)
        self.bus.password = True
        windows.finish(form)
        self.until("the name is kept", lambda: made.status()["hosts"])
        self.assertEqual(self.service(made)["owner"], "alice")

    # the others

    def test_second_person(self):
        """Sees everything but what is whose, is told once who manages, and every button asks for a password."""
        made, host = self.owned()
        self.let(self.bob, self.actions.MANAGE, "password")
        windows = self.windows(made, self.bob)
        windows.until_says("Managed by alice")
        windows.until_says(FREE)
        windows.until_says(self.lab.address)
        windows.press(f"Pause: {FREE}")
        windows.until_says("You may not do this")
        self.assertIn((self.actions.MANAGE, self.bob.uid, True), self.bus.asked)
        self.assertFalse(made.host(host)["paused"])
        self.bus.password = True
        windows.press(f"Pause: {FREE}")
        self.assert_state(made, host, "paused")
        windows.until_silent("You may not do this")
        self.bus.password = False
        windows.press("Menu")
        windows.press("Check This Network")
        windows.until_says("You may not do this")
        self.bus.password = True
        windows.press("Check Again")
        windows.until_silent("You may not do this")
        windows.more(FREE, "Account…")
        form = windows.dialog("Edit Account")
        windows.until_says("are shown to alice only", form)
        windows.put("Password", PASSWORD, form)
        windows.finish(form, "Save")
        account, = made.status()["accounts"]
        self.assertEqual((account["label"], account["fields"]["user"]), ("provider", "user"))

    def test_both_see_the_same(self):
        made, host = self.owned()
        both = [self.windows(made, each) for each in self.people]
        for windows in both:
            windows.until_says(self.lab.address)
        address = self.goes_on(made, host)
        for windows in both:
            windows.until_says(address)
        both[0].press(f"Pause: {FREE}")
        for windows in both:
            windows.until_says(f"Resume: {FREE}")
        both[1].until_says("Managed by alice")
        self.assertEqual(self.tells_owner(both[0]), [])

    @staticmethod
    def tells_owner(windows):
        from lab import atspi
        return atspi.find_all(windows.tree(), name=lambda name: "Managed by" in name)

    # what is kept

    def test_switch(self):
        made, host = self.owned()
        windows = self.windows(made, self.alice)
        page = self.open_tokens(windows)
        windows.until_says("copy that only this computer can open", page)
        windows.press(SWITCH, page)
        self.until("the copy is gone", lambda: self.service(made)["secrets"]["kept_in"] == "memory")
        windows.until_says("in memory only", page)
        windows.press(SWITCH, page)
        self.until("there is a copy", lambda: self.service(made)["secrets"]["kept_in"] == "sealed")
        made.call("KeepUnattended", enabled=False)
        windows.until_says("in memory only", page)

    def test_switch_in_the_menu(self):
        made, _ = self.owned()
        windows = self.windows(made, self.alice)
        windows.until_says(FREE)
        windows.press("Menu")
        windows.press("Preferences")
        for kept in ("memory", "sealed"):  # switches leave the menu open
            windows.press("Keep This Computer Reachable When Nobody Is Signed In")
            self.until(f"it is kept in {kept}", lambda: self.service(made)["secrets"]["kept_in"] == kept)
            windows.until_says("No copy is kept." if kept == "memory" else "before anybody signs in")
            self.shot(f"system-menu-{kept}")

    def test_switch_takes_a_password(self):
        """Bob may not: said on the page, and the switch stays where it was."""
        made, _ = self.owned()
        self.let(self.bob, self.actions.MANAGE, "password")
        windows = self.windows(made, self.bob)
        page = self.open_tokens(windows)
        windows.press(SWITCH, page)
        windows.until_says("You may not do this", page)
        self.assertIs(self.service(made)["secrets"]["unattended"], True)
        self.bus.password = True
        windows.press(SWITCH, page)
        self.until("it is off", lambda: self.service(made)["secrets"]["unattended"] is False)
        windows.until_silent("You may not do this", page)

    def test_copy_of_the_owner_alone(self):
        for each in self.people:
            self.open_keyring(each)
        made, _ = self.owned()
        self.let(self.bob, self.actions.MANAGE)
        self.give(self.windows(made, self.bob))
        self.give(self.windows(made, self.alice))
        self.until("alice's keyring has a copy", lambda: keyring.items(self.alice))
        self.assertEqual(keyring.items(self.bob), [])

    def test_away_until_the_owner_signs_in(self):
        """The switch is off and the computer starts: nothing works, bob is told what for, and alice's tray ends it."""
        self.open_keyring(self.alice)
        made, host = self.owned()
        alices = self.windows(made, self.alice)
        self.give(alices)
        self.until("alice's keyring has a copy", lambda: keyring.items(self.alice))
        page = self.open_tokens(alices)
        alices.press(SWITCH, page)
        self.until("it is off", lambda: self.service(made)["secrets"]["unattended"] is False)
        self.assertEqual(self.secret_state(made), "present")
        alices.app.stop()
        self.assertEqual(made.stop(), 0)
        made.start()
        self.until("the secret is away", lambda: self.secret_state(made) == "away")
        bobs = self.windows(made, self.bob)
        bobs.until_says("until alice signs in")
        self.shot("system-away")
        self.assertEqual(self.secret_state(made), "away")
        alices = self.windows(made, self.alice)
        self.until("alice's tray hands it over", lambda: self.secret_state(made) == "present")
        self.assertNotEqual(keyring.items(self.alice), [])
        bobs.until_silent("until alice signs in")
        address = self.goes_on(made, host)
        bobs.until_says(address)
        # The service ends while the tray looks on: what was there and is away now was not forgotten.
        self.assertEqual(made.stop(), 0)
        made.start()
        self.until("the tray hands it over again", lambda: self.secret_state(made) == "present", 40)
        self.assertNotEqual(keyring.items(self.alice), [])

    def test_locked_keyring(self):
        """Away, and the keyring is locked: one button."""
        self.open_keyring(self.alice)
        made, host = self.owned()
        alices = self.windows(made, self.alice)
        self.give(alices)
        self.until("alice's keyring has a copy", lambda: keyring.items(self.alice))
        alices.app.stop()
        made.call("KeepUnattended", enabled=False)
        self.assertEqual(made.stop(), 0)
        made.start()
        keyring.lock(self.alice)
        alices = self.windows(made, self.alice)
        alices.until_says("Your keyring is locked")
        alices.until_says("Unlock the keyring")
        self.shot("system-locked")
        self.assertEqual(self.secret_state(made), "away")

    def test_item_deleted(self):
        """Away, and alice deleted the entry in her password manager: she gives it again."""
        self.open_keyring(self.alice)
        made, host = self.owned()
        made.call("KeepUnattended", enabled=False)
        self.assertEqual(made.stop(), 0)
        made.start()
        windows = self.windows(made, self.alice)
        windows.until_says("give the password or token")
        self.shot("system-item-deleted")
        windows.press("Give it now")
        form = windows.dialog("Edit Account")
        windows.put("Password", PASSWORD, form)
        windows.finish(form, "Save")
        self.goes_on(made, host)
        self.until("alice's keyring has a copy", lambda: keyring.items(self.alice))

    def test_another_computer(self):
        """The disk is in another computer: nothing sealed opens, both are told so, and alice's tray hands it over."""
        self.open_keyring(self.alice)
        made, host = self.owned()
        alices = self.windows(made, self.alice)
        self.give(alices)
        self.until("alice's keyring has a copy", lambda: keyring.items(self.alice))
        alices.app.stop()
        self.assertEqual(made.stop(), 0)
        self.sealing.replace_key()
        made.start()
        self.until("the secret is damaged", lambda: self.secret_state(made) == "damaged")
        bobs = self.windows(made, self.bob)
        bobs.until_says("cannot be read any more")
        self.shot("system-another-computer")
        self.windows(made, self.alice)
        self.until("alice's tray hands it over", lambda: self.secret_state(made) == "present")
        self.until("nothing is wrong any more", lambda: not self.service(made)["notices"])
        bobs.until_silent("cannot be read any more")
        self.goes_on(made, host)

    def test_no_keyring(self):
        """Off, and nothing else keeps it: said, with the button that turns it on."""
        made, _ = self.owned()
        made.call("KeepUnattended", enabled=False)
        windows = self.windows(made, self.alice)
        windows.until_says("You have no keyring")
        self.shot("system-no-keyring")
        windows.press("Keep a copy")
        self.until("there is a copy", lambda: self.service(made)["secrets"]["kept_in"] == "sealed")
        windows.until_silent("You have no keyring")

    # the administrator's files

    def declare(self, made):
        for folder in (made.config + "/hosts.d", made.folder + "/credentials"):
            os.makedirs(folder)
        with open(made.folder + "/credentials/pass", "w") as file:
            file.write(PASSWORD)
        made.environment["CREDENTIALS_DIRECTORY"] = made.folder + "/credentials"
        path = f"{made.config}/hosts.d/free.conf"
        with open(path, "w") as file:
            file.write("[account]\nprovider=dyndns2\nfield.url=https://members.example\nfield.user=user\n"
                       f"secret.password=credential:pass\n[host {FREE}]\nipv6=false\n")
        return path

    def test_declared(self):
        made = self.new_system()
        path = self.declare(made)
        made.start()
        made.call("SetOwner", user="alice")
        host = self.until("the name is kept", lambda: made.status()["hosts"])[0]["id"]
        self.assert_proven(made, host)
        windows = self.windows(made, self.alice)
        windows.until_says(f"Set up by the administrator in {path}")
        windows.press(f"More for {FREE}")
        windows.until_says("Update Now")
        windows.until_silent("Remove…")
        windows.until_silent("Edit…")
        self.shot("system-declared")
        windows.press("Pause")
        self.assert_state(made, host, "paused")
        windows.press(f"Resume: {FREE}")
        self.assert_proven(made, host)
        windows.press("Menu")
        windows.press("Accounts…")
        windows.until_says(path, windows.dialog("Accounts"))
        self.shot("system-declared-account")

    # what it looks like

    def check(self, look):
        made = self.new_system().start()
        windows = self.windows(made, self.alice, **LOOKS[look])
        windows.until_says("Whoever adds the first name")
        self.shot(f"{look}-system-first")
        made.call("SetOwner", user="bob")
        windows.until_says("managed by bob")
        self.shot(f"{look}-system-managed-empty")
        self.assert_proven(made, self.add_free(made, FREE, password=PASSWORD))
        windows.until_says("Managed by bob")
        windows.until_says(self.lab.address)
        self.shot(f"{look}-system-managed")
        windows.more(FREE, "Account…")
        form = windows.dialog("Edit Account")
        windows.until_says("are shown to bob only", form)
        self.shot(f"{look}-system-account")
        windows.press("Cancel", form)
        page = self.open_tokens(windows)
        self.shot(f"{look}-system-tokens-looking")
        self.desktop.key("Escape")
        self.until("the page closes", lambda: not windows.dialog("Where Tokens Are Kept")())
        made.call("SetOwner", user="alice")
        windows.until_silent("Managed by bob")
        page = self.open_tokens(windows)
        self.shot(f"{look}-system-tokens")
        made.call("KeepUnattended", enabled=False)
        windows.until_says("in memory only", page)
        self.shot(f"{look}-system-tokens-off")


def _add(look):
    setattr(System, f"test_{look}", lambda self: self.check(look))


for each in LOOKS:
    _add(each)

if __name__ == "__main__":
    main("setpriv", "gdbus", "gnome-keyring-daemon")
