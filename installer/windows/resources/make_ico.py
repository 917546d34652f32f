"""Puts pictures of several sizes into one icon of Windows, each as the PNG file that it is.

usage: make_ico.py ICON PICTURE...
"""
import struct
import sys


def main():
    target, *names = sys.argv[1:]
    pictures = []
    for name in names:
        with open(name, "rb") as file:
            pictures.append(file.read())
    head = struct.pack("<3H", 0, 1, len(pictures))
    at = len(head) + 16 * len(pictures)
    for picture in pictures:
        width, height = struct.unpack_from(">2I", picture, 16)  # of the chunk IHDR
        head += struct.pack("<4B2H2I", width % 256, height % 256, 0, 0, 1, 32, len(picture), at)  # 0: 256
        at += len(picture)
    with open(target, "wb") as file:
        file.write(head + b"".join(pictures))


if __name__ == "__main__":
    main()
