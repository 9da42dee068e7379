import type { ReviewPage } from "@stork/contract/identity.ts";
import { expect, test } from "vitest";
import type { FamiliesWorld } from "./world.ts";

export function whoCaresForWhom(world: FamiliesWorld): void {
  const { says, personOf, familyOf, inStages, run } = world;
  test("a grandmother who stated the same child joins: one child, seen by both, counted once; undone, each has her own", async () => {
    await says("lan", { name: "王兰", babyBirthday: "2026-02-10" });
    await says("po", { name: "李秀英", babyBirthday: "2026-02-10" });
    const [lan, po] = [await personOf("lan"), await personOf("po")];
    expect(await inStages("3-6")).toBe(2);
    const joined = await world.app.call<{ change: string }>(
      "PUT",
      `${world.path}/families/${lan.id}/carers/${po.id}`,
      {
        role: "grandmother",
        reason: "her own word at the till",
      },
    );
    expect(joined.status).toBe(200);
    expect(await inStages("3-6")).toBe(1);
    const family = await familyOf(po.id);
    expect(family.carers).toMatchObject([
      { person: lan.id, name: "王**", role: "unknown" },
      { person: po.id, name: "李**", role: "grandmother", how: "stated" },
    ]);
    expect(family.children).toHaveLength(1);
    expect((await personOf("po")).children).toMatchObject([
      { id: family.children[0]?.id, stage: "3-6", ageMonths: 3 },
    ]);
    // A word of hers is about the family's child, and stays one child.
    await says("po", { children: [{ birthday: "2026-02-10", gender: "girl" }] });
    expect((await familyOf(lan.id)).children).toMatchObject([
      { gender: "female", id: family.children[0]?.id },
    ]);

    const undone = await world.app.call(
      "POST",
      `${world.path}/families/${po.id}/changes/${joined.body.change}/undo`,
      {},
    );
    expect(undone.status).toBe(200);
    expect(await inStages("3-6")).toBe(2);
    expect((await familyOf(lan.id)).carers).toHaveLength(1);
    expect((await familyOf(po.id)).changes.map(({ kind }) => kind)).toEqual(["left", "joined"]);
    expect(
      (await world.app.call("POST", `${world.path}/families/${po.id}/changes/${joined.body.change}/undo`, {}))
        .status,
    ).toBe(409);
  });

  test("two at one door are a question to staff, not a family; a yes makes them one", async () => {
    const address = "浙江省杭州市西湖区学院路12号3单元401室";
    await says("he", { name: "何敏", address });
    await says("he-po", { name: "赵桂兰", address: "浙江省 杭州市西湖区学院路12号 3单元401室" });
    for (let i = 0; i < 7; i++) await says(`shop${i}`, { address: "浙江省杭州市西湖区文三路99号代收点" });
    await run("suggest-households");
    await run("suggest-households");
    const asked = async () =>
      (await world.app.call<ReviewPage>("GET", `${world.path}/identity/review?kind=household`)).body.items;
    const [he, po] = [await personOf("he"), await personOf("he-po")];
    const [question, ...others] = await asked();
    expect([question?.a.person, question?.b.person, question?.score, others]).toEqual([
      he.id,
      po.id,
      0.5,
      [],
    ]);
    expect((await familyOf(he.id)).carers).toHaveLength(1);
    const answered = await world.app.call("POST", `${world.path}/identity/review/${question?.id}`, {
      answer: "accept",
    });
    expect(answered.status).toBeLessThan(300);
    expect((await familyOf(po.id)).carers).toMatchObject([
      { person: he.id },
      { person: po.id, how: "suggested" },
    ]);
    await run("suggest-households");
    expect((await asked()).filter(({ state }) => state === "open")).toEqual([]);
  });

  test("parents apart share a child: both see it, it counts once", async () => {
    await says("fang", { babyBirthday: "2025-08-20" });
    await says("wei", { name: "陈伟" });
    const [fang, wei] = [await personOf("fang"), await personOf("wei")];
    const child = fang.children[0]?.id;
    const before = await inStages("6-12");
    const shared = `${world.path}/families/${fang.id}/children/${child}/carers/${wei.id}`;
    expect((await world.app.call("PUT", shared, { role: "father" })).status).toBe(204);
    expect((await personOf("wei")).children).toMatchObject([{ id: child, stage: "6-12" }]);
    expect(await familyOf(wei.id)).toMatchObject({
      id: wei.id,
      carers: [{ person: wei.id }],
      children: [{ id: child, holder: fang.id, sharedWith: [wei.id], others: [{ person: fang.id }] }],
    });
    expect((await familyOf(fang.id)).children).toMatchObject([
      { others: [{ person: wei.id, name: "陈**", role: "father" }] },
    ]);
    expect(await inStages("6-12")).toBe(before);
    expect((await world.app.call("DELETE", shared)).status).toBe(204);
    expect((await personOf("wei")).children).toEqual([]);
    expect((await world.app.call("DELETE", shared)).status).toBe(409);
  });

  test("a ninth carer is refused, and whoever belongs elsewhere", async () => {
    await says("many", {});
    const many = (await personOf("many")).id;
    const join = (person: string, into = many) =>
      world.app.call<{ code: string }>("PUT", `${world.path}/families/${into}/carers/${person}`, {});
    for (let i = 0; i < 8; i++) await says(`m${i}`, {});
    const others = await Promise.all(Array.from({ length: 8 }, async (_, i) => (await personOf(`m${i}`)).id));
    for (const other of others.slice(0, 7)) expect((await join(other)).status).toBe(200);
    expect((await join(others[7] as string)).body.code).toBe("families/too-many-carers");
    expect((await join(others[0] as string, others[7])).body.code).toBe("families/elsewhere");
    // The first one leaves; the others stay together.
    expect(
      (await world.app.call("DELETE", `${world.path}/families/${many}/carers/${many}?reason=moved`)).status,
    ).toBe(200);
    expect((await familyOf(others[3] as string)).carers).toHaveLength(7);
    expect((await familyOf(many)).carers).toHaveLength(1);
  });
}
