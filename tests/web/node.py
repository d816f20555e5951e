"""Our scripts in Node.js: what they reckon needs no page, and a browser costs a hundred times as much."""

from __future__ import annotations

import json
import os
import subprocess
from types import TracebackType
from typing import Any, Self

from tests.project import ROOT
from tests.web.tools import NODE

WEB = (ROOT / "hooks/handbook/web").as_uri()
ASKED = """
import { createInterface } from "node:readline";
globalThis.addEventListener = () => {}; // nothing happens to a page that is none
globalThis.document = { addEventListener };
const web = %s;
const answer = await (%s)(web);
const lines = createInterface({ input: process.stdin });
for await (const line of lines) console.log(JSON.stringify((await answer(JSON.parse(line))) ?? null));
"""


class Node:
    """A process that answers one question after another, in a time zone.

    `script` is an async function of the address of our scripts' folder that returns what answers: a function of one
    value.
    """

    def __init__(self, script: str, zone: str = "UTC") -> None:
        program = ASKED % (json.dumps(WEB), script)
        self._process = subprocess.Popen(
            [NODE, "--input-type=module", "--eval", program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "TZ": zone},
            text=True,
            encoding="utf-8",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(10)

    def ask(self, question: object) -> Any:
        assert self._process.stdin and self._process.stdout
        print(json.dumps(question), file=self._process.stdin, flush=True)
        answer = self._process.stdout.readline()
        assert answer, "Node.js has stopped: see what it wrote"
        return json.loads(answer)


ACTS = """async (web) => {
    const acts = await (%s)(web);
    return async ({ act, given }) => {
        try {
            return { found: await acts[act](...given) };
        } catch (error) {
            return { error: error.message };
        }
    };
}"""


class Acts(Node):
    """A process that does what it is told by name: `script` returns the acts."""

    def __init__(self, script: str) -> None:
        super().__init__(ACTS % script)

    def __call__(self, act: str, *given: Any) -> Any:
        """What comes of an act, or the sentence with which it is refused."""
        answer = self.ask({"act": act, "given": given})
        return answer["error"] if "error" in answer else answer.get("found")
