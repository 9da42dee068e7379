import type { Decided } from "@stork/contract/identity.ts";
import type { Person } from "@stork/contract/people.ts";
import { expect, test } from "vitest";
import type { FamiliesWorld } from "./world.ts";

export function datesKeptBack(world: FamiliesWorld): void {
  const { says, personOf, familyOf } = world;
  const post = async <Body>(path: string, body: object): Promise<Body> => {
    const reply = await world.app.call<Body>("POST", world.path + path, body);
    expect(reply.status, JSON.stringify(reply.body)).toBeLessThan(300);
    return reply.body;
  };
  const merge = ({ id: a }: Person, { id: b }: Person) =>
    post<Decided>("/identity/decisions", { change: { kind: "merge", a, b }, reason: "看过两边的资料" });
  const undo = ({ decision }: Decided) =>
    post(`/identity/decisions/${decision.id}/undo`, { reason: "看错了" });
  const stages = async (user: string) => (await personOf(user)).children.map(({ stage }) => stage ?? null);
  const isCounted = async (user: string): Promise<boolean> => {
    const where = { kind: "all", of: [{ kind: "stage", in: ["3-6"] }, trait(user)] };
    return (await post<{ persons: number }>("/segments/count", { where })).persons > 0;
  };
  const trait = (user: string) => ({ kind: "trait", key: "card", op: "=", value: user });

  test("a system's no keeps a child's date back, of the next child too, and its yes brings it again; a no to health deletes the notes", async () => {
    await says("qi", { babyBirthday: "2026-02-14", card: "qi", consents: { health: true } });
    const { id, children } = await personOf("qi");
    const notes = `${world.path}/families/${id}/children/${children[0]?.id}/notes`;
    await world.app.call("PUT", `${notes}/allergy`, { text: "鸡蛋" });
    world.app.clock.advance(1000);
    await says("qi", { consents: { child: false } });
    expect([await stages("qi"), await isCounted("qi")]).toEqual([[null], false]);
    await says("qi", { children: [{ key: "2", birthday: "2024-02-01" }] });
    expect(await stages("qi")).toEqual([null, null]);
    world.app.clock.advance(1000);
    await says("qi", { consents: { child: true, health: false } });
    expect([(await stages("qi")).sort(), await isCounted("qi")]).toEqual([["24-36", "3-6"], true]);
    await says("qi", { consents: { health: true } });
    world.app.clock.advance(1000);
    expect((await familyOf(id)).children.map(({ notes: { kept } }) => kept)).toEqual([0, 0]);
  });

  test("after a merge the stricter of two holds, and what stood before comes back when it is undone", async () => {
    await says("no", { babyBirthday: "2026-02-20", card: "pair", consents: { child: false } });
    await says("open", { babyBirthday: "2026-02-20", card: "pair" });
    expect(await isCounted("pair")).toBe(true);
    const merged = await merge(await personOf("no"), await personOf("open"));
    expect([await stages("open"), await isCounted("pair")]).toEqual([[null], false]);
    expect((await personOf("open")).children).toMatchObject([{ keptBack: true }]);
    await undo(merged);
    expect([await stages("no"), await stages("open"), await isCounted("pair")]).toEqual([
      [null],
      ["3-6"],
      true,
    ]);
  });

  test("a loss told under one identifier holds for the date that another one of hers still knew", async () => {
    await says("app", { dueDate: "2026-09-01" });
    await says("till", { dueDate: "2026-09-01" });
    const app = await personOf("app");
    await post(`/persons/${app.id}/silence`, { child: app.children[0]?.id });
    const merged = await merge(app, await personOf("till"));
    expect(await stages("app")).toEqual([null]);
    await undo(merged);
    expect([await stages("app"), await stages("till")]).toEqual([[], ["pregnancy-2"]]);
  });
}
