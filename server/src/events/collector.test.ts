import { expect, test } from "vitest";
import { Collector, type Delivery, type Outcome, Overloaded } from "./collector.ts";
import type { Event } from "./event.ts";
import { RecentWindow } from "./recent-window.ts";

const event = (message: number): Event => ({ message: String(message), name: "x" }) as Event;
const delivery = (...messages: number[]): Delivery => ({
  workspace: 1,
  source: 1,
  received: 0,
  events: messages.map(event),
});

/** A store that commits when it is told to. */
function store() {
  const waiting: { messages: string[]; done(): void; fail(error: Error): void }[] = [];
  const committed: string[] = [];
  return {
    waiting,
    committed,
    commit: (deliveries: readonly Delivery[]) =>
      new Promise<Outcome[][]>((resolve, reject) => {
        const messages = deliveries.flatMap(({ events }) => events.map(({ message }) => message));
        waiting.push({
          messages,
          done: () => {
            committed.push(...messages);
            resolve(deliveries.map(({ events }) => events.map(() => "committed")));
          },
          fail: reject,
        });
      }),
  };
}
const soon = () => new Promise((resolve) => setTimeout(resolve, 15));
const make = (commit: ReturnType<typeof store>["commit"], more: object = {}) =>
  new Collector({ commit, recent: new RecentWindow(1000), waitMs: 1, groupsAtOnce: 2, ...more });

test("requests that come together are committed together, and answered only then", async () => {
  const { waiting, commit } = store();
  const collector = make(commit);
  const answers: string[] = [];
  const all = [delivery(1, 2), delivery(3)].map((one, i) =>
    collector.collect(one).then(() => answers.push(`${i}`)),
  );
  await soon();
  expect(waiting.map(({ messages }) => messages)).toEqual([["1", "2", "3"]]);
  expect(answers).toEqual([]);
  waiting[0]?.done();
  await Promise.all(all);
  expect(answers).toEqual(["0", "1"]);
});

test("a retry is not committed again: neither within a request, nor later, nor while the first is on its way", async () => {
  const { waiting, committed, commit } = store();
  const collector = make(commit);
  const first = collector.collect(delivery(1, 1, 2));
  await soon();
  let retried = false;
  const retry = collector.collect(delivery(2, 3)).then((outcomes) => {
    retried = true;
    return outcomes;
  });
  await soon();
  waiting[1]?.done();
  await soon();
  // 3 is committed, but 2 is still on its way with the first request.
  expect(retried).toBe(false);
  waiting[0]?.done();
  expect(await first).toEqual(["committed", "committed", "committed"]);
  expect(await retry).toEqual(["committed", "committed"]);
  expect(await collector.collect(delivery(1, 2, 3))).toEqual(["committed", "committed", "committed"]);
  expect(committed.sort()).toEqual(["1", "2", "3"]);
});

test("when the commit fails nobody is answered, not even who waited for another's copy; the retry goes through", async () => {
  const { waiting, committed, commit } = store();
  const collector = make(commit);
  const first = expect(collector.collect(delivery(1))).rejects.toThrow("disk");
  await soon();
  const second = expect(collector.collect(delivery(1))).rejects.toThrow("disk");
  waiting[0]?.fail(new Error("disk"));
  await Promise.all([first, second]);
  const again = collector.collect(delivery(1));
  await soon();
  waiting[1]?.done();
  await again;
  expect(committed).toEqual(["1"]);
});

test("a request that cannot be committed does not take its neighbours with it", async () => {
  const collector = make(async (deliveries) => {
    if (deliveries.some(({ events }) => events.some(({ message }) => message === "13")))
      throw new Error("poison");
    return deliveries.map(({ events }) => events.map(() => "committed" as const));
  });
  const answers = await Promise.allSettled(
    [delivery(1), delivery(13), delivery(2)].map((one) => collector.collect(one)),
  );
  expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});

test("beyond its bound it turns away at once, and takes again when there is room", async () => {
  const { waiting, commit } = store();
  const collector = make(commit, { mostEvents: 3 });
  const first = collector.collect(delivery(1, 2));
  await expect(collector.collect(delivery(3, 4))).rejects.toBeInstanceOf(Overloaded);
  await soon();
  waiting[0]?.done();
  await first;
  const next = collector.collect(delivery(3, 4));
  await soon();
  waiting[1]?.done();
  await next;
});

test("while groups are being committed the others gather in one", async () => {
  const { waiting, commit } = store();
  const collector = make(commit, { groupsAtOnce: 2 });
  const all = [];
  for (let i = 1; i <= 6; i += 1) {
    all.push(collector.collect(delivery(i)));
    await soon();
  }
  expect(waiting.length).toBe(2);
  waiting[0]?.done();
  await soon();
  expect(waiting[2]?.messages).toEqual(["3", "4", "5", "6"]);
  for (const one of waiting) one.done();
  await Promise.all(all);
  await collector.drained();
});
