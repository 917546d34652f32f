"""The lab by hand; started by tests/lab/run."""
import argparse
import json
import os
import pty
import shutil
import socket
import subprocess
import sys
import threading

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import actions, router, sandbox, vpn  # noqa: E402
from lab.lab import Lab  # noqa: E402

DOOR = sandbox.RUN + "/door"
COMMANDS = sandbox.RUN + "/bin"
_CLIENT = f"""#!/usr/bin/python3
import json, socket, sys
door = socket.socket(socket.AF_UNIX)
door.connect("{DOOR}")
door.sendall(json.dumps(sys.argv[1:]).encode() + b"\\n")
code, text = json.loads(door.makefile().readline())
print(text, file=sys.stderr if code else sys.stdout, end="")
sys.exit(code)
"""


class Door:
    """Where the command `lab` in the shell asks for an action; one after the other."""

    def __init__(self, lab):
        self._actions = actions.Actions(lab, COMMANDS)
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(DOOR)
        self._listener.listen()
        os.makedirs(COMMANDS)
        with open(COMMANDS + "/lab", "w") as file:
            file.write(_CLIENT)
        os.chmod(COMMANDS + "/lab", 0o755)
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self):
        while True:
            connection, _ = self._listener.accept()
            with connection, connection.makefile() as stream:
                try:
                    answer = self._actions.do(json.loads(stream.readline()))
                    connection.sendall(json.dumps(answer).encode() + b"\n")
                except (OSError, ValueError):
                    continue


def options():
    parser = argparse.ArgumentParser(
        prog="tests/lab/run", description="A home network in namespaces, and a shell on the computer at home. "
        "`lab help` in that shell lists what can happen.", epilog="Everything ends with the shell or COMMAND.")
    parser.add_argument("--router", choices=(*router.KINDS, "none"), default="announcing",
                        help="how much it tells programs at home; none: the computer is directly on the line")
    parser.add_argument("--double", action="store_true", help="a second router between that one and the line")
    parser.add_argument("--ipv6", action="store_true", help="the router announces a prefix")
    parser.add_argument("--no-natpmp", action="store_true", help="the router has only UPnP")
    parser.add_argument("--no-upnp", action="store_true", help="the router has only NAT-PMP and PCP")
    parser.add_argument("--cgnat", action="store_true", help="the line has a shared address")
    parser.add_argument("--vpn", choices=vpn.STYLES, help="a VPN is up")
    parser.add_argument("command", nargs="*", metavar="COMMAND", help="what to run at home; a shell if left out")
    return parser.parse_args()


def make(chosen):
    kind = None if chosen.router == "none" else chosen.router
    if kind is None and (chosen.double or chosen.ipv6):
        sys.exit("Without a router there is no second one, and nobody announces a prefix.")
    if chosen.double and chosen.ipv6:
        sys.exit("Behind two routers there is only IPv4.")
    lab = Lab(router=kind, double=chosen.double, ipv6=chosen.ipv6,
              **({"natpmp": not chosen.no_natpmp, "upnp": not chosen.no_upnp} if kind else {}))
    lab.cgnat() if chosen.cgnat else lab.change4()
    if chosen.vpn:
        lab.vpn.up(chosen.vpn)
    return lab


def run_at_home(lab, command):
    """On a terminal of its own where there is one; returns the exit code."""
    os.environ["PATH"] = COMMANDS + ":" + os.environ["PATH"]
    os.environ["PS1"] = "(lab) \\w \\$ "
    if not command:
        command = ["/bin/bash", "--noprofile", "--norc", "-i"] if sys.stdin.isatty() else ["/bin/sh"]
    if not sys.stdin.isatty():
        return lab.home.popen(command).wait()
    columns, rows = shutil.get_terminal_size()
    command = ["/bin/sh", "-c", f'stty rows {rows} cols {columns}; exec "$@"', "sh", *command]
    with lab.home:
        return os.waitstatus_to_exitcode(pty.spawn(command))


def main():
    chosen = options()
    sandbox.enter_or_skip()
    try:
        lab = make(chosen)
        Door(lab)
        if not chosen.command:
            print("You are at home. `lab help` lists what can happen; everything ends with this shell.")
        sys.stdout.flush()
        code = run_at_home(lab, chosen.command)
    except (OSError, RuntimeError, subprocess.SubprocessError) as error:
        print(error, file=sys.stderr)
        code = 1
    sys.stdout.flush()
    os._exit(code if code >= 0 else 128 - code)


if __name__ == "__main__":
    main()
