"""A missing or damaged thing is a state, never an end."""
import glob
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import sandbox  # noqa: E402
from lab.case import LabTest, main  # noqa: E402
from lab.varlink import VarlinkError  # noqa: E402

MS_RDONLY = 1


class Faults(LabTest):
    def notices(self, made):
        service = made.status()["service"]
        self.assertEqual(len(service["notices"]), len(service["notice_details"]))
        return service["notices"]

    def databases(self, made):
        found = [path for path in glob.glob(made.state + "/**", recursive=True) if os.path.isfile(path)]
        return [path for path in found if open(path, "rb").read(15) == b"SQLite format 3"]

    def with_host(self, name):
        made = self.start()
        host = self.add_own(made, name)
        self.assert_proven(made, host)
        return made, host

    def damage(self, name, spoil):
        made, _ = self.with_host(name)
        made.stop()
        database, = self.databases(made)
        for path in glob.glob(database + "-*"):
            os.unlink(path)
        spoil(database)
        made.start()
        self.assertIn("store_set_aside", self.notices(made))
        self.assertTrue([path for path in glob.glob(os.path.dirname(database) + "/*") if path != database
                         and os.path.basename(database) in path], "nothing was set aside")
        self.assert_proven(made, self.add_own(made, "after-" + name))

    def test_database_is_garbage(self):
        def spoil(path):
            with open(path, "wb") as file:
                file.write(os.urandom(20000))
        self.damage("garbage.dyn.example", spoil)

    def test_database_is_overwritten_in_the_middle(self):
        def spoil(path):
            with open(path, "r+b") as file:
                file.seek(100)
                file.write(b"\xa5" * (os.path.getsize(path) - 100))
        self.damage("middle.dyn.example", spoil)

    def test_empty_database_is_a_new_one(self):
        made, _ = self.with_host("empty.dyn.example")
        made.stop()
        database, = self.databases(made)
        for path in glob.glob(database + "*"):
            os.unlink(path)
        open(database, "w").close()
        made.start()
        self.assert_proven(made, self.add_own(made, "refilled.dyn.example"))

    def test_state_folder_cannot_be_written(self):
        folder = sandbox.RUN + "/read-only"
        os.makedirs(folder)
        sandbox.mount("lab", folder, "tmpfs", MS_RDONLY)
        made = self.new_service()
        made.state = folder + "/state"
        made.start()
        self.assertTrue({"store_in_memory", "store_unwritable"} & set(self.notices(made)), self.notices(made))
        with self.assertRaises(VarlinkError) as caught:
            self.lab.rfc2136_account(made)
        self.assertTrue(caught.exception.name.endswith(".NotSaved"))
        account, = made.status()["accounts"]
        host = self.host_of(made, account["id"], "memory.dyn.example")
        made.record_until(host, "updates go on", lambda each: each["acknowledged"] == self.lab.address)

    def host_of(self, made, account, name):
        """Its id, also when the service says that it will not remember it."""
        try:
            return made.call("AddHost", account=account, name=name, ipv4=True, ipv6=False)["host"]
        except VarlinkError as error:
            self.assertTrue(error.name.endswith(".NotSaved"), error)
            return made.status()["hosts"][0]["id"]

    def fill(self, path):
        file = os.open(path, os.O_CREAT | os.O_WRONLY)
        try:
            while True:
                os.write(file, b"x" * 4096)
        except OSError:
            os.close(file)

    def test_disk_becomes_full(self):
        folder = sandbox.RUN + "/small"
        os.makedirs(folder)
        sandbox.mount("lab", folder, "tmpfs", 0, "size=8m")
        made = self.new_service()
        made.state = folder + "/state"
        made.start()
        host = self.add_own(made, "full.dyn.example")
        self.assert_proven(made, host)
        self.fill(folder + "/filler")
        for _ in range(40):
            _, address = self.lab.change4()
            made.record_until(host, "updates go on", lambda each: each["acknowledged"] == address)
            if "store_unwritable" in self.notices(made):
                break
        self.assertIn("store_unwritable", self.notices(made))

    def test_secret_that_others_can_read(self):
        made, host = self.with_host("secret.dyn.example")
        made.stop()
        secrets = [path for path in glob.glob(made.state + "/**", recursive=True) if os.path.isfile(path)
                   and self.lab.key.secret.encode() in open(path, "rb").read()]
        self.assertEqual(len(secrets), 1)
        os.chmod(secrets[0], 0o644)
        made.start()
        states = [each["state"] for account in made.status()["accounts"] for each in account["secrets"]]
        self.assertNotIn("present", states)
        self.lab.change4()
        self.assert_state(made, host, "no_secret")
        account, = made.status()["accounts"]
        made.call("SetSecret", account=account["id"], field="secret", secret=self.lab.key.secret)
        self.assert_state(made, host, "current")

    def test_damaged_secret(self):
        made, host = self.with_host("damaged.dyn.example")
        made.stop()
        for path in glob.glob(made.state + "/**", recursive=True):
            if os.path.isfile(path) and self.lab.key.secret.encode() in open(path, "rb").read():
                with open(path, "wb") as file:
                    file.write(b"\0\xff{")
        self.lab.change4()
        made.start()
        self.assert_state(made, host, "no_secret")

    def test_wrong_settings(self):
        made = self.new_service()
        os.makedirs(made.config + "/providers")
        for name, text in (("outside.conf", "[one]\norganisation=One\nipv4=http://not.secure.example/\n"),
                           ("probes.conf", "[page]\nurl=https://not.plain.example/\nstatus=204\n"),
                           ("providers/broken.provider", "this is no keyfile"),
                           ("providers/dyndns2.provider", "[provider]\nname=Mine now\n")):
            with open(f"{made.config}/{name}", "w") as file:
                file.write(text)
        made.start()
        for notice in ("provider_files", "outside_file", "probes_file"):
            self.assertIn(notice, self.notices(made))
        names = {each["id"]: each["name"] for each in made.call("ListProviders")["providers"]}
        self.assertNotIn("broken", names)
        self.assertNotEqual(names["dyndns2"], "Mine now")
        self.assert_proven(made, self.add_own(made, "anyway.dyn.example"))

    def test_wrong_option(self):
        made = self.new_service()
        made.options = ["--nonsense"]
        made.spawn()
        self.assertNotEqual(made.process.wait(10), 0)
        made.process = None
        self.assertIn("nonsense", made.log())


if __name__ == "__main__":
    main()
