import type { FamilyPage } from "@stork/contract/people.ts";
import { expect, test } from "vitest";
import { at, email, name, type ProfilesWorld, phone } from "./world.ts";

export function familiesListed(world: ProfilesWorld): void {
  const { ask, resolve, aFamily } = world;
  test("are listed newest first, in pages, with what the page needs and nothing more", async () => {
    const user = await aFamily();
    const others = await resolve(...Array.from({ length: 7 }, (_, i) => [`taobao=${i + 1}`]));
    const first = await ask<FamilyPage>("/families?limit=5");
    expect(first.body.total).toBe(8);
    expect(first.body.items.map(({ person }) => person)).toEqual(others.slice(2).reverse().map(String));
    const second = await ask<FamilyPage>(`/families?limit=5&after=${first.body.next}`);
    expect(second.body.next).toBeNull();
    expect(second.body.items.at(-1)).toEqual({
      id: String(user),
      person: String(user),
      name: "欧**",
      phone: "139****5671",
      city: "杭州市",
      children: [
        { id: expect.any(String), stage: "3-6", ageDays: 93, source: "stated" },
        { id: expect.any(String), stage: null, ageDays: expect.any(Number), source: "stated" },
      ],
      orders: 2,
      amountFen: 20_000,
      lastSeenAt: "2026-04-03T00:00:00.000Z",
    });
  });

  test("are found by a whole identifier of any kind, a masked phone, or a full name, and by nothing less", async () => {
    const user = await aFamily();
    await resolve(["taobao=1"], ["phone=13812349876"]);
    const found = async (query: string) =>
      (await ask<FamilyPage>(`/families?query=${encodeURIComponent(query)}`)).body.items.map(({ person }) =>
        Number(person),
      );
    for (const query of [
      phone,
      "139 1234 5671",
      "139****5671",
      email,
      "u1",
      "oAbCdEf123",
      "user:u1",
      name,
      " 欧阳 小明 ",
    ]) {
      expect(await found(query), query).toEqual([user]);
    }
    for (const query of ["139", "欧阳", "139****5672", "%", "' or 1=1", "x".repeat(300)])
      expect(await found(query), query).toEqual([]);
  });

  test("by stage of a child, also after two persons became one", async () => {
    const user = await aFamily();
    const [other] = (await resolve(["member:pos=5"])) as [number];
    await world.people.recordStatements(world.workspace.id, [
      { kind: "child", node: other, at, dueOn: "2026-07-01", statedBy: "source:2" },
    ]);
    const inStage = async (stage: string, more = "") =>
      (await ask<FamilyPage>(`/families?stage=${stage}${more}`)).body.items.map(({ person }) =>
        Number(person),
      );
    expect(await inStage("3-6")).toEqual([user]);
    expect(await inStage("pregnancy-3")).toEqual([other]);
    expect(await inStage("3-6", "&on=2026-03-01")).toEqual([]);
    expect(await inStage("3-6", `&query=${phone}`)).toEqual([user]);
    expect(await inStage("pregnancy-3", `&query=${phone}`)).toEqual([]);
    await resolve(["member:pos=5", `phone=${phone}`]);
    await world.people.personMap.settled();
    expect(await inStage("pregnancy-3")).toEqual([user]);
    expect((await ask("/families?stage=teen")).status).toBe(400);
  });
}
