import { expect, test, vi } from "vitest";
import { Collector, type Delivery, type Outcome, Overdue, Overloaded } from "./collector.ts";
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
  new Collector({ commit, recent: new RecentWindow(1000), waitMs: 1, apartMs: 1, groupsAtOnce: 2, ...more });

test("a small group waits for company, but not for ever, and keeps its distance from the one before", async () => {
  vi.useFakeTimers();
  try {
    const { waiting, commit } = store();
    const collector = make(commit, { waitMs: 10, mostWaitMs: 45, apartMs: 100 });
    const groups = () => waiting.map(({ messages }) => messages.length);
    for (let i = 1; i <= 6; i += 1) {
      void collector.collect(delivery(i));
      expect(groups()).toEqual([]);
      await vi.advanceTimersByTimeAsync(9);
    }
    expect(groups()).toEqual([6]); // 54 ms after the first, though more came every 9
    waiting[0]?.done();
    await vi.advanceTimersByTimeAsync(0);
    void collector.collect(delivery(7));
    await vi.advanceTimersByTimeAsync(90);
    expect(groups()).toEqual([6]);
    await vi.advanceTimersByTimeAsync(10);
    expect(groups()).toEqual([6, 1]);
  } finally {
    vi.useRealTimers();
  }
});

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
  const collector = make(commit, { groupEvents: 1 });
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

test("while a group is being committed the others gather in one; a full one does not wait for it", async () => {
  const { waiting, commit } = store();
  const collector = make(commit, { groupEvents: 4 });
  const all = [];
  for (let i = 1; i <= 4; i += 1) {
    all.push(collector.collect(delivery(i)));
    await soon();
  }
  expect(waiting.map(({ messages }) => messages)).toEqual([["1"]]);
  all.push(collector.collect(delivery(5)));
  await soon();
  expect(waiting[1]?.messages).toEqual(["2", "3", "4", "5"]);
  all.push(collector.collect(delivery(6)));
  waiting[0]?.done();
  waiting[1]?.done();
  await soon();
  expect(waiting[2]?.messages).toEqual(["6"]);
  waiting[2]?.done();
  await Promise.all(all);
  await collector.drained();
});

test("a source that floods is turned away in time, and its line holds nobody else up", async () => {
  const { waiting, commit } = store();
  const collector = make(commit, { mostEvents: 40, groupEvents: 6, groupsAtOnce: 1 });
  const from = (source: number, ...messages: number[]) => ({ ...delivery(...messages), source });
  const flood = Array.from({ length: 60 }, (_, i) => collector.collect(from(1, 100 + i)));
  const refused = Promise.allSettled(flood);
  await soon();
  const others = [collector.collect(from(2, 1, 2)), collector.collect(from(3, 3))];
  waiting[0]?.done();
  await soon();
  expect(waiting[1]?.messages.slice(0, 5)).toEqual(["106", "1", "2", "3", "107"]);
  waiting[1]?.done();
  await Promise.all(others);
  for (let i = 2; i < 12; i += 1) {
    waiting[i]?.done();
    await soon();
  }
  expect((await refused).filter(({ status }) => status === "rejected")).toHaveLength(40);
  await collector.drained();
});

test("an engine that hangs keeps nobody waiting for ever; what was taken counts once when it comes back", async () => {
  const { waiting, committed, commit } = store();
  const collector = make(commit, { patienceMs: 20 });
  await expect(collector.collect(delivery(1))).rejects.toBeInstanceOf(Overdue);
  const retry = collector.collect(delivery(1, 2));
  waiting[0]?.done();
  await soon();
  waiting[1]?.done();
  expect(await retry).toEqual(["committed", "committed"]);
  expect(committed).toEqual(["1", "2"]);
});

test("when an engine is away all are told at once, and none is tried by itself", async () => {
  let tries = 0;
  const collector = make(
    async () => {
      tries += 1;
      throw new Error("away");
    },
    { meetsAll: () => true },
  );
  const all = await Promise.allSettled([1, 2, 3].map((i) => collector.collect(delivery(i))));
  expect(all.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  expect(tries).toBe(1);
});
