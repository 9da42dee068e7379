import type { ConsentRequests, Consents, Silence } from "@stork/contract/privacy.ts";
import { expect, test } from "vitest";
import { app, brand, find, form, get, mailsTo, mother, post } from "./world.ts";

/** What silences and ends by itself, and by staff and programs. */
export function byItself(): void {
  test("signs alone only silence, and believe a birth; a guardian's word on a child ends when it turns 14", async () => {
    const fang = await find("fang");
    expect(fang.silences).toMatchObject([{ why: "signs", sign: { kind: "due-date-passed", items: 1 } }]);
    expect(mailsTo("fang")).not.toContain("expecting");
    // Her date was kept back, not taken away: the shop hears of the birth, and the next night believes it.
    await app.collect(brand.writeKey, [
      { ...mother("fang", [{ key: "1", birthday: "2026-04-02" }]), messageId: "b" },
    ]);
    app.clock.set(new Date("2026-07-01T21:00:00Z"));
    await app.runJobs();
    expect(await find("fang")).toMatchObject({
      silences: [],
      children: [{ bornOn: "2026-04-02", stage: "3-6" }],
    });

    const hua = await find("hua");
    const { consents } = await get<Consents>(`/persons/${hua.id}/consents`);
    expect(consents.filter(({ purpose }) => purpose === "child")).toMatchObject([
      { state: "withdrawn", by: "law:14", child: hua.children[0]?.id },
    ]);
    const fathers = await get<Consents>(`/persons/${(await find("ba")).id}/consents`);
    expect(fathers.consents).toMatchObject([{ purpose: "health", state: "withdrawn", by: "law:14" }]);
    const waiting = {
      person: hua.id,
      name: "王**",
      since: "2026-06-10",
      purposes: ["child", "health"],
      answer: null,
    };
    const { items } = await get<ConsentRequests>("/consent-requests");
    // That a date was told is a guardian's word, too: it is not used any more, and the young person is asked.
    const ning = await find("ning");
    expect(ning.children).toMatchObject([{ keptBack: true }]);
    const asked = { person: ning.id, since: "2026-06-20", purposes: ["child"], answer: null };
    expect(items).toMatchObject([waiting, asked]);
    // Her page has no switch for it any more, and what an old page posts is not taken.
    const { url } = await post<{ url: string }>(`/persons/${hua.id}/preference-link`);
    const [child] = hua.children;
    const late = { do: "consent", purpose: "child", state: "granted", child: child?.id ?? "", version: "0" };
    expect((await form(url, late)).headers.get("location")).toContain("said=of-age");
    expect(await (await fetch(url)).text()).toContain("由孩子本人决定");
    const answer = `/consent-requests/${items[0]?.id}/answer`;
    await post(answer, { state: "granted" });
    expect((await app.call("POST", brand.path + answer, { state: "withdrawn" })).status).toBe(409);
    const after = (await get<Consents>(`/persons/${hua.id}/consents`)).consents;
    expect(after.map(({ purpose, state }) => [purpose, state]).sort()).toEqual([
      ["child", "granted"],
      ["health", "granted"],
      ["marketing", "granted"],
    ]);
    expect((await get<Consents>(`/persons/${(await find("ba")).id}/consents`)).consents).toMatchObject([
      { purpose: "health", state: "granted" },
    ]);
    expect(await get("/consent-requests?show=answered")).toMatchObject({ items: [{ answer: "granted" }] });
  });

  test("staff and programs keep silence, too, by person or by identifier; a mistake can be taken back, dates cannot", async () => {
    const made = await post<Silence>("/silences", { identifier: "user:yun" });
    expect(made).toMatchObject({ why: "api", child: null });
    expect((await post<Silence>("/silences", { identifier: "user:yun" })).id).toBe(made.id);
    const ended = await post<Silence>(`/silences/${made.id}/end`, { reason: "点错了人" });
    expect(ended.endedAt).not.toBeNull();
    expect((await find("yun")).children).toEqual([]);
    expect((await app.call("POST", `${brand.path}/silences`, { identifier: "user:nobody" })).status).toBe(
      404,
    );
  });
}
