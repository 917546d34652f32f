"""The real keyring of GNOME, open, locked, without the item and absent, with a person's own service and the app."""
import os
import shutil
import stat
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import keyring, provider  # noqa: E402
from lab.app import AppTest, main  # noqa: E402

FREE = "camera.free.example"
PASSWORD = provider.PASSWORD = "wander3r-at-home"  # found by a search through files


class Keyring(AppTest):
    def setUp(self):
        super().setUp()
        self.desktop.key("Escape")
        shutil.rmtree(self.desktop.environment["XDG_DATA_HOME"] + "/keyrings", ignore_errors=True)

    def own_service(self):
        """`wayhomed --user` in the session of the desktop."""
        made = self.new_service()
        made.options = ["--user"]
        return made.start()

    def open_keyring(self):
        return self.keep(keyring.start(self.desktop))

    def windows(self, made):
        from lab.window import Windows
        return Windows(self.start_app(made))

    def add_by_window(self, made):
        windows = self.windows(made)
        windows.finish(windows.add_dyndns2(FREE, PASSWORD))
        identity = self.until("the name is kept", lambda: made.status()["hosts"])[0]["id"]
        self.assert_proven(made, identity)
        return identity, windows

    def secrets(self, made):
        return made.status()["service"]["secrets"]

    def until_kept(self, made, where):
        self.until(f"secrets are kept in the {where}", lambda: self.secrets(made)["kept_in"] == where)

    def assert_in_no_file(self, made, windows):
        """Neither in the service's files nor in those of the app, nor in what they print."""
        for folder in (made.folder, self.desktop.folder):
            self.assertEqual(keyring.holds(folder, PASSWORD), [])
        self.assertNotIn(PASSWORD, windows.app.program.log())

    def goes_on(self, made, identity):
        """The secret is there: a new address goes out."""
        _, address = self.lab.change4()
        made.record_until(identity, "the new address is acknowledged", lambda each: each["acknowledged"] == address)

    def test_open(self):
        self.open_keyring()
        made = self.own_service()
        identity, windows = self.add_by_window(made)
        self.until_kept(made, "keyring")
        self.until("the keyring has an item", lambda: keyring.items(self.desktop))
        self.assert_in_no_file(made, windows)
        self.assertEqual(made.stop(), 0)
        made.start()
        self.goes_on(made, identity)

    def test_locked(self):
        """The service says so, the window leads to the desktop's question, and the right answer lets all go on."""
        self.open_keyring()
        made = self.own_service()
        identity, windows = self.add_by_window(made)
        self.until("the keyring has an item", lambda: keyring.items(self.desktop))
        windows.app.stop()
        made.stop()
        keyring.lock(self.desktop)
        made.start()
        self.until("the service sees the lock", lambda: self.secrets(made)["keyring"] == "locked")
        windows = self.windows(made)
        windows.until_says("nlock the keyring")
        self.assertEqual(self.prompts(), [], "nobody asked for a question yet")
        self.desktop.screenshot("keyring-locked")
        windows.press("Unlock the keyring")
        self.until("the desktop asks", self.prompts)
        self.desktop.screenshot("keyring-question")
        self.desktop.type(keyring.PASSWORD)
        self.desktop.key("Return")
        self.until("the keyring is open", lambda: self.secrets(made)["keyring"] == "open")
        windows.until_silent("nlock the keyring")
        self.goes_on(made, identity)

    def prompts(self):
        return self.desktop.windows(program="gcr-prompter")

    def test_question_declined(self):
        self.open_keyring()
        made = self.own_service()
        identity, windows = self.add_by_window(made)
        self.until("the keyring has an item", lambda: keyring.items(self.desktop))
        windows.app.stop()
        made.stop()
        keyring.lock(self.desktop)
        made.start()
        windows = self.windows(made)
        windows.press("Unlock the keyring")
        self.until("the desktop asks", self.prompts)
        self.desktop.key("Escape")
        self.until("the question is gone", lambda: not self.prompts())
        self.assertEqual(self.secrets(made)["keyring"], "locked")
        windows.until_says("nlock the keyring")
        windows.press("Unlock the keyring")
        self.until("the desktop asks again", self.prompts)
        self.desktop.type(keyring.PASSWORD)
        self.desktop.key("Return")
        self.until("the keyring is open", lambda: self.secrets(made)["keyring"] == "open")

    def test_item_deleted(self):
        """Somebody deletes the entry in their password manager: a locked keyring is no empty one, but this is."""
        self.open_keyring()
        made = self.own_service()
        identity, windows = self.add_by_window(made)
        for item in self.until("the keyring has an item", lambda: keyring.items(self.desktop)):
            keyring.delete(self.desktop, item)
        self.assertEqual(made.stop(), 0)
        made.start()
        windows.until_says("Give", seconds=40)
        windows.press("Give it now")
        form = windows.dialog("Edit Account")
        windows.put("Password", PASSWORD, form)
        windows.finish(form, "Save")
        self.goes_on(made, identity)

    def test_absent(self):
        """Without a keyring secrets are forgotten at the end, unless the person agrees to a file."""
        made = self.own_service()
        identity, windows = self.add_by_window(made)
        self.until_kept(made, "memory")
        windows.until_says("private file")
        self.desktop.screenshot("keyring-absent")
        self.assert_in_no_file(made, windows)
        windows.press("Keep it in a private file")
        windows.press("Keep in a File")
        self.until_kept(made, "file")
        windows.until_silent("private file")
        for folder, _, files in os.walk(made.state):
            for name in files:
                self.assertEqual(stat.S_IMODE(os.stat(os.path.join(folder, name)).st_mode) & 0o077, 0, name)
        self.assertEqual(made.stop(), 0)
        made.start()
        self.goes_on(made, identity)


if __name__ == "__main__":
    main("gnome-keyring-daemon")
