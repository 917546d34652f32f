"""The kinds of log lines and the catalogue that explains them: one entry each, with a subject and what to do, and only
fields that exist."""
import os
import re

import source

TABLE, HEADER = "service/base/log.c", "service/base/log.h"
CATALOGUE = "installer/linux/wayhome.catalog"
_KIND = re.compile(r'\[(WH_LOG_\w+)\] = \{"([^"]*)"')
_ENTRY = re.compile(r"^-- (\S+)\n((?:[A-Z][\w-]*: [^\n]*\n)*)\n(.*?)(?=^-- |\Z)", re.MULTILINE | re.DOTALL)


def _check_table(kinds):
    seen = {}
    for kind, identity in kinds:
        if not re.fullmatch(r"[0-9a-f]{32}", identity):
            yield f"{TABLE}: {kind} has no id of 32 lower-case digits"
        if identity in seen:
            yield f"{TABLE}: {kind} has the id of {seen[identity]}"
        seen[identity] = kind


def _check_entry(identity, head, body, fields):
    for line in ("Subject", "Defined-By"):
        if not re.search(rf"^{line}: \S", head, re.MULTILINE):
            yield f"{CATALOGUE}: {identity} has no {line}"
    if len(body.split()) < 4:
        yield f"{CATALOGUE}: {identity} explains nothing"
    for field in re.findall(r"\bWAYHOME_\w+", head + body):
        if field not in fields:
            yield f"{CATALOGUE}: {identity} names {field}, which no line has"


def check(top):
    if not os.path.exists(os.path.join(top, TABLE)):
        return
    kinds = _KIND.findall(source.read(top, TABLE))
    names = {identity: kind for kind, identity in kinds}
    fields = set(re.findall(r'"(WAYHOME_\w+)"', source.read(top, HEADER)))
    entries = _ENTRY.findall(source.read(top, CATALOGUE))
    yield from _check_table(kinds)
    explained = [identity for identity, _, _ in entries]
    for kind, identity in kinds:
        if explained.count(identity) != 1:
            yield f"{CATALOGUE}: {kind} ({identity}) has {explained.count(identity)} entries"
    for identity, head, body in entries:
        if identity not in names:
            yield f"{CATALOGUE}: {identity} is of no line"
        yield from _check_entry(identity, head, body, fields)
