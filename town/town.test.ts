import fc from "fast-check";
import { expect, test } from "vitest";
import { dayOf, startOf } from "./calendar.ts";
import type { Message } from "./message.ts";
import { type Family, families, familyAt } from "./town.ts";

const until = "2026-11-21";
const settings = { seed: 1, families: 600, until };
const town = [...families(settings)];
const text = (value: unknown) => JSON.stringify(value);

test("the same seed gives the same town, another seed another", () => {
  const few = { ...settings, families: 20 };
  expect(text([...families(few)].map(({ messages }) => messages))).toBe(
    text(town.slice(0, 20).map(({ messages }) => messages)),
  );
  expect(text(familyAt({ seed: 2, until }, 0).messages)).not.toBe(text(town[0]!.messages));
});

test("a family is the same at every size of the town and alone", () => {
  fc.assert(
    fc.property(fc.nat({ max: 599 }), (index) => {
      expect(text(familyAt({ seed: 1, until }, index).messages)).toBe(text(town[index]!.messages));
    }),
    { numRuns: 30 },
  );
});

const bare = ({ messageId: _, ...rest }: Message) => text(rest);

test("sparse behaviour leaves out the browsing and keeps the orders", () => {
  const orders = ({ messages }: Family) =>
    messages.filter(({ event }) => event === "Order Completed").map(({ properties }) => text(properties));
  for (const full of town.slice(0, 60)) {
    const sparse = familyAt({ seed: 1, until, behaviour: "sparse" }, full.index);
    expect(orders(sparse)).toEqual(orders(full));
    const anyhow = new Set(full.messages.map(bare));
    for (const message of sparse.messages) expect(anyhow.has(bare(message))).toBe(true);
    expect(sparse.messages.some(({ event, type }) => event === "Product Viewed" || type === "page")).toBe(
      false,
    );
  }
});

function checkMessages({ messages, household }: Family): void {
  const end = startOf(dayOf(until));
  const welcomed = new Set<string>();
  let before = "";
  for (const message of messages) {
    expect(message.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(message.timestamp >= before).toBe(true);
    before = message.timestamp;
    expect(Date.parse(message.timestamp)).toBeLessThan(end);
    expect(message.userId ?? message.anonymousId).toBeDefined();
    if (message.userId === undefined) continue;
    const account = `${message.source} ${message.userId}`;
    if (!welcomed.has(account))
      expect(message.type, `${message.messageId} before its registration`).toMatch(/identify|alias/);
    welcomed.add(account);
  }
  const first = messages[0];
  if (first) expect(Date.parse(first.timestamp)).toBeGreaterThan(startOf(household.contactOn - 1));
}

test("for any seed, a family's messages are in order, in time, and none comes before its registration", () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat({ max: 9_999_999 }), (seed, index) =>
      checkMessages(familyAt({ seed, until }, index)),
    ),
    { numRuns: 300 },
  );
});

test("every family is heard of, and no identifier belongs to two families", () => {
  const owner = new Map<string, number>();
  const ids = new Set<string>();
  const claim = (id: string, index: number) => {
    expect(owner.get(id) ?? index, id).toBe(index);
    owner.set(id, index);
  };
  for (const { index, messages } of town) {
    expect(messages.length).toBeGreaterThan(0);
    for (const message of messages) {
      expect(ids.has(message.messageId)).toBe(false);
      ids.add(message.messageId);
      const { userId, anonymousId, traits, context } = message;
      for (const id of [
        userId,
        anonymousId,
        traits?.email,
        ...(context?.externalIds ?? []).map((one) => `${one.type} ${one.id}`),
      ]) {
        if (id !== undefined) claim(id, index);
      }
      if (traits?.phone !== undefined && !traits.phone.includes("*")) claim(traits.phone, index);
    }
  }
});

test("stated dates are the child's true ones, and a due date is not stated after the birth", () => {
  let stated = 0;
  for (const { household, messages } of town) {
    for (const { traits, timestamp } of messages) {
      for (const child of traits?.children ?? []) {
        const truth = household.children.find(({ key }) => key === child.key)!;
        stated++;
        if (child.birthday !== undefined) expect(dayOf(child.birthday)).toBe(truth.bornOn);
        if (child.dueDate !== undefined) {
          expect(dayOf(child.dueDate)).toBe(truth.dueOn);
          expect(Date.parse(timestamp)).toBeLessThan(startOf(truth.bornOn));
        } else expect(Date.parse(timestamp)).toBeGreaterThanOrEqual(startOf(truth.bornOn));
      }
    }
  }
  const silent = town.filter(({ messages }) => !messages.some(({ traits }) => traits?.children));
  expect(stated).toBeGreaterThan(300);
  expect(silent.length / town.length).toBeGreaterThan(0.2);
  expect(silent.length / town.length).toBeLessThan(0.7);
});

const all: Message[] = town.flatMap(({ messages }) => messages);
const shareOf = (holds: (message: Message) => boolean, among: Message[]) =>
  among.filter(holds).length / among.length;

test("consent is mostly given at registration, and some withdraw it", () => {
  const registrations = all.filter(({ traits }) => traits?.memberSince !== undefined);
  const given = shareOf(({ traits }) => traits?.marketingConsent === true, registrations);
  expect(given).toBeGreaterThan(0.75);
  expect(given).toBeLessThan(0.95);
  const withdrawn = all.filter(
    ({ traits }) => traits?.marketingConsent === false && traits.memberSince === undefined,
  );
  expect(withdrawn.length / registrations.length).toBeGreaterThan(0.02);
});

test("phones are shown whole, masked or not at all", () => {
  const registrations = all.filter(({ traits }) => traits?.memberSince !== undefined);
  const masked = shareOf(({ traits }) => traits?.phone?.includes("*") === true, registrations);
  const missing = shareOf(({ traits }) => traits?.phone === undefined, registrations);
  expect(masked).toBeGreaterThan(0.15);
  expect(missing).toBeGreaterThan(0.1);
  expect(masked + missing).toBeLessThan(0.7);
});

test("a town speaks the whole language of the shops", () => {
  const events = new Set(all.map(({ event, type }) => event ?? type));
  for (const event of [
    "Products Searched",
    "Product Viewed",
    "Product Added",
    "Checkout Started",
    "Coupon Applied",
    "Order Completed",
    "Order Refunded",
    "Product Reviewed",
    "identify",
    "page",
    "alias",
  ]) {
    expect(events).toContain(event);
  }
  expect(new Set(all.map(({ source }) => source)).size).toBe(5);
  expect(all.length / town.length).toBeGreaterThan(60);
  expect(all.length / town.length).toBeLessThan(150);
});

test("what cannot be a town is refused in words", () => {
  const make = (more: object) => [...families({ ...settings, families: 1, ...more })];
  expect(() => make({ families: 0 })).toThrow("families must be a whole number from 1");
  expect(() => make({ families: 10_000_001 })).toThrow("families must be");
  expect(() => make({ seed: -1 })).toThrow("seed must be");
  expect(() => make({ seed: Number.NaN })).toThrow("seed must be");
  expect(() => make({ until: "21.11.2026" })).toThrow("not a calendar date");
  expect(() => make({ until: "2026-02-30" })).toThrow("not a calendar date");
});
