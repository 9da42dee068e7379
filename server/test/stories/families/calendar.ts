import type { FamilyCalendar, StageCalendar } from "@stork/contract/stage-calendar.ts";
import { expect, test } from "vitest";
import type { FamiliesWorld } from "./world.ts";

export function theStageCalendar(world: FamiliesWorld): void {
  const { says, personOf } = world;
  test("shows what comes for a child, and follows what the workspace changes", async () => {
    await says("cal", { children: [{ id: "c1", birthday: "2025-12-20", gender: "girl" }] });
    const { id } = await personOf("cal");
    const coming = async () =>
      (
        await world.app.call<FamilyCalendar>("GET", `${world.path}/families/${id}/calendar?days=60`)
      ).body.items.map(({ entry, on, state }) => `${entry.id} ${on} ${state}`);
    expect(await coming()).toEqual(
      expect.arrayContaining([
        "formula-1 2025-12-20 now",
        "vaccine-dtap-3 2026-06-20 coming",
        "food-first 2026-06-20 coming",
      ]),
    );
    const { body: calendar } = await world.app.call<StageCalendar>("GET", `${world.path}/stage-calendar`);
    const food = calendar.items.find((one) => one.id === "food-first");
    const { origin: _o, by: _b, at: _a, standard: _s, ...entry } = food as NonNullable<typeof food>;
    const own = {
      ...entry,
      id: "bath",
      kind: "own",
      name: { zh: "学游泳", en: "Swimming" },
      from: { unit: "day", at: 170 },
      until: null,
    };
    const wanted = {
      version: calendar.version,
      removed: ["vaccine-dtap-3"],
      changed: [{ ...entry, from: { unit: "day", at: 180 } }, own],
    };
    const saved = await world.app.call<StageCalendar>("PUT", `${world.path}/stage-calendar`, wanted);
    expect(saved.body).toMatchObject({ version: 1 });
    expect(
      saved.body.items.filter(({ origin }) => origin !== "standard").map(({ id, origin }) => [id, origin]),
    ).toEqual([
      ["vaccine-dtap-3", "removed"],
      ["food-first", "changed"],
      ["bath", "own"],
    ]);
    const now = await coming();
    expect(now).toEqual(expect.arrayContaining(["food-first 2026-06-18 coming", "bath 2026-06-08 coming"]));
    expect(now.some((one) => one.startsWith("vaccine-dtap-3"))).toBe(false);
    const again = await world.app.call<{ code: string }>("PUT", `${world.path}/stage-calendar`, wanted);
    expect(again.body.code).toBe("families/calendar-changed");
    const bad = {
      ...wanted,
      version: 1,
      changed: [{ ...own, until: { unit: "day", at: 3 } }],
      removed: ["nothing"],
    };
    expect(
      (await world.app.call<{ errors: object[] }>("PUT", `${world.path}/stage-calendar`, bad)).body.errors,
    ).toHaveLength(2);
    const restored = await world.app.call<StageCalendar>("PUT", `${world.path}/stage-calendar`, {
      version: 1,
      changed: [],
      removed: [],
    });
    expect(restored.body.items.every(({ origin }) => origin === "standard")).toBe(true);
  });
}
