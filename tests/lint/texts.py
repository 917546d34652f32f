"""Texts for people that no translator would see: files with such texts that the list of them lacks, and listed files
that are gone."""
import os
import re

import source

LIST = "app/po/POTFILES.in"
_MARKED = re.compile(r'\b(?:_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2)\(\s*"')
_MARKED_UI = re.compile(r'translatable="yes"')


def _has_texts(top, path):
    text = source.read(top, path)
    return bool((_MARKED_UI if path.endswith(".ui") else _MARKED).search(text))


def check(top):
    if not os.path.exists(os.path.join(top, LIST)):
        return
    lines = [line.strip() for line in source.read(top, LIST).split("\n")]
    listed = {line for line in lines if line and not line.startswith("#")}
    for path in source.files(top, ".c", ".h", ".ui", below=source.ROOMS):
        if path not in listed and _has_texts(top, path):
            yield f"{path}: has texts for people and is not in {LIST}"
    for path in sorted(listed):
        if not os.path.exists(os.path.join(top, path)):
            yield f"{LIST}: {path} is not there"
