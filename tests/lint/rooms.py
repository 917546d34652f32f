"""Who may see whom: the arrows of the house, as data."""

# What a room may include and link, besides itself: rooms, or single headers of a room.
ARROWS = {
    "service/base": (),
    "service/protocol": (),
    "service/net": ("service/base",),
    "service/detect": ("service/base",),
    "service/reconcile": ("service/base",),
    "service/providers": ("service/base", "service/net"),
    "service/store": ("service/base", "service/reconcile"),
    "service/secrets": ("service/base", "platform/keyring.h", "platform/sealer.h", "platform/secret_store.h"),
    "service/declared": ("service/base",),
    "service/accounts": ("service/base", "service/declared", "service/net/dns_message.h", "service/providers",
                         "service/reconcile", "service/secrets", "service/store"),
    "service/control": ("service/protocol", "service/accounts", "service/base", "service/detect",
                        "service/providers", "service/reconcile", "service/store", "platform/local_socket.h",
                        "platform/permission.h"),
    "service/wiring": ("service", "platform"),
    "service": ("service/wiring", "service/protocol", "service/base/product.h",
                "platform/process_setup.h"),  # main.c
    "platform": (),
    "platform/linux": ("platform",),
    "platform/linux/desktop": ("platform", "platform/linux"),
    "platform/windows": ("platform",),
    "platform/fake": ("platform",),
    "platform/fake/desktop": ("platform", "platform/fake"),
    "app/client": ("service/protocol", "service/base/product.h", "platform/local_socket.h", "platform/paths.h"),
    "app/cli": ("app/client", "service/protocol", "service/base/product.h", "platform/paths.h",
                "platform/password_agent.h", "platform/prompt.h"),
    "app/model": ("app/client", "service/base/product.h"),
    "app/notify": ("app/model", "app/client", "platform/notifier.h", "platform/small_file.h"),
    "app/tray": ("app/model", "app/client", "platform/tray_icon.h"),
    "app/keyring": ("app/model", "app/client", "platform/keyring.h"),
    "app/window": ("app/model", "app/client", "app/keyring"),
    "app/application": ("app", "service/base/product.h", "service/protocol/message.h", "platform/tray_icon.h",
                        "platform/notifier.h", "platform/autostart.h", "platform/keyring.h", "platform/paths.h"),
}

# Which room is which library.
LIBRARIES = {
    **{"wh-" + room.split("/")[1]: room for room in ARROWS if room.startswith("service/")},
    "wh-client": "app/client",
    "wh-cli": "app/cli",
    "wh-platform": "platform/linux",
    "wh-model": "app/model",
    "wh-notify": "app/notify",
    "wh-tray": "app/tray",
    "wh-app-keyring": "app/keyring",
    "wh-window": "app/window",
    "wh-application": "app/application",
    "wh-platform-fake": "platform/fake",
    "wh-desktop": "platform/linux/desktop",
    "wh-desktop-fake": "platform/fake/desktop",
    "wayhome": "app/application",
    "wayhomed": "service",
    "wayhomectl": "app/cli",
}

# System libraries: start of the header's name, the target in CMake, and the rooms that may use them.
SYSTEM = (
    ("curl/", "PkgConfig::CURL", ("service/net",)),
    ("ldns/", "PkgConfig::LDNS", ("service/net",)),
    ("nettle/", "PkgConfig::NETTLE", ("service/net",)),
    ("sqlite3", "PkgConfig::SQLITE", ("service/store",)),
    ("jansson", "PkgConfig::JANSSON", ("service/protocol", "service/store", "service/secrets",
                                       "service/control", "app/client", "app/cli", "app/model", "app/keyring")),
    ("systemd/", "PkgConfig::SYSTEMD", ()),
    ("linux/", None, ("platform/linux",)),
    ("windows.h", None, ("platform/windows",)),
    ("gtk/", "PkgConfig::GTK", ("platform/linux/desktop", "app/window", "app/application")),
    ("libnotify/", "PkgConfig::NOTIFY", ("platform/linux/desktop",)),
    ("libsecret/", None, ("platform/linux",)),
)
