"""A world of its own for one test process: network, mounts and processes.

The kernel ends that world together with its first process, whatever ends that process, so that nothing
has to be cleaned up: namespaces, mounts, links and servers of a killed run are gone as well.
"""
import ctypes
import os
import shutil
import signal
import subprocess
import sys

CLONE_NEWNS = 0x00020000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000
MS_REC_PRIVATE = 0x4000 | 0x40000
PR_SET_PDEATHSIG = 1

SKIPPED = 77
RUN = "/run/lab"  # a file system in memory, inside the sandbox only

libc = ctypes.CDLL(None, use_errno=True)


class Unavailable(Exception):
    """This machine does not let us make what the lab needs; the text says what."""


def check(result, what):
    if result != 0:
        raise OSError(ctypes.get_errno(), f"{what}: {os.strerror(ctypes.get_errno())}")


def unshare(flags):
    check(libc.unshare(flags), "unshare")


def mount(source, target, kind, flags=0, options=""):
    check(libc.mount(source.encode(), target.encode(), kind.encode(), flags, options.encode()),
          f"mount {target}")


def _become_root_of_own_users():
    uid, gid = os.geteuid(), os.getegid()
    unshare(CLONE_NEWUSER)
    for name, text in (("setgroups", "deny"), ("uid_map", f"0 {uid} 1"), ("gid_map", f"0 {gid} 1")):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)


def _wait_for(child):
    """Hands signals on to the first process of the sandbox and takes over its exit code."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda got, _frame: os.kill(child, got))
    _, status = os.waitpid(child, 0)
    sys.exit(os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else 1)


def _ignore_errors(copy):
    try:
        copy()
    except (shutil.Error, OSError):
        pass  # files that only root may read are not needed


def _own_folders():
    """/proc of the new processes, /run in memory, and a copy of /etc that may be written to."""
    mount("none", "/", "", MS_REC_PRIVATE)
    mount("proc", "/proc", "proc")
    mount("lab", "/run", "tmpfs", 0, "mode=755")
    os.mkdir(RUN)
    copy = RUN + "/etc"
    _ignore_errors(lambda: shutil.copytree("/etc", copy, symlinks=True))
    mount(copy, "/etc", "", 0x1000)
    for name, text in (("resolv.conf", ""), ("hosts", "127.0.0.1 localhost\n::1 localhost\n")):
        if os.path.lexists("/etc/" + name):
            os.unlink("/etc/" + name)
        with open("/etc/" + name, "w") as file:
            file.write(text)


def _end(number, _frame):
    """Everything else in the sandbox ends with this process."""
    signal.signal(number, signal.SIG_IGN)
    if number == signal.SIGINT:
        os.write(1, b"\nInterrupted.\n")
    os._exit(128 + number)


def enter():
    """Returns in the first process of a new sandbox. The process that called waits for it outside and ends
    with its exit code. Raises Unavailable where the system refuses."""
    sys.stdout.flush()
    # An ordinary user's shell does not look there for nft.
    os.environ["PATH"] = os.environ.get("PATH", "/usr/bin:/bin") + ":/usr/sbin:/sbin"
    try:
        if os.geteuid() != 0:
            _become_root_of_own_users()
        unshare(CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWPID)
    except OSError as error:
        raise Unavailable("This machine does not let this user make network namespaces "
                          f"({error.strerror}); run it as root, outside of a restricted container.") from None
    child = os.fork()
    if child:
        _wait_for(child)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _end)
    try:
        _own_folders()
    except OSError as error:
        raise Unavailable(f"This machine does not let a namespace have mounts of its own ({error}).") from None
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)


def enter_or_skip():
    """enter(), or one clear sentence and exit code 77."""
    try:
        enter()
    except Unavailable as reason:
        print(reason)
        sys.stdout.flush()
        os._exit(SKIPPED)
