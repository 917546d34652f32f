"""What the kernel says about a process."""
import os
import re


def _tasks(pid, file):
    for task in os.listdir(f"/proc/{pid}/task"):
        try:
            with open(f"/proc/{pid}/task/{task}/{file}") as text:
                yield task, text.read()
        except FileNotFoundError:
            pass  # it ended meanwhile


def cpu(pid):
    """Processor time of all its threads so far, in nanoseconds."""
    return sum(int(text.split()[0]) for _, text in _tasks(pid, "schedstat"))


def switches(pid):
    """Voluntary context switches of each thread so far, by name and number."""
    found = {}
    for task, text in _tasks(pid, "status"):
        name = re.search(r"Name:\s+(.*)", text)[1]
        found[f"{name}/{task}"] = int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", text, re.MULTILINE)[1])
    return found


def wakeups(pid):
    """How often its threads went to sleep, and so were woken, so far."""
    return sum(switches(pid).values())


def memory(pid):
    """Kilobytes by kind, from the kernel's own sums."""
    with open(f"/proc/{pid}/smaps_rollup") as file:
        return {name: int(size) for name, size in re.findall(r"^(\w+):\s+(\d+) kB", file.read(), re.MULTILINE)}
