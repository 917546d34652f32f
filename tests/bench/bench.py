"""The figures of the service, side by side with inadyn where both can be measured.

usage: bench.py BUILD-FOLDER [--changes N] [--idle SECONDS]        started by tests/bench/run
"""
import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import named, sandbox  # noqa: E402
from lab.demo import find  # noqa: E402
from lab.lab import OTHER_ZONE, Lab  # noqa: E402
from lab.netlink import NODAD  # noqa: E402
from lab.wait import until  # noqa: E402

OWN = "home.dyn.example"
FREE = f"bench.{OTHER_ZONE}"


def ms(nanoseconds):
    return nanoseconds / 1e6


def show(what, values, unit="ms"):
    values = [value for value in values if value is not None]
    if not values:
        print(f"{what:58} -")
        return
    print(f"{what:58} {statistics.median(values):9.2f} {unit}   ({min(values):.2f} to {max(values):.2f}, "
          f"n={len(values)})", flush=True)


def rollup(pid):
    """Kilobytes of a process by kind, from the kernel's own sums."""
    with open(f"/proc/{pid}/smaps_rollup") as file:
        return {name: int(size) for name, size in re.findall(r"^(\w+):\s+(\d+) kB", file.read(), re.MULTILINE)}


def show_memory(who, pid):
    sizes = rollup(pid)
    print(f"{who + ': PSS, anonymous, RSS after TLS':58} {sizes['Pss'] / 1000:.2f} MB, "
          f"{sizes['Anonymous'] / 1000:.2f} MB, {sizes['Rss'] / 1000:.2f} MB", flush=True)


def switches(pid):
    """Voluntary context switches of all threads, by name of the thread."""
    found = {}
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/status") as file:
            text = file.read()
        name = re.search(r"Name:\s+(.*)", text)[1]
        found[f"{name}/{task}"] = int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", text, re.MULTILINE)[1])
    return found


