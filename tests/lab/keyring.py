"""The keyring of GNOME in three states, and what is in it."""
import os

from .wait import until

SERVICE = "org.freedesktop.secrets"
PASSWORD = "open sesame"
_COLLECTION = "/org/freedesktop/secrets/aliases/default"


def start(desktop):
    """An unlocked keyring with the password PASSWORD. Returns its process."""
    program = desktop.start("gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets", text=PASSWORD)
    desktop.until_name(SERVICE)
    until("the keyring has its collection", lambda: is_locked(desktop) is False, 20)
    return program


def _gdbus(desktop, path, method, *arguments):
    return desktop.run("gdbus", "call", "--session", "-d", SERVICE, "-o", path, "-m", method, *arguments)


def is_locked(desktop):
    """None: there is no such collection."""
    answer = _gdbus(desktop, _COLLECTION, "org.freedesktop.DBus.Properties.Get",
                    "org.freedesktop.Secret.Collection", "Locked")
    return "true" in answer if answer else None


def lock(desktop):
    _gdbus(desktop, "/org/freedesktop/secrets", "org.freedesktop.Secret.Service.Lock", f"['{_COLLECTION}']")
    until("the keyring is locked", lambda: is_locked(desktop), 30)


def items(desktop):
    """The object paths of everything that is kept."""
    answer = _gdbus(desktop, _COLLECTION, "org.freedesktop.DBus.Properties.Get",
                    "org.freedesktop.Secret.Collection", "Items")
    return [part for part in answer.split("'") if part.startswith("/org/")]


def delete(desktop, item):
    _gdbus(desktop, item, "org.freedesktop.Secret.Item.Delete")


def holds(folder, text):
    """Files below a folder in which a text stands."""
    found = []
    for path, _, files in os.walk(folder):
        for name in files:
            try:
                with open(os.path.join(path, name), "rb") as file:
                    if text.encode() in file.read():
                        found.append(os.path.join(path, name))
            except OSError:
                pass
    return found
