import { expect, test } from "vitest";
import type { Message } from "./message.ts";
import { families } from "./town.ts";

const settings = { seed: 5, families: 1500, until: "2026-11-21", behaviour: "sparse" } as const;
const clean = [...families(settings)];
const dirty = [...families({ ...settings, dirt: true })];
const uses = dirty.flatMap((family) => family.uses);
const of = (use: string) => uses.filter((one) => one.use === use);

test("dirt changes who is told, never what was bought", () => {
  for (const [i, family] of dirty.entries()) {
    const orders = ({ messages }: { messages: readonly Message[] }) =>
      messages
        .filter(({ event }) => event === "Order Completed")
        .map(({ messageId, properties }) => [messageId, properties]);
    expect(orders(family)).toEqual(orders(clean[i]!));
    if (family.uses.length === 0) expect(family.messages).toEqual(clean[i]!.messages);
    expect(new Set(family.messages.map(({ messageId }) => messageId)).size).toBe(family.messages.length);
    const times = family.messages.map(({ timestamp }) => timestamp);
    expect(times).toEqual(times.toSorted());
  }
});

test("every kind is there, and what is noted stands in the messages", () => {
  for (const use of ["family-tablet", "staff-device", "store", "typo", "old"])
    expect(of(use).length, use).toBeGreaterThan(0);
  const told = new Map(dirty.map(({ index, messages }) => [`f${index}`, JSON.stringify(messages)]));
  for (const { family, value } of uses) expect(told.get(family)).toContain(value);
});

test("a family's tablet stays in the family; a store's phone and a staff device are met by several", () => {
  const families = (list: typeof uses) => Map.groupBy(list, ({ value }) => value);
  for (const list of families(of("family-tablet")).values())
    expect(new Set(list.map(({ family }) => family)).size).toBe(1);
  const everywhere = [
    ...families([...of("store"), ...of("staff-device"), ...of("staff"), ...of("shared-tablet")]).keys(),
  ];
  const owned = new Set(clean.flatMap(({ household }) => household.people.flatMap(({ phones }) => phones)));
  for (const value of everywhere) expect(owned.has(value)).toBe(false);
});
