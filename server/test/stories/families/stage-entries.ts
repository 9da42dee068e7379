import { expect, test } from "vitest";
import { ch, u32 } from "../../../src/platform/clickhouse.ts";
import { type FamiliesWorld, now } from "./world.ts";

export function enteringAStage(world: FamiliesWorld): void {
  const { says, personOf, look } = world;
  const entered = async () =>
    (
      await world.app.engines.clickhouse.query<{ at: string; stage: string; child: string }>(ch`
        select toString(at) as at, JSONExtractString(properties, 'stage') as stage,
          JSONExtractString(properties, 'child') as child
        from event_once where name = 'Stage Entered' and workspace > ${u32(0)} order by at, child`)
    ).map(({ at, stage, child }) => `${child} ${stage} ${at.slice(0, 16)}`);

  test("is an event at local midnight, once, also after days of standing still; a moved due date moves it", async () => {
    world.app.clock.set(now);
    await says("su", { babyBirthday: "2026-03-02", dueDate: undefined });
    await says("yun", { dueDate: "2026-08-27" });
    await says("gone", { babyBirthday: "2026-03-03" });
    await look();
    expect(await entered()).toEqual([]);
    const su = (await personOf("su")).children[0]?.id;
    const yun = (await personOf("yun")).children[0]?.id;
    const gone = await personOf("gone");
    await world.app.call(
      "DELETE",
      `${world.path}/families/${gone.id}/children/${gone.children[0]?.id}?reason=wrong`,
    );

    world.app.clock.set("2026-06-01T15:59:59.000Z");
    await look();
    expect(await entered()).toEqual([]);
    world.app.clock.set("2026-06-01T16:00:05.000Z");
    await Promise.all([look(), look()]);
    expect(await entered()).toEqual([`${su} 3-6 2026-06-01 16:00`]);

    // Her third trimester would begin on 4 June; the hospital puts the date off by five days.
    await says("yun", { dueDate: "2026-09-01" });
    world.app.clock.set("2026-06-05T02:00:00.000Z");
    await look();
    const mine = async () => (await entered()).filter((one) => [su, yun].includes(one.split(" ")[0]));
    expect(await mine()).toEqual([`${su} 3-6 2026-06-01 16:00`]);
    // Nobody looks for six days; then what began is told with its own time.
    world.app.clock.set("2026-06-14T02:00:00.000Z");
    await look();
    await look();
    expect(await mine()).toEqual([`${su} 3-6 2026-06-01 16:00`, `${yun} pregnancy-3 2026-06-08 16:00`]);
    // A birth three days ago, reported today.
    world.app.clock.set("2026-08-23T02:00:00.000Z");
    await says("yun", { babyBirthday: "2026-08-20" });
    await look();
    expect((await mine()).at(-1)).toBe(`${yun} 0-1 2026-08-19 16:00`);
    // Staff find that it was born two months later than the shop had said: what begins then is told, though told before.
    await says("xu", { babyBirthday: "2026-05-25" });
    const xu = (await personOf("xu")).children[0]?.id;
    const family = (await personOf("xu")).id;
    world.app.clock.set("2026-08-26T02:00:00.000Z");
    await look();
    const child = `${world.path}/families/${family}/children/${xu}`;
    expect((await world.app.call("PATCH", child, { bornOn: "2026-07-28" })).status).toBe(204);
    world.app.clock.set("2026-10-29T02:00:00.000Z");
    await look();
    await look();
    expect((await entered()).filter((one) => one.startsWith(`${xu} `))).toEqual([
      `${xu} 3-6 2026-08-24 16:00`,
      `${xu} 3-6 2026-10-27 16:00`,
    ]);
    world.app.clock.set("2026-08-26T02:00:00.000Z");
    const where = {
      kind: "did",
      event: "Stage Entered",
      where: [{ property: "stage", op: "=", value: "0-1" }],
      withinDays: 7,
    };
    const { body } = await world.app.call<{ persons: number }>("POST", `${world.path}/segments/count`, {
      where,
    });
    expect(body.persons).toBe(1);
  });
}
