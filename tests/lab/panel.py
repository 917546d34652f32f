"""Programs of real desktops that show what an app gives them: tray hosts, notification servers, settings."""
import os
import shutil

from .wait import until

HEIGHT = 32  # of every panel here, at the top of the screen
WATCHER = "org.kde.StatusNotifierWatcher"
NOTIFICATIONS = "org.freedesktop.Notifications"
_NOTIFYD = "/usr/lib/x86_64-linux-gnu/xfce4/notifyd/xfce4-notifyd"
_XFCE = """<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
 <property name="configver" type="int" value="2"/>
 <property name="panels" type="array"><value type="int" value="1"/>
  <property name="panel-1" type="empty">
   <property name="position" type="string" value="p=6;x=0;y=0"/>
   <property name="length" type="uint" value="100"/>
   <property name="position-locked" type="bool" value="true"/>
   <property name="size" type="uint" value="{height}"/>
   <property name="icon-size" type="uint" value="{icon}"/>
   <property name="plugin-ids" type="array"><value type="int" value="1"/><value type="int" value="2"/></property>
  </property>
 </property>
 <property name="plugins" type="empty">
  <property name="plugin-1" type="string" value="separator">
   <property name="expand" type="bool" value="true"/><property name="style" type="uint" value="0"/>
  </property>
  <property name="plugin-2" type="string" value="systray">
   <property name="square-icons" type="bool" value="true"/>
  </property>
 </property>
</channel>
"""


def lacks(*commands):
    """The first of the programs that is not installed, or None."""
    return next((each for each in commands if not shutil.which(each)), None)


def xfce4_panel(desktop, scale=1):
    """The panel of Xfce: shows StatusNotifierItems and XEmbed icons."""
    folder = desktop.environment["XDG_CONFIG_HOME"] + "/xfce4/xfconf/xfce-perchannel-xml"
    os.makedirs(folder, exist_ok=True)
    with open(folder + "/xfce4-panel.xml", "w") as file:
        file.write(_XFCE.format(height=HEIGHT * scale, icon=22 * scale))
    panel = desktop.start("xfce4-panel", "--disable-wm-check")
    desktop.until_name(WATCHER)
    until("the panel is on the screen", lambda: desktop.windows(program="xfce4-panel"), 20)
    return panel


def trayer(desktop):
    """A tray that knows XEmbed only, as wide as its icons and hidden without any."""
    tray = desktop.start("trayer", "--edge", "top", "--align", "right", "--widthtype", "request", "--height",
                         str(HEIGHT), "--SetDockType", "true", NO_AT_BRIDGE="1")
    until("the tray runs", lambda: desktop.run("xdotool", "search", "--class", "trayer"), 20)
    return tray


def dunst(desktop):
    """A notification server that draws."""
    server = desktop.start("dunst")
    desktop.until_name(NOTIFICATIONS)
    return server


def xfce4_notifyd(desktop):
    server = desktop.start(_NOTIFYD)
    desktop.until_name(NOTIFICATIONS)
    return server


def settings(desktop, theme="Adwaita", icons="Adwaita", font="Sans 10"):
    """A settings server, as desktops tell programs their theme; started anew, programs follow at once."""
    path = desktop.folder + "/xsettings.conf"
    with open(path, "w") as file:
        file.write(f'Net/ThemeName "{theme}"\nNet/IconThemeName "{icons}"\nGtk/FontName "{font}"\n')
    server = desktop.start("xsettingsd", "-c", path)
    until("the settings are told", lambda: theme in desktop.run("dump_xsettings"), 20)
    return server


class Tray:
    """Finds an icon by what it changes in the strip at the top of the screen."""

    def __init__(self, desktop, height=HEIGHT):
        self._desktop = desktop
        self._height = height
        self._empty = self._look()

    def _look(self):
        return self._desktop.pixels(0, 0, self._desktop.size[0], self._height)

    def picture(self):
        """What the strip looks like now."""
        return self._look()

    def place(self):
        """The middle of what was not there at first, or None."""
        columns, rows = set(), []
        for number, (before, now) in enumerate(zip(self._empty, self._look())):
            if before != now:
                rows.append(number)
                columns.update(i // 3 for i in range(len(now)) if before[i] != now[i])
        # An icon, not a line that a panel redraws.
        if len(rows) < 8 or len(columns) < 8:
            return None
        return (min(columns) + max(columns)) // 2, (rows[0] + rows[-1]) // 2

    def until_place(self, seconds=20.0):
        """The middle of the icon once it is there and does not move any more."""
        last = []

        def settled():
            last.append(self.place())
            return last[-1] if len(last) > 2 and last[-1] and last[-1] == last[-2] == last[-3] else None
        return until("an icon is drawn in the panel", settled, seconds, 0.1)
