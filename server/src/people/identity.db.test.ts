import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestEngines, testEngines, testWorkspace } from "../../test/engines.ts";
import { testPeople } from "../../test/people.ts";
import { ch, u32, u64 } from "../platform/clickhouse.ts";
import { createIdentity } from "./identity.store.ts";
import type { Identifier, Sighting } from "./identity.ts";
import { createMirror } from "./mirror.store.ts";
import type { People } from "./people.store.ts";
import { personOf } from "./person-map.ts";
import { bumpEpoch, createRuleBook } from "./rule-book.store.ts";

let engines: TestEngines;
let people: People;

beforeAll(async () => {
  engines = await testEngines();
  people = testPeople(engines);
  await people.prepare();
});
afterAll(async () => {
  people.stop();
  await engines.close();
});

const at = new Date("2026-06-01T04:00:00Z");
const ids = (...texts: string[]): Identifier[] =>
  texts.map((text) => {
    const [namespace = "", value = ""] = text.split("=");
    return { namespace, value };
  });
const seen = (identifiers: Identifier[], rule: Sighting["rule"] = "same-message", source = 1): Sighting => ({
  identifiers,
  source,
  message: "m",
  at,
  rule,
});

async function personsIn(workspace: number): Promise<Map<number, number>> {
  const rows = await engines.db
    .selectFrom("node")
    .select(["id", "person"])
    .where("workspace_id", "=", workspace)
    .execute();
  return new Map(rows.map(({ id, person }) => [id, person]));
}

const edgesOf = (workspace: number) =>
  engines.db.selectFrom("edge").selectAll().where("workspace_id", "=", workspace).execute();

