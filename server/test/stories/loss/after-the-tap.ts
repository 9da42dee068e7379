import type { JourneyDetail } from "@stork/contract/journeys.ts";
import type { SilenceProof } from "@stork/contract/privacy.ts";
import { expect, test } from "vitest";
import { until } from "../../until.ts";
import {
  app,
  brand,
  exported,
  exportUnderWay,
  find,
  form,
  get,
  journeys,
  mailsTo,
  mother,
  move,
  order,
  post,
  receiver,
  rowOf,
  segments,
  stagesTold,
  standing,
  start,
  startJourneys,
  toldOf,
} from "./world.ts";

/** What reaches her, or anybody else, after one tap; and what may still be said. */
export function afterTheTap(): void {
  test("nothing after the tap: campaigns, a webhook, the stage clock and an export under way, a month of purchases and stale systems", async () => {
    const mei = await find("mei");
    await start("expecting");
    await start("everybody");
    await startJourneys();
    app.clock.advance(40 * 60_000);
    // Orders of both wait for a receiver that is down.
    await app.collect(brand.writeKey, [order("mei", "孕妇枕"), order("lan", "孕妇枕")]);
    await until(() => toldOf(mei.id).length > 0);
    const taken = await exportUnderWay();
    await move();
    const lan = await find("lan");
    expect(await standing(mei)).toEqual(["waiting", "waiting", "waiting"]);

    const { url } = await post<{ url: string }>(`/persons/${mei.id}/preference-link`);
    expect(url).not.toMatch(/mei|x\.test/);
    const page = await (await fetch(url)).text();
    expect(page).toContain("预产期 2026年8月");
    const lost = mei.children.find(({ dueOn }) => dueOn !== undefined);
    // What holds, holds when this answers.
    expect((await form(url, { do: "quiet", child: lost?.id ?? "" })).status).toBe(303);
    expect(new Set(await standing(mei))).toEqual(new Set(["Silence is kept for this family"]));
    const told = toldOf(mei.id).length;
    receiver.works = true;
    const rest = await taken.rest();
    expect(rest).not.toContain("mei@x.test");
    expect(rest).toContain("lan@x.test");

    const quiet = await find("mei");
    expect(quiet.children.map(({ bornOn }) => bornOn)).toEqual(["2024-01-15"]);
    expect(quiet.silences).toMatchObject([{ why: "tap", child: lost?.id, endedAt: null }]);
    expect(JSON.stringify(await get(`/segments/${segments["expecting"]}/members`))).not.toContain(
      `"${mei.id}"`,
    );

    for (const day of [1, 3, 5, 7, 11, 13, 19, 25, 30]) {
      app.clock.set(new Date(Date.parse("2026-06-01T03:00:00Z") + day * 86_400_000));
      if (day % 6 === 1)
        await app.collect(brand.writeKey, [order("mei", "NB 纸尿裤"), order("mei", "1 段奶粉")]);
      // The shop's app sends the profile it still has, and another system the same child under another date of that month.
      if (day === 5)
        await app.collect(brand.writeKey, [
          { ...mother("mei", [{ key: "2", dueDate: "2026-08-26" }]), messageId: "again" },
        ]);
      if (day === 25)
        await app.collect(brand.writeKey, [
          { ...mother("mei", [{ birthday: "2026-06-20" }]), messageId: "born" },
        ]);
      if (day === 11) await start("expecting");
      if (day === 13) await start("everybody");
      await app.runTask("look-for-stages");
      await move();
    }
    const csv = await exported();
    expect([rowOf(mei).test(csv), rowOf(await find("lan")).test(csv)]).toEqual([false, true]);
    expect(stagesTold(mei.id)).toEqual([]);
    expect(stagesTold((await find("lan")).id)).toHaveLength(1);
    expect(mailsTo("mei")).toEqual([]);
    expect(mailsTo("lan")).toEqual(expect.arrayContaining(["with-1", "bag", "feed-2", "with-2"]));
    // Not one came in again: what is over is what was over at the tap.
    expect(new Set(await standing(mei))).toEqual(new Set(["Silence is kept for this family"]));
    const held = await Promise.all(journeys.map((id) => get<JourneyDetail>(`/journeys/${id}`)));
    expect(held.map(({ exits }) => exits.find(({ reason }) => reason === "silence")?.runs)).toEqual([
      1, 1, 1,
    ]);
    expect(await standing(lan)).toEqual(["done", "done", "done"]);
    expect(toldOf(mei.id)).toHaveLength(told);
    expect((await find("mei")).children).toHaveLength(1);

    const proof = await get<SilenceProof>(`/silences/${quiet.silences[0]?.id}`);
    expect(proof.leaked).toBe(0);
    const kinds = new Map(proof.stopped.map(({ kind, times }) => [kind, times]));
    expect([...kinds.keys()].sort()).toEqual([
      ...["child-date", "export", "journey", "membership", "message", "statement", "webhook"],
    ]);
    expect(proof.stopped.filter(({ kind }) => kind === "export").map(({ ref }) => ref)).toContain(taken.id);
    // Of three campaigns, and what a journey had just handed over.
    expect(proof.stopped.filter(({ kind }) => kind === "message")).toHaveLength(4);
    expect(JSON.stringify(proof)).not.toContain("2026-08-26");
  });

  test("the child that lives may still be spoken of, by what is about that child; she may come back", async () => {
    await start("toddlers");
    await app.runJobs();
    expect(mailsTo("mei")).toEqual(["toddlers"]);
    const mei = await find("mei");
    // Staff cannot end what she asked for; her own page can.
    const [silence] = mei.silences;
    expect(
      (await app.call("POST", `${brand.path}/silences/${silence?.id}/end`, { reason: "误点" })).status,
    ).toBe(409);
    const { url } = await post<{ url: string }>(`/persons/${mei.id}/preference-link`);
    await form(url, { do: "child-add", kind: "due", date: "2027-03-01" });
    await form(url, { do: "unquiet" });
    const back = await find("mei");
    expect(back.silences).toEqual([]);
    expect(back.children.map(({ dueOn }) => dueOn)).toContain("2027-03-01");
  });
}
