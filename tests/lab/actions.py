"""What can happen in the lab, as words of a command line."""
import inspect
import os

from . import dns_echo, natpmp, nonsense
from .service import binary

_SCRIPT = """#!/bin/sh
exec {program} --socket {socket} "$@"
"""


class Wrong(Exception):
    """The words make no sense; the text says why."""


def _is_on(word):
    if word not in ("on", "off"):
        raise Wrong(f"on or off, not {word}")
    return word == "on"


class Actions:
    """Every method do_NAME is a command; its docstring says which words follow, and what happens."""

    def __init__(self, lab, commands):
        self._lab = lab
        self._commands = commands
        self._service = None

    def do(self, words):
        """(exit code, text)."""
        name, *rest = words or ["help"]
        action = getattr(self, "do_" + name.replace("-", "_"), None)
        if action is None:
            return 2, f"There is no action {name}. Try: lab help\n"
        try:
            inspect.signature(action).bind(*rest)
        except TypeError:
            return 2, self._usage(name)
        try:
            return 0, action(*rest) or ""
        except KeyError:
            return 2, self._usage(name)
        except Wrong as error:
            return 2, f"{error}\n"
        except Exception as error:  # whatever it is, the shell goes on
            return 1, f"{type(error).__name__}: {error}\n"

    def _usage(self, name):
        words = getattr(self, "do_" + name.replace("-", "_")).__doc__.partition("\n")[0]
        return f"usage: lab {name} {words}".rstrip() + "\n"

    def do_help(self):
        """
        this list"""
        lines = []
        for name in sorted(name[3:] for name in dir(self) if name.startswith("do_")):
            words, _, text = getattr(self, "do_" + name).__doc__.partition("\n")
            lines.append(f"  lab {name.replace('_', '-')} {words}".rstrip() + f"\n      {' '.join(text.split())}\n")
        return "".join(lines)

    # the line

    def do_status(self):
        """
        the addresses, and what the router says"""
        lab = self._lab
        lines = [f"line: {lab.address or 'no IPv4 address'}", f"seen by the internet: {lab.public or 'nothing'}"]
        if lab.address6:
            lines.append(f"stable IPv6 address of the home: {lab.address6}")
        if lab.router:
            lines.append(f"router: {lab.router.kind}; NAT-PMP: {natpmp.ask(lab.home, lab.router.lan_address, 1)}")
        return "\n".join(lines) + "\n\n" + lab.home.run("ip", "-br", "addr") + "\n" + lab.home.run("ip", "route")

    def do_wan_change(self, address=None):
        """[ADDRESS]
        the line gets another IPv4 address"""
        return self._lab.change4(address)[1] + "\n"

    def do_wan_lose(self):
        """
        the line has no IPv4 address"""
        self._lab.lose4()

    def do_cgnat(self, word="on"):
        """on|off
        the line has an address that it shares with others"""
        self._lab.cgnat(_is_on(word))

    def do_v6_change(self):
        """
        another IPv6 address, without a router"""
        return self._lab.change6()[1] + "\n"

    def do_renumber(self, how="gently"):
        """[flash]
        another IPv6 prefix; flash: the old one is gone, and nobody says so"""
        return self._lab.renumber(how == "flash")[1] + "\n"

    def do_temporary(self, word="on"):
        """on|off
        the computer makes temporary IPv6 addresses"""
        self._lab.temporary(_is_on(word))

    def do_outage(self, word="on", family=None):
        """on|off [4|6]
        what goes out or comes in is lost, links stay up"""
        self._lab.outage(_is_on(word), family)

    def do_line(self, word):
        """down|up
        the carrier of the line"""
        {"down": self._lab.line_down, "up": self._lab.line_up}[word]()

    def do_unplug(self):
        """
        the computer's own link goes down"""
        self._lab.unplug()

    def do_plug(self):
        """
        it comes back"""
        self._lab.plug()

    def do_reboot(self):
        """
        the router restarts: new epoch, new address, new prefix"""
        self._lab.reboot()

    def do_move(self):
        """
        the computer is taken to a café"""
        self._lab.move()

    def do_join(self, name="camera"):
        """[NAME]
        one more computer on the LAN"""
        node = self._lab.join(name)
        return f"{name}: {node.mac} {node.address}\n"

    # what is in between

    def do_vpn(self, word, style="metric", ipv6=None):
        """up [metric|halves|rules [nat|routed]] | down | die | revive
        a VPN on the computer, with IPv6 if a word says how; die: its exit is silent"""
        vpn = self._lab.vpn
        if word == "up":
            vpn.up(style, ipv6)
        else:
            {"down": vpn.down, "die": vpn.die, "revive": vpn.revive}[word]()

    def do_portal(self, word, behaviour="redirect"):
        """close [redirect|page] | sign-in
        a captive portal"""
        self._lab.portal.behaviour = behaviour
        {"close": self._lab.portal.close, "sign-in": self._lab.portal.sign_in}[word]()

    # the internet

    def do_dns(self, word):
        """stop|start|deaf|hears
        the resolver: not running, or running and not heard"""
        {"stop": self._lab.resolver.stop, "start": self._lab.resolver.start, "deaf": self._lab.dns_outage,
         "hears": lambda: self._lab.dns_outage(False)}[word]()

    def do_clocks(self, seconds):
        """SECONDS
        web servers tell the time so much too late"""
        self._lab.clocks_wrong(int(seconds))

    def do_echo(self, who=None, behaviour="plain"):
        """[NAME|all plain|ADDRESS|KIND]
        what an operator answers over HTTP; without words: the kinds"""
        if who is None:
            return " ".join(echo.identity for echo in self._lab.echoes) + "\n" + " ".join(nonsense.KINDS) + "\n"
        for echo in self._operators(who):
            echo.behaviour = behaviour
        return ""

    def do_dns_echo(self, who=None, behaviour="plain"):
        """[NAME|all plain|ADDRESS|KIND]
        what an operator answers over DNS; without words: the kinds"""
        if who is None:
            return " ".join(dns_echo.KINDS) + "\n"
        for echo in self._operators(who):
            echo.dns.behaviour = behaviour
        return ""

    def _operators(self, who):
        found = [echo for echo in self._lab.echoes if who in ("all", echo.identity)]
        if not found:
            raise Wrong(f"there is no operator {who}")
        return found

    def do_provider(self, behaviour):
        """good|badauth|abuse|hang|500|...
        what the dyndns2 provider does"""
        self._lab.provider.behaviour = behaviour

    def do_record(self, name, kind="A"):
        """NAME [AAAA]
        what the name servers hold"""
        return " ".join(self._lab.lookup(name, kind)) + "\n"

    # the false router

    def do_router_says(self, what=None, value=None):
        """[address|natpmp|pcp|epoch|igd-ssdp|igd-description|igd-control|igd-events VALUE]
        what a router of the kind "false" answers; without words: the kinds"""
        false = self._lab.router and self._lab.router.falsehood
        if not false:
            raise Wrong("only with --router false")
        if value is None:
            return self._router_kinds(false)
        target, name = (false.igd, what[4:]) if what.startswith("igd-") else (false, what)
        if name == "epoch":
            false.set_epoch(int(value))
        elif isinstance(getattr(target, name, None), str):
            setattr(target, name, value)
        else:
            raise Wrong(f"it says nothing about {what}")
        return ""

    @staticmethod
    def _router_kinds(false):
        kinds = {"natpmp": false.natpmp_kinds, "pcp": ("unsupported", "right", "silent", "garbage"),
                 "igd-ssdp": false.igd.ssdp_kinds, "igd-description": false.igd.description_kinds,
                 "igd-control": false.igd.control_kinds, "igd-events": false.igd.event_kinds}
        return "".join(f"{name}: {' '.join(words)}\n" for name, words in kinds.items())

    def do_announce(self, address=None):
        """[ADDRESS]
        the false router announces it (NAT-PMP, and an event of UPnP)"""
        self._lab.router.falsehood.announce(address)
        self._lab.router.falsehood.igd.notify(address)

    # programs

    def do_exec(self, node, *command):
        """isp|inet|router|outer|home COMMAND...
        runs a command there, and shows what it prints"""
        return getattr(self._lab, node).run(*command)

    def do_service(self):
        """
        starts the service at home; from then on wayhomectl asks it"""
        program = binary("wayhomectl")
        if not binary() or not program:
            raise Wrong("it has not been built: tests/demo does that")
        if not self._service:
            self._service = self._lab.service().start()
        path = self._commands + "/wayhomectl"
        with open(path, "w") as file:
            file.write(_SCRIPT.format(program=program, socket=self._service.control))
        os.chmod(path, 0o755)
        key = self._lab.key
        return (f"It runs. A name for it: lab record home.dyn.example shows what the name servers hold;\n"
                f"  wayhomectl add-account rfc2136 server=11.99.0.53 zone=dyn.example key-name={key.name} "
                f"algorithm={key.algorithm}\n  secret: {key.secret}\n")

    def do_log(self):
        """
        the service's log"""
        return self._service.log() if self._service else ""
