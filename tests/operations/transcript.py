"""The transcripts of a document: fenced blocks in which `host# command` stands above what it prints."""

import re
from dataclasses import dataclass, field

FENCE = re.compile(r"^ *(?:```+|~~~+)(.*)$")
TRANSCRIPT = re.compile(r"^console task=([a-z0-9-]+)$")
# Steps that a reader does not take, such as breaking what is then mended, stand in a comment of the document.
HIDDEN = re.compile(r"^<!-- task=([a-z0-9-]+)$")
PROMPT = re.compile(r"^([a-z][a-z0-9]*)# (.*)$")
HERE_DOCUMENT = re.compile(r"<<-?'?([A-Z]+)'?")
EXIT = re.compile(r"^\[exit (\d+)\]$")


@dataclass
class Step:
    host: str
    command: str
    line: int  # of the document, from 1
    shown: list = field(default_factory=list)
    hidden: bool = False

    def typed(self):
        return f"{self.host}# {self.command}".split("\n")


@dataclass
class Block:
    task: str
    begin: int  # index of the line behind the fence
    end: int  # index of the closing fence
    steps: list
    hidden: bool


def read_steps(lines, offset, hidden):
    steps, at = [], 0
    while at < len(lines):
        prompt = PROMPT.match(lines[at])
        if not prompt:
            if not steps:
                if lines[at]:
                    raise ValueError(f"line {offset + at + 1}: a transcript begins with host# command")
            else:
                steps[-1].shown.append(lines[at])
            at += 1
            continue
        step = Step(prompt[1], prompt[2], offset + at + 1, hidden=hidden)
        at += 1
        while step.command.endswith("\\"):
            step.command += "\n" + lines[at]
            at += 1
        if ends := HERE_DOCUMENT.search(step.command):
            while lines[at - 1] != ends[1]:
                step.command += "\n" + lines[at]
                at += 1
        steps.append(step)
    for step in steps:
        while step.shown and not step.shown[-1]:
            step.shown.pop()
    return steps


def read_blocks(lines):
    """Every block of the document, in order. A fenced block that no task runs is an error: it could go stale."""
    blocks, at = [], 0
    while at < len(lines):
        fence, hidden = FENCE.match(lines[at]), HIDDEN.match(lines[at])
        at += 1
        if not fence and not hidden:
            continue
        found = hidden or (lines[at - 1].startswith("```c") and TRANSCRIPT.match(fence[1]))
        if not found:
            raise ValueError(f'line {at}: a block is fenced as "```console task=NAME"')
        begin, end = at, "-->" if hidden else "```"
        if end not in lines[at:]:
            raise ValueError(f'line {at}: no "{end}" ends this block')
        at = lines.index(end, at)
        blocks.append(Block(found[1], begin, at, read_steps(lines[begin:at], begin, bool(hidden)), bool(hidden)))
        at += 1
    return blocks


# What differs from run to run, and the width of columns, which follows it.
VARIES = [
    (re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z?"), "TIME"),
    (re.compile(r"\d\d/\d\d/\d\d \d\d:\d\d:\d\d"), "TIME"),
    (re.compile(r"\b[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d [A-Z]+ \d{4}"), "TIME"),
    (re.compile(r"\b\d+(\.\d+)? ?(us|ms|s|m|h|d)\b"), "AGE"),
    (re.compile(r"\b(udp|tcp) in AGE"), "answered"),
    (re.compile(r"\b(in AGE|now|sending)$"), "NEXT"),
    # An order for what the interval has done meanwhile.
    (re.compile(r": (sent|up-to-date)$"), ": has it"),
    (re.compile(r"\b\d+(\.\d+)? (bytes|B|KiB)(?!\w)"), "SIZE"),
    (re.compile(r"\b(pid|PID)[ =]\d+"), "pid N"),
    (re.compile(r"/tmp/[A-Za-z0-9._-]+"), "/tmp/FILE"),
    (re.compile(r" {2,}"), " "),
]


def normalised(lines):
    result = []
    for line in lines:
        for pattern, word in VARIES:
            line = pattern.sub(word, line)
        result.append(line.rstrip())
    while result and not result[-1]:
        result.pop()
    return result


def shown_of(output, status):
    """What a transcript shows of a command."""
    lines = [line.rstrip() for line in output.split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    return lines + ([f"[exit {status}]"] if status else [])
