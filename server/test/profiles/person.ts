import { scopesOf } from "@stork/contract/access.ts";
import type { FamilyPage, Person, RevealedPerson, TimelineEntry } from "@stork/contract/people.ts";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { createSource } from "../../src/events/sources.store.ts";
import { stateConsent } from "../../src/privacy/consent.store.ts";
import { testWorkspace } from "../engines.ts";
import { at, email, name, type ProfilesWorld, phone, street } from "./world.ts";

export function aPerson(world: ProfilesWorld): void {
  const { ask, resolve, aFamily } = world;
  test("is found by any identifier, shown masked, with children, stages, evidence and orders", async () => {
    const user = await aFamily();
    const { status, body } = await ask<Person>(`/persons?identifier=phone:${phone}`);
    expect(status).toBe(200);
    expect(body.id).toBe(String(user));
    expect(body.identifiers.map(({ namespace, value }) => `${namespace}=${value}`)).toEqual([
      "user=****",
      "openid:mini=oA****23",
      "phone=139****5671",
      "email=o***@example.cn",
    ]);
    expect(body.name).toBe("欧**");
    expect(body.traits).toEqual({
      vip: true,
      province: "浙江省",
      city: "杭州市",
      district: "西湖区",
      name: "欧**",
      address: "浙江省杭州市西湖区****",
    });
    expect(body.children).toMatchObject([
      {
        bornOn: "2026-02-28",
        name: "豆**",
        stage: "3-6",
        next: { stage: "6-12", on: "2026-08-28" },
        source: "stated",
        confidence: 1,
        interval80: ["2026-02-28", "2026-02-28"],
        marks: [],
      },
      { bornOn: "1884-01-01", stage: null, next: null, marks: ["date-impossible"] },
    ]);
    expect(body.consents).toMatchObject([{ purpose: "marketing", state: "granted", by: "source:1" }]);
    expect(body.orders).toEqual({ count: 2, amountFen: 20_000, lastAt: "2026-04-02T00:00:00.000Z" });
    expect(body.firstSeenAt).toBe("2026-04-01T00:00:00.000Z");
    expect(body.segments?.[0]?.name).toBe("新手妈妈");
    expect(body.evidence).toHaveLength(3);
    expect(body.evidence?.[0]).toMatchObject({
      rule: { en: "Came in one message" },
      a: { value: "****" },
      b: { value: "139****5671" },
    });
    for (const identifier of [
      "user:u1",
      "openid:mini:oAbCdEf123",
      `email:${email.toUpperCase()}`,
      "phone:139 1234 5671",
    ]) {
      const same = await ask<Person>(`/persons?identifier=${encodeURIComponent(identifier)}`);
      expect(same.body.id, identifier).toBe(String(user));
    }
  });

  test("is shown as of a date", async () => {
    const user = await aFamily();
    const stageOf = async (on: string) =>
      (await ask<Person>(`/persons/${user}?on=${on}`)).body.children[0]?.stage;
    expect(await stageOf("2026-02-27")).toBe("pregnancy-3");
    expect(await stageOf("2026-03-27")).toBe("0-1");
    expect(await stageOf("2026-03-28")).toBe("1-3");
    expect(await stageOf("2032-02-28")).toBeNull();
    expect((await ask(`/persons/${user}?on=2026-02-30`)).status).toBe(400);
  });

  test("unmasked only for who may, and every look is world.logged", async () => {
    const user = await aFamily();
    const whole = await ask<RevealedPerson>(`/persons/${user}/reveal`, { method: "POST" });
    expect(whole.body.name).toBe(name);
    expect(whole.body.identifiers.map(({ value }) => value)).toContain(`+86${phone}`);
    expect(whole.body.traits["address"]).toMatchObject({ street });
    expect(whole.body.children[0]?.name).toBe("豆豆");
    expect((await ask<Person>(`/persons/${user}?reveal=true`)).body.name).toBe(name);
    const looks = await world.engines.db
      .selectFrom("reveal_log")
      .selectAll()
      .where("workspace_id", "=", world.workspace.id)
      .execute();
    expect(looks.map(({ who, person, what }) => [who, person, what])).toEqual([
      ["user:1", user, "reveal"],
      ["user:1", user, "person"],
    ]);
    world.allow(new Set(scopesOf.viewer));
    for (const refused of [
      await ask(`/persons/${user}/reveal`, { method: "POST" }),
      await ask(`/persons/${user}?reveal=true`),
    ]) {
      expect(refused.status).toBe(403);
      expect(refused.body.code).toBe("profiles/may-not-reveal");
    }
    expect((await ask<Person>(`/persons/${user}`)).body.identifiers[2]?.value).toBe("139****5671");
  });

  test("says by name which source knows of a child or a consent, and never another world.workspace's", async () => {
    const [user] = (await resolve(["user=u1"])) as [number];
    const source = async (of: number, kind: "http" | "file", name: string) =>
      (await createSource(world.engines.db, of, { kind, name }, at)).id;
    const app = await source(world.workspace.id, "http", "品牌 App");
    const file = await source(world.workspace.id, "file", "订单");
    const foreign = await source((await testWorkspace(world.engines)).id, "http", "别家");
    const { rows } = await sql<{ id: number }>`
      insert into import (workspace_id, source_id, preset, status, files, progress, started_at)
      values (${world.workspace.id}, ${file}, 'orders', 'done', '[]', '{}', ${at}) returning id`.execute(
      world.engines.db,
    );
    const by = [`source:${app}`, `import:${rows[0]!.id}`, `source:${foreign}`, "user:9"];
    await world.people.recordStatements(world.workspace.id, [
      ...by.map((statedBy, i) => ({
        ...{ kind: "child" as const, node: user, at, bornOn: `202${i}-02-28`, statedBy },
      })),
      { kind: "consent", node: user, at, purpose: "marketing", state: "granted", saidBy: `source:${app}` },
    ]);
    const { body } = await ask<Person>(`/persons/${user}`);
    expect(body.children.map(({ statedBy }) => statedBy)).toEqual([
      ...["user:9", `source:${foreign}`, "订单", "品牌 App"],
    ]);
    expect(body.consents).toMatchObject([{ by: "品牌 App" }]);
  });

  test("withdraws for all her identifiers, and an address never to be written to shows", async () => {
    const user = await aFamily();
    const [alone] = (await resolve(["member:pos=77"])) as [number];
    await world.people.recordStatements(world.workspace.id, [
      { kind: "consent", node: alone, at, purpose: "marketing", state: "granted", saidBy: "source:1" },
    ]);
    const said = { purpose: "marketing", state: "withdrawn", by: "user:1", at } as const;
    await stateConsent(world.engines.db, world.workspace.id, user, said);
    expect((await ask<Person>(`/persons/${user}`)).body.consents).toMatchObject([
      { state: "withdrawn", by: "user:1" },
    ]);
    // Another person turns out to be the same: the stricter word holds.
    await resolve(["member:pos=77", `phone=${phone}`]);
    const joined = await ask<Person>(`/persons/${alone}`);
    expect(joined.body.id).toBe(String(user));
    expect(joined.body.consents).toMatchObject([{ state: "withdrawn" }]);
    expect(joined.body.suppressed).toBe(false);
    const address = { workspace_id: world.workspace.id, namespace: "member:pos", reason: "unsubscribed", at };
    await world.people.vault.ready(world.workspace.id);
    const value_hash = world.people.vault.hash(world.workspace.id, "member:pos", "77");
    await world.engines.db
      .insertInto("suppression")
      .values({ ...address, value_hash })
      .execute();
    expect((await ask<Person>(`/persons/${user}`)).body.suppressed).toBe(true);
  });

  test("a grandmother of the family sees the same children under the same family", async () => {
    const mother = await aFamily();
    const [grandmother] = (await resolve(["phone=13612340077"])) as [number];
    await world.engines.db
      .insertInto("family_carer")
      .values(
        [mother, grandmother].map((node) => ({ workspace_id: world.workspace.id, node, family: mother })),
      )
      .execute();
    const { body } = await ask<Person>(`/persons/${grandmother}`);
    expect(body).toMatchObject({ id: String(grandmother), family: String(mother), name: null });
    expect(body.children.map(({ bornOn }) => bornOn)).toEqual(["2026-02-28", "1884-01-01"]);
    expect(body.orders?.count).toBe(0);
    const rows = (await ask<FamilyPage>("/families")).body.items;
    expect(rows.map(({ id, person }) => [id, person])).toEqual([
      [String(mother), String(grandmother)],
      [String(mother), String(mother)],
    ]);
  });

  test("unknown, malformed and foreign ids are told apart in words", async () => {
    await aFamily();
    const other = await testWorkspace(world.engines);
    const code = async (path: string) => {
      const { status, body } = await ask(path);
      return `${status} ${body.code}`;
    };
    expect(await code("/persons?identifier=phone:13912345672")).toBe("404 profiles/unknown-person");
    expect(await code("/persons?identifier=13912345671")).toBe("400 profiles/bad-identifier");
    expect(await code("/persons?identifier=phone:139****5671")).toBe("400 profiles/bad-identifier");
    expect(await code("/persons?identifier=user:null")).toBe("400 profiles/bad-identifier");
    for (const id of ["999999999", "abc", "-1", "99999999999999999999"])
      expect(await code(`/persons/${id}`)).toBe("404 profiles/unknown-person");
    world.enter(other);
    expect(await code(`/persons?identifier=phone:${phone}`)).toBe("404 profiles/unknown-person");
    expect(await code("/persons/1")).toBe("404 profiles/unknown-person");
    expect(await code("/persons/1/timeline?after=x")).toBe("400 profiles/bad-cursor");
  });

  test("has a timeline, newest first, in pages that neither skip nor repeat", async () => {
    const user = await aFamily();
    const seen: TimelineEntry[] = [];
    let after = "";
    do {
      const { body } = await ask<{ items: TimelineEntry[]; next: string | null }>(
        `/persons/${user}/timeline?limit=2${after}`,
      );
      seen.push(...body.items);
      after = body.next === null ? "" : `&after=${body.next}`;
    } while (after !== "");
    expect(seen.map(({ id }) => id)).toEqual(["5", "4", "3", "2", "1"]);
    expect(seen[4]).toEqual({
      id: "1",
      at: "2026-04-01T00:00:00.000Z",
      name: "Order Completed",
      source: "育见 Stork",
      amountFen: 10_000,
      quantity: 1,
      marks: ["quantity-high"],
      markWords: [{ zh: "数量达到 1000 件，像批发", en: "Quantity of 1,000 or more, as in wholesale" }],
      properties: { step: 0 },
    });
    expect(seen[0]).toMatchObject({ amountFen: null, quantity: null });
  });
}
