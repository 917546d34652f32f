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
    "service/secrets": ("service/base", "platform/secret_store.h"),
    "service/accounts": ("service/base", "service/net/dns_message.h", "service/providers", "service/reconcile",
                         "service/secrets", "service/store"),
    "service/control": ("service/protocol", "service/accounts", "service/base", "service/detect",
                        "service/providers", "service/reconcile", "service/store", "platform/local_socket.h"),
    "service/wiring": ("service", "platform"),
    "service": ("service/wiring", "service/protocol", "service/base/product.h",
                "platform/process_setup.h"),  # main.c
    "platform": (),
    "platform/linux": ("platform",),
    "platform/windows": ("platform",),
    "platform/fake": ("platform",),
    "app/client": ("service/protocol", "service/base/product.h", "platform/local_socket.h", "platform/paths.h"),
    "app/cli": ("app/client", "service/protocol", "service/base/product.h", "platform/paths.h",
                "platform/prompt.h"),
}

# Which room is which library.
LIBRARIES = {
    **{"wh-" + room.split("/")[1]: room for room in ARROWS if room.startswith("service/")},
    "wh-client": "app/client",
    "wh-cli": "app/cli",
    "wh-platform": "platform/linux",
    "wh-platform-fake": "platform/fake",
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
                                       "service/control", "app/client", "app/cli")),
    ("systemd/", "PkgConfig::SYSTEMD", ()),
    ("linux/", None, ("platform/linux",)),
    ("windows.h", None, ("platform/windows",)),
    ("gtk/", "PkgConfig::GTK", ()),
)
