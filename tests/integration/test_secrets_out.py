"""Secrets only go in: whatever happens, nothing that leaves the service or stays behind it holds one."""
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from lab import dns, mirror, needles  # noqa: E402
from lab.case import LabTest, main  # noqa: E402
from lab.lab import SILENT  # noqa: E402
from lab.varlink import INTERFACE, Connection  # noqa: E402
from lab.web import WebServer  # noqa: E402

MIRROR, MIRROR_NAME = "11.99.0.70", "mirror.dyn.example"
# One secret a way in; with characters that every encoding writes in another way.
SECRETS = {way: f"{way}-Q7&x<'y\">%z/+ü9{number}K" for number, way in
           enumerate(("password", "url", "header", "misplaced", "unknown", "test", "draft", "second", "declared"))}
SECRETS["header"] = "header-Q7&x<'y\">%z/+9K"  # octets beyond ASCII are no header
DEFINITIONS = {
    "mirror-url": f"[http]\nurl = https://{MIRROR_NAME}/u?hostname={{hosts}}&ip={{ip}}&t={{token}}\n",
    "mirror-header": f"[http]\nurl = https://{MIRROR_NAME}/h?hostname={{hosts}}&ip={{ip}}\n"
                     "header-1 = X-Token: {token}\n",
    "mirror-broken": "[http]\nurl = nonsense {token}\n",
}
ODD = (*mirror.SPELLINGS, *mirror.STATUS, "garbage", "multiline")


class Recorder(Connection):
    """A connection whose every received byte is kept."""

    received = bytearray()

    def receive(self):
        message = super().receive()
        self.received.extend(json.dumps(message, ensure_ascii=False).encode() + json.dumps(message).encode())
        return message


