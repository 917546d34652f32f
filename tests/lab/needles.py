"""Looks for a secret in every spelling that a server on the way could give it, in any letter case."""
import html
import json
import urllib.parse

from .leaks import forms


def _lower(data):
    return data.decode(errors="replace").lower().encode()


def spellings(secret):
    """name: bytes, in lower case. Those beside what leaks.forms() knows."""
    raw = secret.encode()
    found = {
        "plain": raw,
        "percent": urllib.parse.quote(secret, safe="").encode(),
        "percent, all": "".join(f"%{each:02x}" for each in raw).encode(),
        "form": urllib.parse.quote_plus(secret).encode(),
        "html": html.escape(secret).encode(),
        "numbers": "".join(f"&#{ord(each)};" for each in secret).encode(),
        "hex numbers": "".join(f"&#x{ord(each):x};" for each in secret).encode(),
        "json": json.dumps(secret)[1:-1].encode(),
        "json, utf-8": json.dumps(secret, ensure_ascii=False)[1:-1].encode(),
        "json, all": "".join(f"\\u{ord(each):04x}" for each in secret).encode(),
    }
    return {name: _lower(text) for name, text in found.items()}


def find(secrets, data):
    """(secret, spelling) of whatever stands in the bytes."""
    low = _lower(data)
    found = [(secret, name) for secret in secrets for name, text in spellings(secret).items() if text in low]
    return found + [(secret, repr(form)) for secret in secrets for form in forms(secret) if form in data]
