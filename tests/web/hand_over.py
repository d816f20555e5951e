"""A phone that hands over and one that takes in, as far as neither needs a page: bytes are told in base64url."""

from __future__ import annotations

import random
from typing import Any

from tests.web.node import Acts

SCRIPT = """async (web) => {
    document.querySelector = () => null;
    globalThis.location = new URL("https://handbook.test/");
    const { encode, decode } = await import(`${web}/handover/packet.js`);
    const { toLink, fromText, frames, Gathering } = await import(`${web}/handover/transport.js`);
    const { toBytes, toText } = await import(`${web}/handover/base64.js`);
    const { mark, edition, examEdition } = await import(`${web}/handover/marks.js`);
    const { CURVE, HOW } = await import(`${web}/handover/seal.js`);
    const pair = await crypto.subtle.generateKey(CURVE, false, ["sign", "verify"]);
    const key = toText(new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)));
    const sign = async (body) => new Uint8Array(await crypto.subtle.sign(HOW, pair.privateKey, body));
    const acts = {
        mark, edition, examEdition,
        key: () => key,
        encode: async (one) => toText(await encode(one, one.key ? sign : null)),
        decode: (text) => decode(toBytes(text)),
        link: (text) => toLink(toBytes(text)),
        from: (text) => toText(fromText(text)),
        frames: (text) => frames(toBytes(text)),
        gather: (texts) => {
            const gathering = new Gathering();
            const shares = texts.map((text) => gathering.take(text));
            return { shares, bytes: gathering.bytes && toText(gathering.bytes) };
        },
        open: async (text) => decode(fromText(text)),
        many: (texts) => Promise.all(texts.map((text) => decode(toBytes(text)).then(
            ({ signed }) => signed, (error) => error.message))),
    };
    return acts;
}"""


class Phones(Acts):
    def __init__(self) -> None:
        super().__init__(SCRIPT)


AT = 1_797_292_800  # 15 December 2026
WHO = {"name": "王小明", "role": "service-desk", "first": "2026-12-01"}


def hand_over(**more: Any) -> dict[str, Any]:
    nothing: dict[str, Any] = {"signed": {}, "quizzes": {}, "exams": {}}
    return {"at": AT, "site": "0badcafe", "who": WHO, "key": "", **nothing, **more}


def long_one(key: str, sops: int = 40, answers: int = 22) -> dict[str, Any]:
    """Somebody who has signed and passed so many SOPs, of as many clauses and questions as the shipped ones have."""
    chance = random.Random(sops)
    signed, quizzes = {}, {}
    for _ in range(sops):
        mark, at = f"{chance.getrandbits(32):08x}", AT - chance.randrange(365 * 1440) * 60
        version = chance.choice(["1.0.0", "1.0.0", "1.0.0", "1.1.0", "2.0.0"])
        signed[mark] = {"version": version, "sum": sum(chance.getrandbits(24) for _ in range(28)), "at": at}
        given = [chance.choices([0, 1, 2, 3], [2, 92, 4, 2])[0] for _ in range(answers)]
        passed_at = min(AT, at + chance.randrange(1440) * 60)
        quizzes[mark] = {"edition": chance.getrandbits(24), "passed": True, "at": passed_at, "answers": given}
    exam = {"edition": chance.getrandbits(24), "right": 18, "asked": 20, "passed": True, "at": AT - 86_400}
    who = {"name": "司徒歐陽上官娜娜瑪莉亞小姐"[:12], "role": "service-desk", "first": "2026-01-05"}
    return hand_over(who=who, key=key, signed=signed, quizzes=quizzes, exams={"5e4d1ce5": exam})