class Secrets(LabTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mirror = mirror.Mirror()
        cls.lab.more_server(MIRROR)
        cls.lab.set_record(MIRROR_NAME, MIRROR)
        WebServer(cls.lab.inet, [MIRROR], cls.mirror.handle, 443, cls.lab.authority.context(MIRROR_NAME))

    def prepare(self):
        Recorder.received = bytearray()
        self.mirror.requests.clear()
        made = self.new_service()
        made.connect = lambda: Recorder(made.control)
        folder = os.path.join(made.config, "providers")
        os.makedirs(folder)
        for name, text in DEFINITIONS.items():
            with open(f"{folder}/{name}.provider", "w") as file:
                file.write(f"[provider]\nname = {name}\nengine = http\n[field token]\nlabel = Token\n"
                           f"kind = secret\nrequired = true\n{text}[answers]\npreset = dyndns2\n")
        self.declare(made)
        made.start()
        return made

    def declare(self, made):
        """Files of the administrator with a secret in the wrong place, in every way."""
        secret = SECRETS["declared"]
        folder = os.path.join(made.config, "hosts.d")
        os.makedirs(folder)
        head = "[account]\nprovider = mirror-url\n"
        for number, text in enumerate((f"{head}secret.token = {secret}\n", f"{head}token = {secret}\n",
                                       f"{head}secret.token = file:{secret}\n", f"{head}{secret} = token\n",
                                       f"{head}secret.{secret} = file:x\n", f"[{secret}]\n", f"{secret}\n",
                                       f"[account]\nprovider = {secret}\n",
                                       f"{head}secret.token = credential:{secret}\n[host {secret}]\n")):
            with open(f"{folder}/{number}.conf", "w") as file:
                file.write(text)

    def watch(self, made):
        stream = Recorder(made.control, timeout=0.2)
        stream.send(f"{INTERFACE}.Watch", more=True)
        stream.reply()
        return stream

    def drain(self, stream):
        try:
            while stream.receive():
                pass
        except OSError:
            pass
        stream.close()

    def refusal(self, made, method, /, **parameters):
        """The call is refused; what the error says is recorded."""
        with made.connect() as connection:
            connection.send(f"{INTERFACE}.{method}", parameters)
            message = connection.receive()
        self.assertIn("error", message, method)

    # what a person does, well and badly

    def accounts(self, made):
        fields = {"url": f"https://{MIRROR_NAME}/p", "user": "user"}
        ask = made.call
        return [ask("AddAccount", provider="dyndns2", fields=fields,
                    secrets={"password": SECRETS["password"]})["account"],
                ask("AddAccount", provider="mirror-url", secrets={"token": SECRETS["url"]})["account"],
                ask("AddAccount", provider="mirror-header", secrets={"token": SECRETS["header"]})["account"]]

    def updates(self, made):
        """Every odd answer to every account, each account let go on after every refusal."""
        for account in self.accounts(made):
            for label in ODD:
                host = made.call("AddHost", account=account, name=f"{label}.{account}.example",
                                 ipv4=True, ipv6=False)["host"]
                made.record_until(host, "it was answered", lambda each: each["result"] is not None)
                made.call("RemoveHost", host=host)
                self.resume(made, account)
        self.assertEqual(len(self.mirror.requests) >= 3 * len(ODD), True)

    def resume(self, made, account):
        state = next(each for each in made.status()["accounts"] if each["id"] == account)
        if state["halted"]:
            made.call("Resume", account=account)

    def name_server(self, made):
        """A key that is refused, one that is right, and a server that does not answer."""
        wrong = dns.Key("home-key")
        host = self.add_own(made, "one.dyn.example", key=wrong)
        self.assert_state(made, host, "halted", "AUTH")
        self.assert_proven(made, self.add_own(made, "two.dyn.example"))
        self.add_own(made, "three.dyn.example", server=SILENT)
        return [wrong.secret, self.lab.key.secret]

    def try_out(self, made, account):
        for label in ("plain", "numbers"):
            with made.connect() as connection:
                connection.send(f"{INTERFACE}.Test", {"provider": "mirror-url", "secrets": {"token": SECRETS["test"]},
                                                      "name": f"{label}.test.example"})
                connection.receive()
        self.refusal(made, "Test", account=account, secrets={"pasword": SECRETS["draft"]}, name="a.example")

    def misplaced(self, made, account):
        """A secret as the value of what it is not, or as the name of something. A name that is not known is said
        back to the program that gave it, and to nobody else."""
        secret = SECRETS["misplaced"]
        server = {"server": "11.1.1.1", "zone": "dyn.example"}
        page = {"url": "https://a.example/", "user": "u"}
        for method, parameters in (
                ("AddAccount", {"provider": "mirror-url", "secrets": {"token": {"a": secret}}}),
                ("AddAccount", {"provider": "mirror-url", "secrets": {"token": [secret]}}),
                ("AddAccount", {"provider": "mirror-url", "secrets": secret}),
                ("AddAccount", {"provider": "mirror-url", "fields": {"nothing": secret}}),
                ("AddAccount", {"provider": "mirror-url", "secrets": {"token": secret + "\n\x01"}}),
                ("AddAccount", {"provider": "dyndns2", "fields": {**page, "url": secret}}),
                ("AddAccount", {"provider": "dyndns2", "fields": {**page, "url": f"https://me:{secret}@a.example/"}}),
                ("AddAccount", {"provider": "dyndns2", "fields": {**page, "interval": secret}}),
                ("AddAccount", {"provider": "dyndns2", "fields": {**page, "ipv6": secret}}),
                ("AddAccount", {"provider": "rfc2136", "fields": {**server, "server": secret}}),
                ("AddAccount", {"provider": "rfc2136", "fields": {**server, "zone": secret}}),
                ("AddAccount", {"provider": "rfc2136", "fields": {**server, "key-name": "k"},
                                "secrets": {"secret": secret}}),
                ("SetSecret", {"account": account, "field": "token", "secret": [secret]}),
                ("SetSecret", {"account": account, "secret": secret}),
                ("AddHost", {"account": account, "name": secret}),
                ("AddHost", {"account": account, "name": "a.example", "ttl": secret}),
                ("History", {"before": secret})):
            self.refusal(made, method, **parameters)
        for method, parameters in (
                ("AddAccount", {"provider": secret}),
                ("AddAccount", {"provider": "mirror-url", "fields": {secret: "x"}}),
                ("AddAccount", {"provider": "mirror-url", "secrets": {secret: "x"}}),
                ("EditAccount", {"account": account, "secrets": {secret: secret}}),
                ("SetSecret", {"account": secret, "field": "token", "secret": "x"}),
                ("SetSecret", {"account": account, "field": secret, "secret": "x"}),
                ("UpdateNow", {"host": secret}),
                ("SetSecrets" + secret, {})):
            with Connection(made.control) as connection:
                connection.send(f"{INTERFACE}.{method}", parameters)
                self.assertIn("error", connection.receive())

    def malformed(self, made):
        """Bytes that are no call: the connection ends, and the log does not repeat them."""
        secret = SECRETS["unknown"]
        for text in (f'{{"method":"{INTERFACE}.SetSecret","parameters":{{"secret":"{secret}"', f'["{secret}"]', secret,
                     f'{{"method":"a.b.C","{secret}":1,"{secret}":2}}', f'{{"method":"{secret}"}}',
                     f'{{"method":["{secret}"]}}', f'{{"method":"a.b.C","parameters":"{secret}"}}',
                     f'{{"method":"{INTERFACE}.Watch","more":"{secret}"}}', "[" * 99 + secret):
            with made.connect() as connection:
                connection.send_bytes(text.encode() + b"\0")
                try:
                    connection.receive()
                except OSError:
                    pass

    # what is looked at

    def process(self, made):
        found = b""
        for name in ("cmdline", "environ", "comm", "maps", "status"):
            with open(f"/proc/{made.process.pid}/{name}", "rb") as file:
                found += file.read()
        with open(f"/proc/{made.process.pid}/limits") as file:
            core = next(line.split() for line in file if line.startswith("Max core file size"))
        self.assertEqual(core[4:6], ["0", "0"])
        return found

    def files(self, made):
        """Everything below the service's folders but the one place for secrets, and what the administrator wrote."""
        found = {}
        for folder, folders, names in os.walk(made.folder):
            folders[:] = [each for each in folders
                          if os.path.join(folder, each) not in (made.state + "/secrets", made.config + "/hosts.d")]
            for path in (os.path.join(folder, name) for name in names):
                found[path] = path.encode()
                if os.path.isfile(path):
                    with open(path, "rb") as file:
                        found[path] += file.read()
        return found

    def assert_clean(self, secrets, places):
        for place, data in places.items():
            self.assertEqual(needles.find(secrets, bytes(data)), [], place)

    def test_nothing_leaves(self):
        made = self.prepare()
        stream = self.watch(made)
        self.updates(made)
        keys = self.name_server(made)
        account = made.status()["accounts"][0]["id"]
        self.try_out(made, account)
        self.misplaced(made, account)
        self.malformed(made)
        made.call("SetSecret", account=account, field="password", secret=SECRETS["second"])
        made.history(limit=1000)
        made.status()
        made.call("ListProviders")
        self.drain(stream)
        places = {"the process": self.process(made), "running": b"".join(self.files(made).values())}
        self.assertEqual(made.stop(), 0)
        made.start()
        made.status()
        made.history(limit=1000)
        self.assertEqual(made.stop(), 0)
        places |= {"answers": bytes(Recorder.received), **self.files(made)}
        self.assertIn(made.state + "/wayhome.db", places)
        self.assertGreater(len(Recorder.received), 10000)
        self.assert_clean([*SECRETS.values(), *keys], places)

    def test_the_search_finds_what_is_there(self):
        """In every spelling, so that an empty result means something."""
        secret = SECRETS["password"]
        for name, text in needles.spellings(secret).items():
            self.assertIn((secret, name), needles.find([secret], b"x" + text + b"y"))
        for label, spell in mirror.SPELLINGS.items():
            self.assertTrue(label == "twice" or needles.find([secret], spell(secret).encode()), label)


if __name__ == "__main__":
    main()
