"""Waiting for conditions, never for time to pass."""
import time


class TimedOut(Exception):
    """A condition was not met before its deadline; the text says which."""


def until(what, condition, seconds=30.0, interval=0.01):
    """Returns the first true value of condition(), asked again and again until the deadline."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise TimedOut(f"{what}: not within {seconds:g} s")
        time.sleep(interval)


def stays(what, condition, seconds):
    """The condition holds all the time for so long: for things that must not happen."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not condition():
            raise TimedOut(f"{what}: did not last {seconds:g} s")
        time.sleep(0.02)
