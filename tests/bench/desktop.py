"""The figures of the tray app: how soon its window is drawn, and whether it sleeps when nothing happens.

usage: desktop.py BUILD-FOLDER [--starts N] [--idle SECONDS]        started by tests/bench/run
"""
import argparse
import ctypes
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

import process  # noqa: E402
from figures import cell, stats  # noqa: E402
from lab import desktop, named, panel, sandbox  # noqa: E402
from lab.app import App  # noqa: E402
from lab.demo import find  # noqa: E402
from lab.lab import Lab  # noqa: E402
from lab.wait import until  # noqa: E402

NAME = "home.dyn.example"
_BASELINE = """
import gi
gi.require_version("Gtk", "3.0")
from gi.repository import Gtk
Gtk.init(None)
print("ready", flush=True)
Gtk.main()
"""


class Pixel:
    """One pixel of the screen, looked at without any delay."""

    def __init__(self, name):
        self._x = ctypes.CDLL("libX11.so.6")
        self._x.XOpenDisplay.restype = self._x.XDefaultRootWindow.restype = ctypes.c_void_p
        self._x.XGetImage.restype = self._x.XGetPixel.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
        self._x.XGetImage.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_int, ctypes.c_uint,
                                      ctypes.c_uint, ctypes.c_ulong, ctypes.c_int]
        self._x.XGetPixel.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int]
        self._x.XDestroyImage = self._x.XFree
        self._display = self._x.XOpenDisplay(name.encode())
        self._root = self._x.XDefaultRootWindow(self._display)

    def at(self, x, y):
        every_plane, z_pixmap = 0xFFFFFFFF, 2
        image = self._x.XGetImage(self._display, self._root, x, y, 1, 1, every_plane, z_pixmap)
        return self._x.XGetPixel(image, 0, 0)


class Bench:
    def __init__(self, folder):
        self.command = find(folder, "wayhome")
        self.lab = Lab()
        self.lab.change4()
        self.service = self.lab.service([find(folder, "wayhomed")]).start()
        account = self.lab.rfc2136_account(self.service)
        host = self.service.call("AddHost", account=account, name=NAME, ipv4=True, ipv6=False)["host"]
        self.service.record_until(host, "it is proven", lambda each: each["proof"]["status"] == "proven")
        self.desktop = desktop.Desktop()
        self.desktop.adopt()

    def app(self, *options):
        return App(self.desktop, self.service.control, *options, program=self.command)

    def starts(self, count):
        """From exec to the first drawn pixel of the window, the files being in memory; then with a host in it."""
        first = self.app().start()
        window = first.window()
        sides = dict(line.split("=") for line in
                     self.desktop.run("xdotool", "getwindowgeometry", "--shell", str(window)).split())
        x, y = (int(sides[at]) + int(sides[size]) // 2 for at, size in (("X", "WIDTH"), ("Y", "HEIGHT")))
        first.stop()
        pixel, times = Pixel(desktop.DISPLAY), []
        for _ in range(count):
            until("the window is gone", lambda: not first.windows() and pixel.at(x, y) == self.background(), 10)
            app = self.app()
            before = time.monotonic_ns()
            app.spawn()
            while pixel.at(x, y) == self.background() and app.program.is_running():
                pass
            times.append((time.monotonic_ns() - before) / 1e6)
            app.stop()
        print("wayhome: exec -> first frame:", cell(stats(times)), flush=True)

    @staticmethod
    def background():
        return int(desktop.BACKGROUND[1:], 16)

    def idle(self, seconds):
        """With the window closed and the icon in a real panel; beside it a program that is GTK and nothing else."""
        panel.xfce4_panel(self.desktop)
        tray = panel.Tray(self.desktop)
        app = self.app("--background").start()
        tray.until_place()
        bare = self.desktop.start("/usr/bin/python3", "-c", _BASELINE)
        until("GTK alone runs", lambda: "ready" in bare.log(), 20)
        sizes = process.memory(app.program.process.pid)
        print(f"{'wayhome: PSS, anonymous, RSS with its window closed':58} {sizes['Pss'] / 1000:.2f} MB, "
              f"{sizes['Anonymous'] / 1000:.2f} MB, {sizes['Rss'] / 1000:.2f} MB", flush=True)
        time.sleep(10)  # until GTK has done what it does after a start
        programs = {"wayhome": app.program.process.pid, "GTK alone": bare.process.pid}
        before = {who: process.switches(pid) for who, pid in programs.items()}
        print(f"waiting for {seconds} s without any change ...", flush=True)
        time.sleep(seconds)
        for who, pid in programs.items():
            for thread, count in process.switches(pid).items():
                print(f"{who}: voluntary context switches of {thread} in {seconds} s: "
                      f"{count - before[who].get(thread, 0)}")
        app.stop()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--starts", type=int, default=10)
    parser.add_argument("--idle", type=int, default=60)
    options = parser.parse_args()
    folder = os.path.abspath(options.folder)
    reason = desktop.missing() or (None if named.binary() else "the name server has not been unpacked")
    if reason or not find(folder, "wayhome"):
        print(f"The tray app is not measured: {reason or 'it has not been built'}.")
        return
    sandbox.enter_or_skip()
    bench = Bench(folder)
    bench.starts(options.starts)
    bench.idle(options.idle)
    bench.service.stop()
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
