import type { Consents, ConsentTexts, OwedAnswer } from "@stork/contract/privacy.ts";
import { expect, test } from "vitest";
import type { FamiliesWorld } from "./world.ts";

export function askedAgain(world: FamiliesWorld): void {
  const { says, personOf } = world;
  const call = <Body>(method: string, path: string, body?: object) =>
    world.app.call<Body & { code?: string }>(method, world.path + path, body);
  const publish = (purpose: string, body: object) =>
    call<ConsentTexts>("PUT", `/consent-texts/${purpose}`, {
      zh: "提供给保险公司。",
      en: "To insurers.",
      ...body,
    });
  const owing = async () =>
    (await call<{ items: OwedAnswer[] }>("GET", "/consent-owing?purpose=sharing")).body.items;
  const state = async (person: string) =>
    (await call<Consents>("GET", `/persons/${person}/consents`)).body.consents.map(
      ({ purpose, state, by }) => `${purpose} ${state} ${by.split(":")[0]}`,
    );

  test("who agreed to a text that has become another one owes an answer; the old yes counts up to a day, and ends", async () => {
    for (const user of ["old1", "old2"]) await says(user, { consents: { sharing: true } });
    const [one, two] = [(await personOf("old1")).id, (await personOf("old2")).id];
    world.app.clock.advance(60_000);
    // Better wording asks nobody; another purpose does.
    expect((await publish("sharing", {})).body.items.map(({ owing: n }) => n)).not.toContain(2);
    expect(await owing()).toEqual([]);
    const today = world.app.clock.now().toISOString().slice(0, 10);
    expect((await publish("sharing", { againUntil: "2026-01-01" })).body.code).toBe("privacy/day-is-past");
    expect((await publish("orders", { againUntil: today })).body.code).toBe("privacy/never-asked");
    const changed = await publish("sharing", { againUntil: today });
    expect(changed.body.items).toContainEqual(
      expect.objectContaining({ purpose: "sharing", version: 2, againUntil: today, owing: 2 }),
    );
    expect(await owing()).toMatchObject([
      { person: one, version: null, until: today },
      { person: two, version: null, until: today },
    ]);
    expect(await state(one)).toEqual(["sharing granted shop"]);

    const { body: link } = await call<{ url: string }>("POST", `/persons/${one}/preference-link`);
    const page = await (await fetch(link.url)).text();
    expect(page).toContain(`您以前的同意算到 ${today}`);
    const answer = { do: "consent", purpose: "sharing", state: "granted", version: "2" };
    await fetch(link.url, { method: "POST", redirect: "manual", body: new URLSearchParams(answer) });
    expect((await owing()).map(({ person }) => person)).toEqual([two]);
    expect(await (await fetch(link.url)).text()).not.toContain("您以前的同意");

    world.app.clock.set(`${today}T15:59:55Z`);
    await world.app.runJobs();
    expect(await state(two)).toEqual(["sharing granted shop"]);
    // Midnight in Shanghai.
    world.app.clock.set(`${today}T16:00:05Z`);
    await world.app.runJobs();
    expect(await owing()).toEqual([]);
    expect([await state(one), await state(two)]).toEqual([
      ["sharing granted person"],
      ["sharing withdrawn law"],
    ]);
  });
}
