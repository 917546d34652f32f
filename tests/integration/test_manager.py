"""The service manager above the service: messages, watchdog, a socket handed over."""
import os
import socket
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.case import LabTest, main  # noqa: E402

WATCHDOG_USEC = 300_000


class Manager(LabTest):
    def notify_socket(self, made):
        path = made.folder + "/notify"
        channel = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        channel.bind(path)
        channel.settimeout(20)
        self.addCleanup(channel.close)
        made.environment["NOTIFY_SOCKET"] = path
        return channel

    def hear(self, channel, word, times=1):
        """Reads messages until a line that starts with `word` came so often; returns the last one."""
        while True:
            for line in channel.recv(4096).decode().splitlines():
                if line.startswith(word):
                    times -= 1
                    if times == 0:
                        return line

    def test_ready_status_stopping(self):
        made = self.new_service()
        channel = self.notify_socket(made)
        made.start()
        self.hear(channel, "READY=1")
        self.add_own(made, "notified.dyn.example")
        self.hear(channel, "STATUS=")
        made.process.terminate()
        self.hear(channel, "STOPPING=1")
        self.assertEqual(made.process.wait(15), 0)

    def test_watchdog(self):
        made = self.new_service()
        channel = self.notify_socket(made)
        made.environment["WATCHDOG_USEC"] = str(WATCHDOG_USEC)
        made.start()
        self.hear(channel, "WATCHDOG=1", times=4)

    def test_no_watchdog_unasked(self):
        made = self.new_service()
        channel = self.notify_socket(made)
        made.start()
        made.process.terminate()
        said = ""
        while "STOPPING=1" not in said:
            said += channel.recv(4096).decode() + "\n"
        self.assertEqual(made.process.wait(15), 0)
        self.assertNotIn("WATCHDOG=1", said)

    def test_socket_activation(self):
        made = self.new_service()
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.bind(made.control)
        listener.listen()
        spare = os.dup(listener.fileno())
        script = 'exec 3<&"$0"; export LISTEN_FDS=1 LISTEN_PID=$$; exec "$@"'
        made.command = ["bash", "-c", script, str(spare), *made.command]
        made.spawn(pass_fds=(spare,))
        os.close(spare)
        self.until("it answers at the socket it was given", made._answers, 20)
        listener.close()
        made.process.terminate()
        self.assertEqual(made.process.wait(15), 0)
        self.assertTrue(os.path.exists(made.control), "a socket of the manager is not the service's to remove")

    def test_no_core_dumps(self):
        made = self.start()
        with open(f"/proc/{made.process.pid}/limits") as file:
            line = next(line for line in file if line.startswith("Max core file size"))
        self.assertEqual(line.split()[4:6], ["0", "0"], line)


if __name__ == "__main__":
    main()