describe("who is it", () => {
  test("identifiers of one message are one person, and the strongest of them keeps the fact", async () => {
    const { id } = await testWorkspace(engines);
    const [first, second, third] = await people.identity.resolve(id, [
      seen(ids("anonymous=a1", "phone=138 1234 5670", "user=u1")),
      seen(ids("phone=+8613812345670")),
      seen(ids("anonymous=a2")),
    ]);
    expect(first).toHaveLength(3);
    expect(second).toEqual([first?.[1]]);
    const persons = await personsIn(id);
    expect(new Set(first?.map((node) => persons.get(node))).size).toBe(1);
    expect(persons.get(first?.[0] as number)).toBe(Math.min(...(first as number[])));
    expect(persons.get(third?.[0] as number)).toBe(third?.[0]);
  });

  test("asked again it answers the same from memory, without either engine", async () => {
    const { id } = await testWorkspace(engines);
    const sightings = [seen(ids("user=u1", "phone=13912345670")), seen(ids("email=A@b.cn"))];
    let closed = false;
    const guard = <Part extends object>(part: Part): Part =>
      new Proxy(part, {
        get(target, key) {
          if (closed) throw new Error("an engine was asked");
          const value: unknown = Reflect.get(target, key);
          return typeof value === "function" ? value.bind(target) : value;
        },
      });
    const identity = createIdentity({
      db: guard(engines.db),
      vault: people.vault,
      mirror: guard(createMirror(engines.db, engines.clickhouse, people.personMap)),
      clock: engines.clock,
    });
    const first = await identity.resolve(id, sightings);
    closed = true;
    expect(await identity.resolve(id, sightings)).toEqual(first);
    await expect(identity.resolve(id, [seen(ids("user=u2"))])).rejects.toThrow("an engine was asked");
  });

  test("rules are looked at again before they are too old, so that who asks all the time never waits", async () => {
    const { id } = await testWorkspace(engines);
    let now = 0;
    let told = 0;
    const book = createRuleBook(
      () => {
        told += 1;
      },
      () => now,
    );
    expect(book.current(id, engines.db)).toBeNull();
    const { epoch } = await book.look(engines.db, id);
    await bumpEpoch(engines.db, id);
    now = 90;
    expect(book.current(id, engines.db)?.epoch).toBe(epoch);
    expect(told).toBe(0);
    now = 240;
    expect(book.current(id, engines.db)?.epoch).toBe(epoch);
    await expect.poll(() => told).toBe(1);
    now = 480;
    expect(book.current(id, engines.db)?.epoch).toBe(epoch + 1);
    now = 1_000;
    expect(book.current(id, engines.db)).toBeNull();
  });

  test("the younger person's nodes move to the older one, visible to queries soon", async () => {
    const { id } = await testWorkspace(engines);
    const [[phone], [member]] = (await people.identity.resolve(id, [
      seen(ids("phone=13712345670", "openid:app=o1")),
      seen(ids("member:tmall=1", "taobao=t1")),
    ])) as [number[], number[]];
    const older = Math.min(phone as number, (await personsIn(id)).get(phone as number) as number);
    await people.identity.resolve(id, [seen(ids("member:tmall=1", "phone=13712345670"))]);
    const asked = ch`select ${personOf(ch`${u64(member as number)}`)} as person`;
    const seenAs = async () => (await engines.clickhouse.query<{ person: number }>(asked))[0]?.person;
    await expect.poll(seenAs).toBe(older);
    expect(new Set((await personsIn(id)).values())).toEqual(new Set([older]));
    await people.personMap.settled();
    const [count] = await engines.clickhouse.query<{ persons: number; nodes: number }>(
      ch`select uniqExact(${personOf(ch`node`)}) as persons, count() as nodes from node final where workspace = ${u32(id)}`,
    );
    expect(count).toEqual({ persons: 1, nodes: 4 });
  });

  test("a tablet in the shop makes no two mothers one; the conflict is kept for review", async () => {
    const { id } = await testWorkspace(engines);
    const [one, two] = (await people.identity.resolve(id, [
      seen(ids("user=u1", "device=tablet")),
      seen(ids("member:pos=2", "device=tablet")),
      seen(ids("user=u1", "device=tablet")),
    ])) as [number[], number[]];
    const persons = await personsIn(id);
    expect(persons.get(one[0] as number)).not.toBe(persons.get(two[0] as number));
    expect(one[1]).toBe(two[1]);
    const states = (await edgesOf(id)).map(({ state }) => state).sort();
    expect(states).toEqual(["conflict", "live"]);
  });

  test("a user id too many of one source is another person although the phone is the same; of two sources they are one", async () => {
    const { id } = await testWorkspace(engines);
    await people.identity.resolve(id, [
      seen(ids("user=u1", "phone=13612345670")),
      seen(ids("user=u2", "phone=13612345670")),
      seen(ids("user=w9", "phone=13612345670"), "same-message", 2),
    ]);
    expect(new Set((await personsIn(id)).values()).size).toBe(1);
    await people.identity.resolve(id, [
      seen(ids("user=u1", "unionid=o1")),
      seen(ids("user=u3", "unionid=o1")),
    ]);
    expect(new Set((await personsIn(id)).values()).size).toBe(2);
    await people.identity.resolve(id, [seen(ids("user=u1", "user=u3"), "alias")]);
    expect(new Set((await personsIn(id)).values()).size).toBe(1);
  });

  test("a store's own phone joins nobody once many members show it, and a junk device stops after many browsers", async () => {
    const { id } = await testWorkspace(engines);
    await people.identity.resolve(
      id,
      Array.from({ length: 50 }, (_, i) => seen(ids("phone=13512345670", `member:pos=${i + 1000}`))),
    );
    expect(new Set((await personsIn(id)).values()).size).toBe(51);
    const other = await testWorkspace(engines);
    await people.identity.resolve(
      other.id,
      Array.from({ length: 300 }, (_, i) => seen(ids("device=emulator", `anonymous=b${i}`))),
    );
    const sizes = new Map<number, number>();
    for (const person of (await personsIn(other.id)).values())
      sizes.set(person, (sizes.get(person) ?? 0) + 1);
    expect(Math.max(...sizes.values())).toBeLessThanOrEqual(65);
  });

  test("a tie said over and over in one batch is written once, however many ties the batch has", async () => {
    const { id } = await testWorkspace(engines);
    const kinds = ["user", "phone", "email", "unionid", "openid:a", "openid:b", "member:tmall", "member:jd"];
    const mother = (i: number) =>
      seen(
        kinds.map((namespace) => ({
          namespace,
          value:
            namespace === "phone"
              ? `1381234${5_000 + i}`
              : `${namespace[0]}${i}${namespace === "email" ? "@b.cn" : ""}`,
        })),
      );
    const once = Array.from({ length: 12 }, (_, i) => mother(i));
    await people.identity.resolve(id, [...once, ...once]);
    expect(await edgesOf(id)).toHaveLength(12 * (kinds.length - 1));
    expect(new Set((await personsIn(id)).values()).size).toBe(12);
  });

  test("what names nobody becomes no node", async () => {
    const { id } = await testWorkspace(engines);
    const answer = await people.identity.resolve(id, [
      seen(ids("phone=13800000000", "anonymous=ok")),
      seen(ids("user=null", "device=00000000-0000-0000-0000-000000000000")),
      seen([{ namespace: "user", value: "x".repeat(5000) }]),
      seen([]),
    ]);
    expect(answer.map((nodes) => nodes.length)).toEqual([1, 0, 0, 0]);
    expect((await personsIn(id)).size).toBe(1);
  });

  test("two servers at once make the same nodes once", async () => {
    const { id } = await testWorkspace(engines);
    const other = testPeople(engines);
    const sightings = Array.from({ length: 400 }, (_, i) =>
      seen(
        ids(
          `user=u${i % 90}`,
          `phone=138123${String(40_000 + (i % 90)).padStart(5, "0")}`,
          `anonymous=c${i}`,
        ),
      ),
    );
    const chunks = Array.from({ length: 20 }, (_, i) => sightings.slice(i * 20, i * 20 + 20));
    const answers = await Promise.all([
      ...chunks.map((some) => people.identity.resolve(id, some)),
      ...chunks.map((some) => other.identity.resolve(id, some)),
    ]);
    const again = await people.identity.resolve(id, sightings);
    expect(answers.slice(0, 20).flat()).toEqual(again);
    const nodes = await personsIn(id);
    expect(nodes.size).toBe(90 + 90 + 400);
    expect(new Set(nodes.values()).size).toBe(90);
    other.stop();
  });
});

test("a stop between the two engines is made good at the next start", async () => {
  const { id } = await testWorkspace(engines);
  const identity = createIdentity({
    db: engines.db,
    vault: people.vault,
    clock: engines.clock,
    mirror: { write: () => Promise.reject(new Error("killed")), recover: async () => undefined },
  });
  await expect(identity.resolve(id, [seen(ids("user=z1", "phone=13412345670"))])).rejects.toThrow("killed");
  const restart = async () => {
    const restarted = testPeople(engines);
    await restarted.prepare();
    const [count] = await engines.clickhouse.query<{ persons: number; nodes: number }>(
      ch`select uniqExact(${personOf(ch`node`)}) as persons, count() as nodes from node final where workspace = ${u32(id)}`,
    );
    expect(count).toEqual({ persons: 1, nodes: 2 });
    restarted.stop();
  };
  await restart();
  // A backup holds neither; restoring it writes the nodes again, of which many came later than these.
  await engines.clickhouse.command(ch`truncate table person_of`);
  await engines.clickhouse.insert("node", [
    { workspace: 0, node: 1_000_000, created: "2026-06-01 04:00:00" },
  ]);
  await restart();
});
