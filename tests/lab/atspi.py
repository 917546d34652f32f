"""What an assistive technology sees and does: widgets by role and name. Import after Desktop.adopt()."""
import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

from .wait import until  # noqa: E402

SECONDS = 15.0
# Roles that a person acts on or types into.
INTERACTIVE = {"push button", "toggle button", "check box", "radio button", "text", "password text", "entry",
               "combo box", "menu item", "check menu item", "radio menu item", "menu", "list item", "spin button",
               "slider", "link", "page tab", "switch", "table cell", "expander"}
PRESSED = INTERACTIVE - {"text", "password text", "entry", "combo box", "spin button", "slider"}
_MANY = 400  # children a widget may have; lists of thousands are no business of a test


def _children(node):
    for index in range(min(node.get_child_count(), _MANY)):
        child = node.get_child_at_index(index)
        if child is not None:
            yield child


def tolerant(function):
    """function(), or None when a widget vanished meanwhile."""
    try:
        return function()
    except GLib.Error:
        return None


def windows(application_node):
    return list(_children(application_node))


def is_called(window, title):
    """A window that vanishes meanwhile is called nothing."""
    try:
        return window.get_name() == title
    except GLib.GError:
        return False


def walk(node, scrolls=False):
    """(widget, whether a person gets to see it) for the widget and everything in it. What is scrolled away counts,
    what is hidden or on another page does not. Widgets that vanish meanwhile are left out."""
    try:
        states = node.get_state_set()
        showing = states.contains(Atspi.StateType.SHOWING)
        visible = states.contains(Atspi.StateType.VISIBLE)
        role = node.get_role_name()
        yield node, showing or (scrolls and visible)
        children = list(_children(node)) if visible or role == "application" else []
    except GLib.Error:
        return
    scrolls = scrolls or (showing and role in ("viewport", "scroll pane"))
    for child in children:
        yield from walk(child, scrolls)


def has_state(node, name):
    """name: as in Atspi.StateType, such as "sensitive", "focused", "showing", "checked"."""
    return node.get_state_set().contains(getattr(Atspi.StateType, name.upper()))


def name_of(node):
    """What a screen reader calls the widget: its label, or its own name."""
    if node.get_role_name() != "label":
        for relation in node.get_relation_set():
            if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY and relation.get_n_targets():
                return relation.get_target(0).get_name().strip()
    return node.get_name().strip()


def _matches(node, role, name, state):
    """state None: any."""
    if role and node.get_role_name() != role:
        return False
    if name is not None:
        own = name_of(node)
        if not (name(own) if callable(name) else own == name):
            return False
    return not state or has_state(node, state)


def find_all(root, role=None, name=None, state=None):
    """Widgets that a person gets to see. name: the whole accessible name, or a function that says whether it fits."""
    found = []
    for node, seen in walk(root):
        try:
            if seen and _matches(node, role, name, state):
                found.append(node)
        except GLib.Error:
            pass
    return found


def find(root, role=None, name=None, state=None):
    return next(iter(find_all(root, role, name, state)), None)


def _described(role, name, state):
    if callable(name):
        name = getattr(name, "__doc__", None) or "of another name"
    return " ".join(str(each) for each in (state, role or "widget", repr(name) if name is not None else "") if each)


def wait_for(root, role=None, name=None, state=None, seconds=SECONDS):
    """root: a widget, or a function that gives it. Says what is there when the widget does not come."""
    def found():
        try:
            top = root() if callable(root) else root
            return top and find(top, role, name, state)
        except GLib.Error:
            return None
    try:
        return until(f"a {_described(role, name, state)}", found, seconds, 0.05)
    except Exception as error:
        top = root() if callable(root) else root
        raise AssertionError(f"{error}; there is:\n{outline(top) if top else 'nothing'}") from None


def until_gone(root, role=None, name=None, seconds=SECONDS):
    def gone():
        try:
            top = root() if callable(root) else root
            return not top or not find(top, role, name)
        except GLib.Error:
            return True
    until(f"no {_described(role, name, None)} any more", gone, seconds, 0.05)


def outline(root):
    """What a person gets to see, as an indented list for messages."""
    lines = []
    seen = {node for node, seen in walk(root) if seen}

    def add(node, depth):
        try:
            if depth and node not in seen:
                return
            role, name, text = node.get_role_name(), name_of(node), text_of(node)
            children = list(_children(node))
        except GLib.Error:
            return
        if role not in ("filler", "panel", "redundant object") or name:
            lines.append("  " * depth + f"{role} {name!r}" + (f" = {text!r}" if text and text != name else ""))
            depth += 1
        for child in children:
            add(child, max(depth, 1))
    add(root, 0)
    return "\n".join(lines)


def application(name, process=None):
    """The running program with this accessible name, or None. process: and with this number."""
    desktop = Atspi.get_desktop(0)
    for index in range(desktop.get_child_count()):
        node = desktop.get_child_at_index(index)
        try:
            if (node is not None and node.get_name() == name and node.get_child_count() >= 0
                    and process in (None, node.get_process_id())):
                return node
        except GLib.Error:
            pass
    return None


def text_of(node):
    """What a text widget shows; "" for widgets without text."""
    text = node.get_text_iface()
    return Atspi.Text.get_text(text, 0, -1) if text else ""


def set_text(node, text):
    if not Atspi.EditableText.set_text_contents(node.get_editable_text_iface(), text):
        raise AssertionError(f"{node.get_role_name()} {name_of(node)!r} takes no text")


def act(node, action=None):
    """Presses, clicks, activates: the first action of the widget, or the one of that name."""
    count = node.get_n_actions()
    index = next((i for i in range(count) if action is None or node.get_action_name(i) == action), None)
    if index is None:
        raise AssertionError(f"{node.get_role_name()} {name_of(node)!r} cannot be acted on")
    node.do_action(index)


def press(root, name, role="push button", seconds=SECONDS):
    """Waits for a button that may be pressed, and presses it."""
    node = wait_for(root, role, name, seconds=seconds)
    until(f"'{name}' may be pressed", lambda: has_state(node, "sensitive"), seconds, 0.05)
    act(node)
    return node


def activate_row(desktop, row):
    """A row of a list has no action: goes there and presses Enter."""
    grab_focus(row)
    until("the row has the focus", lambda: tolerant(lambda: has_state(row, "focused")), SECONDS, 0.05)
    desktop.key("Return")


def focused(root):
    return find(root, state="focused")


def grab_focus(node):
    node.get_component_iface().grab_focus()


def extents(node):
    """x, y, width, height on the screen."""
    box = node.get_component_iface().get_extents(Atspi.CoordType.SCREEN)
    return box.x, box.y, box.width, box.height


def nameless(root):
    """Widgets that a person acts on and that a screen reader cannot name: role and where it is."""
    found = []
    for node, seen in walk(root):
        try:
            if not seen or node.get_role_name() not in INTERACTIVE:
                continue
            if not name_of(node):
                found.append(f"{node.get_role_name()} in {_path(node)}")
        except GLib.Error:
            pass
    return found


def _path(node):
    names = []
    while (node := node.get_parent()) is not None and node.get_role_name() != "application":
        names.append(f"{node.get_role_name()} {node.get_name()!r}")
    return " < ".join(names)