class Bench:
    def __init__(self, command):
        self.command = command
        self.lab = Lab()
        self.lab.change4()
        self.lab.change6(flags=NODAD)

    def service(self):
        return self.lab.service([self.command])

    def direct(self, count):
        service = self.service().start()
        watch = service.watch()
        account = self.lab.rfc2136_account(service)
        host = service.call("AddHost", account=account, name=OWN, ipv4=True, ipv6=False)["host"]
        service.record_until(host, "the first update is proven", lambda each: each["proof"]["status"] == "proven")
        requests, proofs = [], []
        for _ in range(count):
            asked, address = self.lab.change4()
            arrived = self.lab.capture.update(address, asked)
            proven = watch.event(15, asked, kind="proven", name=OWN, address=address)
            requests.append(ms(arrived - asked) if arrived else None)
            proofs.append(ms(proven["at"] * 1000 - asked) if proven else None)
        service.stop()
        show("wayhomed: change -> request, direct IPv4, RFC 2136", requests)
        show("wayhomed: change -> proven", proofs)

    def prepared(self, tls):
        """A state folder with one host of the provider, whose update is due at the next start."""
        service = self.service().start()
        scheme = "https" if tls else "http"
        account = self.lab.dyndns2_account(service, url=f"{scheme}://members.example", interval="1")
        name = f"{'tls' if tls else 'plain'}.{OTHER_ZONE}"
        host = service.call("AddHost", account=account, name=name, ipv4=True, ipv6=False)["host"]
        service.record_until(host, "the first update is answered", lambda each: each["state"] == "current")
        service.stop()
        return service, name

    def starts(self, tls, count):
        try:
            service, name = self.prepared(tls)
        except Exception as error:
            print(f"start -> first update {'TLS' if tls else 'plain'}: not measured ({error})")
            return
        times = []
        for _ in range(count):
            self.lab.change4()
            started = time.time_ns()
            service.spawn()
            update = self.lab.provider.update(name, started, self.lab.address)
            times.append(ms(update.at - started) if update else None)
            until("the answer is written down", lambda: self.is_current(service), 10)
            time.sleep(1.1)  # the token comes back, so that no start waits for it
            service.stop()
        show(f"wayhomed: start -> first update, {'TLS' if tls else 'plain HTTP'}", times)

    @staticmethod
    def is_current(service):
        try:
            return all(record["state"] == "current" for host in service.status()["hosts"]
                       for record in host["records"])
        except OSError:
            return False

    def idle(self, seconds):
        """Memory after a TLS update; then nothing changes for a while."""
        service, name = self.prepared(True)
        self.lab.change4()
        started = time.time_ns()
        service.spawn()
        self.lab.provider.update(name, started, self.lab.address)
        until("it is proven", lambda: self.is_proven(service), 20)
        show_memory("wayhomed", service.process.pid)
        print("(PSS shares pages with whoever else has the same libraries loaded, such as this script and OpenSSL)")
        requests = len(self.lab.provider.updates) + sum(len(echo.requests) for echo in self.lab.echoes)
        trace = sandbox.RUN + "/strace"
        tracer = self.trace(service.process.pid, trace)
        before = switches(service.process.pid)
        print(f"waiting for {seconds} s without any change ...", flush=True)
        time.sleep(seconds)
        after = switches(service.process.pid)
        more = len(self.lab.provider.updates) + sum(len(echo.requests) for echo in self.lab.echoes) - requests
        print(f"requests to third parties meanwhile: {more}")
        for thread, count in after.items():
            print(f"voluntary context switches of {thread}: {count - before.get(thread, 0)}")
        if tracer:
            tracer.terminate()
            tracer.wait()
            with open(trace) as file:
                print("strace -c -f of that time (empty: no system call at all):\n" + file.read())
        service.stop()

    @staticmethod
    def trace(pid, path):
        """strace that is attached already, or None where there is none."""
        if not shutil.which("strace"):
            return None
        tracer = subprocess.Popen(["strace", "-c", "-f", "-o", path, "-p", str(pid)], stderr=subprocess.DEVNULL)

        def attached():
            tasks = [f"/proc/{pid}/task/{task}/status" for task in os.listdir(f"/proc/{pid}/task")]
            return all("TracerPid:\t0\n" not in open(task).read() for task in tasks)

        until("strace is attached", attached, 10)
        return tracer

    @staticmethod
    def is_proven(service):
        try:
            return all(record["proof"]["status"] == "proven" for host in service.status()["hosts"]
                       for record in host["records"])
        except OSError:
            return False

    def inadyn(self, count, web):
        """web: it asks an outside operator for the address, as it does by default, instead of the interface."""
        tools = named.tools_folder()
        program = f"{tools}/inadyn/usr/sbin/inadyn"
        if not os.path.exists(program):
            print("inadyn: not unpacked, not measured")
            return
        how = "asks outside" if web else "reads the interface"
        folder = sandbox.RUN + ("/inadyn-web" if web else "/inadyn")
        os.makedirs(folder + "/cache")
        with open(folder + "/conf", "w") as file:
            os.chmod(folder + "/conf", 0o600)
            echo = self.lab.echoes[0].name
            file.write(("" if web else "iface = eth0\n") + "period = 30\ncustom bench {\n"
                       + (f"  checkip-server = v4.{echo}\n  checkip-path = /\n  checkip-ssl = true\n" if web else "")
                       + "  ddns-server = members.example\n"
                       '  ddns-path = "/nic/update?hostname=%h&myip=%i"\n  username = user\n  password = pass\n'
                       f'  ssl = true\n  hostname = "{FREE}"\n}}\n')
        environment = dict(os.environ, LD_LIBRARY_PATH=":".join(
            f"{tools}/{package}/usr/lib/x86_64-linux-gnu" for package in ("libconfuse2", "libgnutls30")))
        times, process = [], None
        for _ in range(count):
            self.stop(process)
            shutil.rmtree(folder + "/cache")
            os.mkdir(folder + "/cache")
            self.lab.change4()
            started = time.time_ns()
            with open(folder + "/log", "ab") as log:
                process = self.lab.home.popen([program, "-n", "-f", folder + "/conf", "--cache-dir", folder + "/cache",
                                               "-P", folder + "/pid", "-l", "info"], stdout=log, stderr=log,
                                              env=environment)
            update = self.lab.provider.update(FREE, started, seconds=20)
            times.append(ms(update.at - started) if update else None)
        show(f"inadyn ({how}): start -> first update, TLS", times)
        time.sleep(1)
        if process.poll() is None and times[-1] is not None:
            show_memory(f"inadyn ({how})", process.pid)
        else:
            with open(folder + "/log", errors="replace") as log:
                print("inadyn did not work:\n" + log.read()[-1500:])
        self.stop(process)

    @staticmethod
    def stop(process):
        if process and process.poll() is None:
            process.terminate()
            try:
                process.wait(3)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("--changes", type=int, default=30)
    parser.add_argument("--idle", type=int, default=60)
    options = parser.parse_args()
    command = find(os.path.abspath(options.folder), "wayhomed")
    if not command:
        print("There is no wayhomed in the build folder.")
        return 1
    sandbox.enter_or_skip()
    bench = Bench(command)
    bench.direct(options.changes)
    bench.starts(False, 10)
    bench.starts(True, 10)
    bench.inadyn(5, False)
    bench.inadyn(5, True)
    bench.idle(options.idle)
    return 0


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)
    sys.exit(main())
