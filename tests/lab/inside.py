#!/usr/bin/python3
"""Does something inside a booted container: as a user of it, in one of its control groups.

usage: inside.py LEADER USER CGROUP run COMMAND...      runs it; its exit code
       inside.py LEADER USER CGROUP knock PATH FD       for each byte that comes from FD, a new connection to the
                                                        socket at PATH, or a byte when there is none, goes back

LEADER: the container's first process. CGROUP: the folder of the control group, as it is seen from outside.
"""
import array
import ctypes
import os
import signal
import socket
import sys
import warnings  # noqa: F401 what os would look for inside, where there is no Python

NAMESPACES = ("cgroup", "ipc", "uts", "net", "pid", "mnt")
PR_SET_PDEATHSIG = 1
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

libc = ctypes.CDLL(None, use_errno=True)


def go_in(leader, cgroup):
    """From the next fork on, the process is one of the container's. Returns what stay_out() needs."""
    outside = os.open(cgroup.split("/payload/")[0] + "/supervisor/cgroup.procs", os.O_WRONLY)
    doors = [os.open(f"/proc/{leader}/ns/{name}", os.O_RDONLY) for name in NAMESPACES]
    with open(f"{cgroup}/cgroup.procs", "w") as file:
        file.write(str(os.getpid()))
    for door in doors:
        if libc.setns(door, 0) != 0:
            raise OSError(ctypes.get_errno(), "setns")
        os.close(door)
    os.chdir("/")
    return outside


def stay_out(outside):
    """The process that waits outside is in the way of nobody who waits until the group is empty."""
    os.write(outside, b"0")
    os.closerange(3, 256)  # who waits for their end waits for the program's


def entries(path):
    with open(path) as file:
        return [line.rstrip("\n").split(":") for line in file]


def become(user):
    """With the groups that the container says; returns the user's environment."""
    _, _, uid, gid, _, home, shell = next(entry for entry in entries("/etc/passwd") if entry[0] == user)
    os.setgroups([int(gid), *(int(entry[2]) for entry in entries("/etc/group") if user in entry[3].split(","))])
    os.setgid(int(gid))
    os.setuid(int(uid))
    kept = {name: value for name, value in os.environ.items() if name == "TERM" or name.startswith("XDG_SESSION_")}
    runtime = f"/run/user/{uid}"
    if os.path.isdir(runtime):
        kept.update(XDG_RUNTIME_DIR=runtime, DBUS_SESSION_BUS_ADDRESS=f"unix:path={runtime}/bus")
    return {"PATH": PATH, "HOME": home, "USER": user, "LOGNAME": user, "SHELL": shell, "LC_ALL": "C.UTF-8",
            "DEBIAN_FRONTEND": "noninteractive", **kept}


def knock(path, channel):
    while channel.recv(1):
        door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            door.connect(path)
            channel.sendmsg([b"y"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [door.fileno()]))])
        except OSError as error:
            channel.send(bytes([error.errno]))
        door.close()


def child(user, action, arguments):
    environment = become(user)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if action == "knock":
        knock(arguments[0], socket.socket(fileno=int(arguments[1])))
        return 0
    try:
        os.execvpe(arguments[0], arguments, environment)
    except OSError as error:
        print(f"{arguments[0]}: {error.strerror}", file=sys.stderr)
        return 127


def main():
    leader, user, cgroup, action, *arguments = sys.argv[1:]
    outside = go_in(leader, cgroup)
    process = os.fork()
    if process == 0:
        os._exit(child(user, action, arguments))
    stay_out(outside)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda got, _frame: os.kill(process, got))
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    sys.exit(code if code >= 0 else 128 - code)


if __name__ == "__main__":
    main()
