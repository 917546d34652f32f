"""The windows of the app in a person's steps: read, press, fill in. Import after Desktop.adopt()."""
from . import atspi
from .wait import until

SECONDS = 15.0


class Windows:
    """Everything that an app shows, found by what it says."""

    def __init__(self, app):
        self.app = app
        self.desktop = app.desktop

    def tree(self):
        return self.app.tree()

    def dialog(self, title):
        """A function that gives the open window or dialog of this title, for what takes a root."""
        def found():
            tree = self.tree()
            return tree and next((each for each in atspi.windows(tree) if atspi.is_called(each, title)), None)
        return found

    # reading

    def until_says(self, text, root=None, seconds=SECONDS):
        """Until a text is to be read somewhere, as a whole or a part."""
        return atspi.wait_for(root or self.tree, name=_with(text), seconds=seconds)

    def until_silent(self, text, root=None, seconds=SECONDS):
        atspi.until_gone(root or self.tree, name=_with(text), seconds=seconds)

    # acting

    def press(self, name, root=None, role=None):
        """A button by its whole name, or by a function; also one that has to be scrolled to."""
        def found():
            top = (root or self.tree)()
            buttons = [each for each in atspi.find_all(top, role, name)
                       if each.get_role_name() in atspi.PRESSED] if top else []
            return next((each for each in buttons if atspi.has_state(each, "sensitive")), None)
        node = until(f"'{name}' may be pressed", lambda: atspi.tolerant(found), SECONDS, 0.05)
        atspi.act(node)
        return node

    def put(self, label, text, root=None):
        """Replaces what is in the control that is labelled so."""
        def found():
            top = (root or self.tree)()
            return top and next((each for each in atspi.find_all(top, name=label)
                                 if each.get_editable_text_iface()), None)
        atspi.set_text(until(f"'{label}' can be typed into", lambda: atspi.tolerant(found), SECONDS, 0.05), text)

    # the flows

    def begin_adding(self):
        """Opens the form for a new name; returns its root."""
        self.press(ADD_BUTTON)
        form = self.dialog("Add a Name")
        until("the form opens", lambda: atspi.tolerant(form), SECONDS, 0.05)
        return form

    def choose_provider(self, form, search, name):
        self.put("Search for a provider", search, form)
        row = atspi.wait_for(form, "list item", lambda text: text.startswith(name))
        atspi.activate_row(self.desktop, row)

    def add_dyndns2(self, name, password="pass", url="https://members.example"):
        """Fills in the form for the lab's provider, without sending it; returns its root."""
        form = self.begin_adding()
        self.choose_provider(form, "dyndns2", "Other provider (dyndns2)")
        self.put("Address of the update page", url, form)
        self.put("User name", "user", form)
        self.put("Password", password, form)
        self.put("Name to keep right", name, form)
        return form

    def finish(self, form, verb="Add"):
        self.press(verb, form)
        until("the form closes", lambda: not atspi.tolerant(form), SECONDS, 0.05)

    def more(self, name, entry):
        """Chooses an entry of a name's menu."""
        self.press(f"More for {name}")
        self.press(entry)


def _with(text):
    def fits(name):
        return text in name
    fits.__doc__ = f"with {text!r}"
    return fits


def ADD_BUTTON(name):  # noqa: N802 - a test of names, used like a name
    return name in ("Add a Name", "Add a Name…", "Add a name", "Add the first name", "Add the First Name",
                    "Add the First Name…")
