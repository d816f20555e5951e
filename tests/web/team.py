"""What a supervisor's page reckons and keeps, without the page: a browser's storage is a map, and the clock stands."""

from __future__ import annotations

from tests.web.hand_over import AT
from tests.web.node import Acts

NOW = AT + 60

SCRIPT = """async (web) => {
    const held = new Map();
    const phone = { full: false };
    globalThis.localStorage = {
        getItem: (key) => held.get(key) ?? null,
        setItem: (key, value) => { if (phone.full) throw new Error("full"); held.set(key, value); },
        removeItem: (key) => void held.delete(key),
    };
    document.querySelector = () => null;
    globalThis.location = new URL("https://handbook.test/");
    Date.now = () => NOW * 1000;
    const [model, tables, store, questions, csv, exports, book, words] = await Promise.all(
        ["model", "table", "store", "questions", "csv", "export", "xlsx", "words"].map(
            (name) => import(`${web}/team/${name}.js`)));
    const { toBytes } = await import(`${web}/handover/base64.js`);
    const { mark } = await import(`${web}/handover/marks.js`);
    const storage = await import(`${web}/storage.js`);
    const { decodeQR } = await import(`${web}/vendor/qr/decode.js`);
    const { default: encodeQR } = await import(`${web}/vendor/qr/index.js`);
    const made = ({ held, gone, same }) => model.team(held, new Map(gone), new Map(same));
    const table = (told, all, today) => tables.table(tables.understood(told), model.people(model.team(all)), today);
    const acts = {
        site: () => mark(new URL(storage.SITE, location.href).href),
        join: (teams) => model.written(teams.map(made).reduce(model.joined)),
        people: (one) => model.people(made(one)).map((some) => some.map(({ text }) => text)),
        without: (one, slots, now, more) => model.written(
            model.joined(model.without(made(one), slots, now), made(more))),
        judged: (one, slots, yes, now) => model.written(model.judged(made(one), slots, yes, now)),
        take: async (text, insist) => {
            const { what, was, name } = await store.take(await store.looked(toBytes(text), insist));
            return { what, was, name };
        },
        open: async (text, insist) => {
            const found = await store.opened(text, insist);
            return "team" in found ? { ...found, team: model.written(found.team) } : found.told.who.name;
        },
        load: async () => model.written(await store.load()),
        kept: () => ({ kept: store.kept(), unsaved: store.unsaved() }),
        out: async () => store.exportFile(await store.load(), "手冊"),
        remove: async (slots, now) => store.save(model.without(await store.load(), slots, now)),
        turn: (text) => void (text ? held.set(storage.TURN, text) : held.delete(storage.TURN)),
        set: (more) => void Object.assign(phone, more),
        clear: () => void (store.forget(), held.clear()),
        put: (text) => void held.set(`handbook:${storage.SITE}:team`, text),
        table: (told, all, today) => table(told, all, today).map((one) => ({
            name: one.name, late: one.late, twin: one.twin, unknown: one.unknown,
            todo: one.todo.map(({ id, act, why, by, late }) => [id, act, why, by, late]),
            signs: Object.fromEntries([...one.cells].map(([id, cell]) => [id, words.sign(cell)])),
        })),
        counted: (told, all) => {
            const one = tables.understood(told);
            const found = questions.counted(one, table(told, all, "2026-12-15"));
            return { ...found, questions: found.questions.map(({ sop, ...more }) => ({ ...more, sop: sop.id })) };
        },
        csv: (rows) => csv.csv(rows),
        lines: (told, all) => exports.lines(tables.understood(told), table(told, all, "2026-12-15")),
        xlsx: async (sheets) => Buffer.from(await book.xlsx(sheets).arrayBuffer()).toString("base64"),
        seen: (text, turn, blur) => {
            const rows = encodeQR(text, "raw", { ecc: "low", border: 4 });
            const [side, size] = [rows.length, rows.length * 5];
            const at = (x, y) => {
                const [a, b] = [x - size * 0.75, y - size * 0.75];
                const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
                const [u, v] = [(a * cos + b * sin) / 5 + side / 2, (b * cos - a * sin) / 5 + side / 2].map(Math.floor);
                return rows[v]?.[u] ? 30 : 220;
            };
            const wide = Math.round(size * 1.5);
            let plane = Float32Array.from({ length: wide * wide }, (_, n) => at(n % wide, Math.floor(n / wide)));
            for (let times = 0; times < blur; times++) {
                const old = plane;
                const near = [0, -1, 1, -wide, wide];
                plane = old.map((one, n) => near.reduce((sum, step) => sum + (old[n + step] ?? one), 0) / 5);
            }
            const data = new Uint8ClampedArray(wide * wide * 4).fill(255);
            plane.forEach((one, n) => (data[n * 4] = data[n * 4 + 1] = data[n * 4 + 2] = one));
            return decodeQR({ width: wide, height: wide, data });
        },
    };
    return acts;
}"""


class Supervisor(Acts):
    def __init__(self) -> None:
        super().__init__(SCRIPT.replace("NOW", str(NOW)))
