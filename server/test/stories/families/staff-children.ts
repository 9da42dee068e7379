import { expect, test } from "vitest";
import type { FamiliesWorld } from "./world.ts";

export function childrenByStaff(world: FamiliesWorld): void {
  const { says, personOf, familyOf, inStages } = world;
  test("twins, a second child, one born early, one adopted", async () => {
    await says("mei", { babyBirthday: "2026-01-10" });
    const { id } = await personOf("mei");
    const add = (child: object) =>
      world.app.call<{ id: string; code: string }>("POST", `${world.path}/families/${id}/children`, child);
    expect((await add({ bornOn: "2026-01-10" })).body.code).toBe("families/child-known");
    expect((await add({ bornOn: "2026-01-10", twin: true, gender: "male" })).status).toBe(201);
    expect((await add({ dueOn: "2027-01-15" })).status).toBe(201);
    expect((await add({ bornOn: "2024-05-05", adoptedOn: "2025-05-05" })).status).toBe(201);
    const early = await add({ bornOn: "2025-06-01", gestation: { weeks: 30, days: 0 } });
    expect((await add({ bornOn: "2027-01-01" })).body.code).toBe("families/impossible-date");
    expect((await add({ bornOn: "2024-05-05", adoptedOn: "2024-05-01" })).status).toBe(422);
    // Said again by the shop, the twins are still two.
    await says("mei", { babyBirthday: "2026-01-10" });
    const { children } = await familyOf(id);
    expect(children.map(({ bornOn, dueOn, stage }) => [bornOn ?? dueOn, stage])).toEqual([
      ["2027-01-15", "pregnancy-1"],
      ["2026-01-10", "3-6"],
      ["2026-01-10", "3-6"],
      ["2025-06-01", "6-12"],
      ["2024-05-05", "24-36"],
    ]);
    expect(children[0]?.pregnancy).toEqual({ weeks: 7, days: 3 });
    expect(children.find((child) => child.id === early.body.id)).toMatchObject({
      ageMonths: 12,
      correctedMonths: 9,
      gestation: { weeks: 30, days: 0 },
    });
    expect(
      (await familyOf(id, "?on=2025-05-04")).children.find(({ bornOn }) => bornOn === "2024-05-05")?.stage,
    ).toBeNull();
  });

  test("a shop may say that a child was born early, or adopted", async () => {
    await says("zao", { children: [{ id: "c1", birthday: "2026-01-10", gestationWeeks: "32+4" }] });
    await says("yang", {
      children: [{ birthday: "2024-03-05", adoptedOn: "2026-05-20", gestationWeeks: "soon" }],
    });
    expect((await personOf("zao")).children).toMatchObject([
      { gestation: { weeks: 32, days: 4 }, ageMonths: 4, correctedMonths: 2, stage: "1-3" },
    ]);
    expect((await personOf("yang")).children).toMatchObject([{ adoptedOn: "2026-05-20", stage: "24-36" }]);
    expect((await personOf("yang")).children[0]?.gestation).toBeUndefined();
    expect(await inStages("1-3")).toBe(1);
  });

  test("what staff put right or take away stays so when the shop repeats itself; the history says who said what", async () => {
    await says("ying", { babyBirthday: "2025-12-05" });
    const { id, children } = await personOf("ying");
    const child = `${world.path}/families/${id}/children/${children[0]?.id}`;
    expect((await world.app.call("PATCH", child, { bornOn: "2025-12-15" })).status).toBe(204);
    await says("ying", { babyBirthday: "2025-12-05", city: "杭州" });
    expect((await personOf("ying")).children).toMatchObject([{ bornOn: "2025-12-15" }]);
    const { body: history } = await world.app.call<{ items: object[] }>("GET", `${child}/history`);
    expect(history.items).toMatchObject([
      { bornOn: "2025-12-15", by: expect.stringMatching(/^key:/), replacedAt: null },
      { bornOn: "2025-12-05", by: expect.stringMatching(/^source:/) },
    ]);
    expect((await world.app.call("DELETE", child)).status).toBe(400);
    expect((await world.app.call("DELETE", `${child}?reason=wrong`)).status).toBe(204);
    await says("ying", { babyBirthday: "2025-12-15" });
    await says("ying", { babyBirthday: "2025-12-05" });
    expect((await personOf("ying")).children).toEqual([]);
    expect((await world.app.call("POST", `${child}/restore`)).status).toBe(204);
    expect((await personOf("ying")).children).toMatchObject([{ bornOn: "2025-12-15" }]);
  });

  test("a note on allergy is refused without a guardian's consent to health data, and goes when it is withdrawn", async () => {
    await says("note", { babyBirthday: "2025-11-11" });
    const { id, children } = await personOf("note");
    const notes = `${world.path}/families/${id}/children/${children[0]?.id}/notes`;
    const put = () => world.app.call<{ code: string }>("PUT", `${notes}/allergy`, { text: "牛奶蛋白" });
    expect((await put()).body?.code).toBe("families/note-needs-consent");
    const consent = (state: string) =>
      world.app.call("POST", `${world.path}/persons/${id}/consents`, { purpose: "health", state });
    expect((await consent("granted")).status).toBe(200);
    expect((await put()).status).toBe(204);
    const reveal = async () =>
      (await world.app.call<{ items: unknown[]; needs: unknown }>("POST", `${notes}/reveal`)).body;
    expect(await reveal()).toMatchObject({ items: [{ kind: "allergy", text: "牛奶蛋白" }], needs: null });
    world.app.clock.advance(1000);
    expect((await familyOf(id)).children).toMatchObject([{ notes: { allowed: true, kept: 1 } }]);
    await consent("withdrawn");
    expect(await reveal()).toMatchObject({ items: [], needs: expect.anything() });
    world.app.clock.advance(1000);
    await consent("granted");
    expect(await reveal()).toMatchObject({ items: [], needs: null });
  });
}
