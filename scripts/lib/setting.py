"""Prints the value of a setting as policy-assistant reads it: from the environment, else from .env, else the default.

    setting.py NAME DEFAULT [FILE]

A line that cannot be read is passed over here; the program tells of it when it starts. What a file may hold is documented
in Sources/PolicyAssistant/Configuration/EnvironmentFile/EnvironmentFile.swift, and EnvironmentFileTests holds both readers
against one table.
"""
import os
import re
import sys

BLANK = r"[^\S\n]"
LINE = re.compile(rf"{BLANK}*(?:export{BLANK}+)?([A-Za-z_][A-Za-z0-9_.-]*){BLANK}*(?:=|:(?={BLANK}|$))", re.M)
ESCAPES = dict(zip("nrtabfv\\\"'`$", "\n\r\t\a\b\f\v\\\"'`$"))


def decode(data):
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    return data.decode("utf-8-sig")


def line_end(text, position):
    end = text.find("\n", position)
    return len(text) if end < 0 else end


def quoted(text, position):
    """Reads a quoted value; returns it with the position after it, or None where it has no end."""
    quote, value, position = text[position], [], position + 1
    while position < len(text):
        character = text[position]
        position += 1
        if character == quote:
            if re.match(rf"{BLANK}*(#|\n|$)", text[position:line_end(text, position) + 1]):
                return "".join(value), position
            if quote == '"' or value[-1:] != ["\\"]:
                return None
            value[-1] = quote
        elif character == "\\" and quote == '"' and text[position:position + 1] in ESCAPES:
            value.append(ESCAPES[text[position]])
            position += 1
        else:
            value.append(character)
    return None


def entries(text):
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    position = 0
    while position < len(text):
        end = line_end(text, position)
        line = LINE.match(text, position, end)
        position = end + 1
        if not line or text[line.start():end].lstrip().startswith("#"):
            continue
        start = re.compile(rf"{BLANK}*").match(text, line.end(), end).end()
        if text[start:start + 1] in tuple("\"'`"):
            value = quoted(text, start)
            if value:
                yield line[1], value[0]
                position = line_end(text, value[1]) + 1
        elif text[start:start + 1] not in tuple("“”„‘’«"):
            value = "" if text[start:start + 1] == "#" and start > line.end() else text[start:end]
            yield line[1], re.split(rf"{BLANK}+#", value)[0].rstrip()


def unquoted(value):
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def setting(name, default, path=".env"):
    try:
        with open(path, "rb") as file:
            values = dict(entries(decode(file.read())))
    except (OSError, UnicodeError):
        values = {}
    own = unquoted(os.environ.get(name, ""))
    is_link = re.fullmatch(r"(tcp|udp|sctp)://[^/@]+:\d+", own)
    return values.get(name) or default if not own or is_link and values.get(name) else own


if __name__ == "__main__":
    print(setting(*sys.argv[1:4]), end="")
