"""kill -9 at any step of an update: none is lost, none is sent again without need."""
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab.case import LabTest, main  # noqa: E402

NAME = "home.dyn.example"


class Kills(LabTest):
    def setUp(self):
        super().setUp()
        self.lab.provider.of_host.clear()
        self.lab.provider.updates.clear()

    def settled(self):
        made = self.start()
        host = self.add_own(made, NAME)
        self.assert_proven(made, host)
        return made, host

    def restart(self, made, host):
        """Starts anew and waits until the record is right again; returns when it was started."""
        at = time.time_ns()
        made.start()
        made.record_until(host, "the record is right again", lambda each: each["state"] == "current"
                          and each["desired"] == self.lab.address == each["acknowledged"])
        self.assertEqual(self.lab.lookup(NAME), [self.lab.address])
        return at

    def test_when_idle(self):
        made, host = self.settled()
        made.kill()
        at = self.restart(made, host)
        self.assert_proven(made, host)
        self.assertEqual(self.lab.capture.updates(at), [])

    def count_updates(self, asked, address):
        """The capture is a thread of its own, and may see the first one after the service knows its answer."""
        self.assertIsNotNone(self.lab.capture.update(address, asked))
        return len(self.lab.capture.updates(asked, address))

    def test_orderly_end(self):
        made, host = self.settled()
        made.stop()
        at = self.restart(made, host)
        self.assertEqual(self.lab.capture.updates(at), [])

    def test_change_while_dead(self):
        made, host = self.settled()
        made.kill()
        asked, address = self.lab.change4()
        self.restart(made, host)
        self.assertEqual(self.count_updates(asked, address), 1)

    def test_as_soon_as_the_request_arrived(self):
        made, host = self.settled()
        for _ in range(5):
            asked, address = self.lab.change4()
            self.assertIsNotNone(self.lab.capture.update(address, asked))
            made.kill()
            self.restart(made, host)
            self.assertLessEqual(len(self.lab.capture.updates(asked, address)), 2)

    def test_as_soon_as_it_is_acknowledged(self):
        made, host = self.settled()
        for _ in range(5):
            asked, address = self.lab.change4()
            made.record_until(host, "acknowledged", lambda each: each["acknowledged"] == address)
            made.kill()
            self.restart(made, host)
            self.assertEqual(self.count_updates(asked, address), 1)

    def test_right_after_the_change(self):
        made, host = self.settled()
        for _ in range(5):
            asked, address = self.lab.change4()
            made.kill()
            self.restart(made, host)
            self.assertIn(self.count_updates(asked, address), (1, 2))

    def test_before_the_answer(self):
        name = "wait.free.example"
        self.lab.provider.of_host[name] = "hang"
        made = self.start()
        host = self.add_free(made, name)
        self.assertIsNotNone(self.lab.provider.update(name))
        made.kill()
        self.lab.provider.of_host.clear()
        made.start()
        self.assert_state(made, host, "current")
        self.assertEqual(len(self.lab.provider.of(name)), 2)

    def test_right_after_the_answer(self):
        name = "answered.free.example"
        made = self.start()
        host = self.add_free(made, name, interval="1")
        self.assert_state(made, host, "current")
        for _ in range(3):
            asked, address = self.lab.change4()
            update = self.lab.provider.update(name, asked, address)
            self.until("it is answered", lambda: update.answer, 5, 0.0005)
            made.kill()
            made.start()
            made.record_until(host, "the record is right again", lambda each: each["state"] == "current"
                              and each["desired"] == each["acknowledged"] == address, seconds=30)
            self.assertLessEqual(len(self.lab.provider.of(name, asked)), 2)

    def test_tokens_are_not_given_back(self):
        name = "tokens.free.example"
        made = self.start()
        host = self.add_free(made, name)
        self.assert_state(made, host, "current")
        for _ in range(2):
            _, address = self.lab.change4()
            made.record_until(host, "acknowledged", lambda each: each["acknowledged"] == address)
        made.kill()
        self.lab.change4()
        made.start()
        self.assert_state(made, host, "held")
        self.assertEqual(len(self.lab.provider.of(name)), 3)


if __name__ == "__main__":
    main()
