"""Everything by keyboard alone, and everything with a name that a screen reader can say."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.app import AppTest, main  # noqa: E402

FREE = "camera.free.example"


class Keyboard(AppTest):
    def windows(self, made):
        from lab.window import Windows
        return Windows(self.start_app(made))

    def go_to(self, root, name, most=40):
        """Tab until the widget with this name has the focus."""
        from lab import atspi
        from lab.wait import TimedOut
        seen = []
        for _ in range(most):
            at = atspi.tolerant(lambda: atspi.focused(root()))
            here = atspi.name_of(at) if at else ""
            if name(here) if callable(name) else here == name:
                return at
            seen.append(here)
            self.desktop.key("Tab")
            try:
                self.until("the focus moves", lambda: atspi.tolerant(lambda: atspi.focused(root()) != at), 2)
            except TimedOut:
                pass
        raise AssertionError(f"Tab does not reach {name}: {seen}")

    def type_into(self, root, name, text):
        from lab import atspi
        node = self.go_to(root, name)
        self.desktop.key("ctrl+a")
        self.desktop.type(text)
        if node.get_role_name() != "password text":
            self.until(f"{name} holds it", lambda: atspi.tolerant(lambda: atspi.text_of(node)) == text)

    def test_add_a_name(self):
        from lab.window import ADD_BUTTON
        made = self.start()
        windows = self.windows(made)
        self.desktop.activate(windows.app.window())
        self.go_to(windows.tree, ADD_BUTTON)
        self.desktop.key("Return")
        form = windows.dialog("Add a Name")
        self.until("the form opens", form)
        self.go_to(form, "Search for a provider")
        self.desktop.type("dyndns2")
        self.desktop.key("Return")
        self.type_into(form, "Address of the update page", "https://members.example")
        self.type_into(form, "User name", "user")
        self.type_into(form, "Password", "pass")
        self.type_into(form, "Name to keep right", FREE)
        self.go_to(form, "Test")
        self.desktop.key("space")
        windows.until_says("It works.", form)
        self.go_to(form, "Add")
        self.desktop.key("Return")
        self.until("the form closes", lambda: not form())
        host = self.until("the service keeps the name", lambda: made.status()["hosts"])[0]
        self.assertEqual(host["name"], FREE)
        self.assert_proven(made, host["id"])

    def test_enter_sends_and_escape_leaves(self):
        made = self.start()
        windows = self.windows(made)
        form = windows.add_dyndns2(FREE)
        self.desktop.key("Escape")
        self.until("the form closes", lambda: not form())
        self.assertEqual(made.status()["hosts"], [])
        form = windows.add_dyndns2(FREE)
        self.go_to(form, "Name to keep right")
        self.desktop.key("Return")
        self.until("the form closes", lambda: not form())
        self.assertEqual(self.until("the name is kept", lambda: made.status()["hosts"])[0]["name"], FREE)

    def test_menu_of_a_name(self):
        made = self.start()
        self.assert_proven(made, self.add_free(made, FREE))
        windows = self.windows(made)
        self.desktop.activate(windows.app.window())
        self.go_to(windows.tree, f"More for {FREE}")
        self.desktop.key("space")
        windows.until_says("Edit…")
        self.go_to(windows.tree, "Edit…")
        self.desktop.key("Return")
        form = windows.dialog("Edit Name")
        self.until("the form opens", form)


class Names(AppTest):
    def check(self, windows, what, root=None):
        from lab import atspi
        top = self.until(f"{what} is there", (root or windows.tree))
        with self.subTest(what):
            self.assertEqual(atspi.nameless(top), [])

    def test_every_widget_has_a_name(self):
        from lab.window import Windows
        made = self.start()
        windows = Windows(self.start_app(made))
        windows.until_says("No name yet")
        self.check(windows, "the empty window")
        form = windows.begin_adding()
        self.check(windows, "the list of providers", form)
        for search, name in (("dyndns2", "Other provider (dyndns2)"), ("rfc", "Own DNS server (RFC 2136)")):
            windows.choose_provider(form, search, name)
            windows.until_says("Name to keep right", form)
            self.check(windows, f"the form of {name}", form)
            windows.press(lambda text: text.startswith("Back"), form)
            windows.until_says("Search for a provider", form)
        windows.press("Cancel", form)
        identity = self.add_free(made, FREE)
        self.assert_proven(made, identity)
        windows.until_says(self.lab.address)
        windows.press(lambda text: text == "How to reach this computer", role="toggle button")
        windows.until_says(f"mstsc /v:{FREE}")
        self.check(windows, "the window with a name")
        windows.press("Menu")
        windows.until_says("About Wayhome")
        self.check(windows, "the menu of the window")
        windows.press("Preferences")
        windows.until_says("Start When I Sign In")
        self.check(windows, "the preferences")
        windows.press("Start When I Sign In")
        self.desktop.activate(windows.app.window())
        self.desktop.key("Escape")
        windows.until_silent("Start When I Sign In")
        windows.press(f"More for {FREE}")
        windows.until_says("Edit…")
        self.check(windows, "the menu of a name")
        windows.press("Edit…")
        form = windows.dialog("Edit Name")
        self.check(windows, "the form of a name", form)
        windows.press("Cancel", form)
        windows.more(FREE, "Account…")
        form = windows.dialog("Edit Account")
        self.check(windows, "the form of an account", form)
        windows.press("Remove Account…", form)
        windows.until_says("Cancel")
        self.check(windows, "the question before removing")


if __name__ == "__main__":
    main()
