"""What a program at a node sees of the internet."""
import socket
import ssl
import urllib.error
import urllib.request


def fetch(node, url, seconds=3.0):
    """(status, body), or None: no answer."""
    try:
        with node, urllib.request.urlopen(url, timeout=seconds) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except (OSError, ValueError):
        return None


def mistrusts(node, url, seconds=3.0):
    """Whoever answers shows a certificate that is not to be trusted."""
    try:
        with node, urllib.request.urlopen(url, timeout=seconds):
            return False
    except OSError as error:
        return isinstance(getattr(error, "reason", error), ssl.SSLCertVerificationError)


def reaches(node, address, source, seconds=1.0):
    """A connection to port 80 of an address comes about from one of the node's own addresses."""
    try:
        with node, socket.create_connection((address, 80), seconds, (source, 0)):
            return True
    except OSError:
        return False


def is_answered(node, address):
    """A computer of the node's own network is there, whether or not it takes connections."""
    try:
        with node, socket.create_connection((address, 9), 0.5):
            return True
    except ConnectionRefusedError:
        return True
    except OSError:
        return False


def seen(node, lab, family=4, seconds=3.0):
    """From where a node's packets come, as an honest operator says; None: it did not answer. No name is looked up."""
    echo = lab.echoes[0]
    answer = fetch(node, f"http://{echo.address if family == 4 else f'[{echo.address6}]'}/", seconds)
    return answer[1].strip() if answer else None


def addresses6(node, link="eth0"):
    """Its global IPv6 addresses that may be used, each with its flags in words (`ip -6 address`)."""
    lines = node.run("ip", "-6", "-o", "addr", "show", "dev", link, "scope", "global").splitlines()
    found = {line.split()[3].split("/")[0]: set(line.split("\\")[0].split()[4:]) for line in lines}
    return {address: words for address, words in found.items() if "tentative" not in words}


def way_out(node, address):
    """The interface over which packets to an address leave, by the kernel's own lookup."""
    words = node.run("ip", "route", "get", address).split()
    return words[words.index("dev") + 1]
