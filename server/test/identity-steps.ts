import fc from "fast-check";
import type { Change } from "../src/people/decision.ts";
import type { Identifier, Sighting } from "../src/people/identity.ts";

/** What may happen to identities, in any order: told, unbound, decided by hand, taken back. */
const at = new Date("2026-06-01T04:00:00Z");
/** `user=1` and the like, as identifiers. */
export const ids = (...texts: string[]): Identifier[] =>
  texts.map((text) => {
    const [namespace = "", value = ""] = text.split("=");
    return { namespace, value };
  });
let messages = 0;
export const seen = (identifiers: Identifier[], rule: Sighting["rule"] = "same-message"): Sighting => {
  messages += 1;
  return { identifiers, source: 1, message: `m${messages}`, at, rule };
};

export interface State {
  map: Map<number, number>;
  edges: { a: number; b: number; rule: string; state: string }[];
}

const symbols = fc.record({
  namespace: fc.constantFrom("user", "phone", "openid:a", "member:x", "anonymous", "device"),
  value: fc.integer({ min: 1, max: 5 }),
});
const textOf = (namespace: string, value: number) =>
  namespace === "phone" ? `1391234568${value}` : `v${value}`;
export const sighting = fc
  .uniqueArray(symbols, { minLength: 1, maxLength: 3, selector: (s) => `${s.namespace}=${s.value}` })
  .map((some) => seen(some.map(({ namespace, value }) => ({ namespace, value: textOf(namespace, value) }))));
export const pick = fc.nat({ max: 10_000 });
type Step =
  | { do: "tell"; sightings: Sighting[] }
  | { do: "unbind"; one: Sighting }
  | { do: Change["kind"] | "undo"; x: number; y: number };
export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .array(sighting, { minLength: 1, maxLength: 5 })
      .map((sightings) => ({ do: "tell" as const, sightings })),
  },
  {
    weight: 1,
    arbitrary: sighting.map((one) => ({ do: "unbind" as const, one: { ...one, rule: "unbind" as const } })),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom(
        "merge" as const,
        "split" as const,
        "never-same" as const,
        "share" as const,
        "unshare" as const,
        "undo" as const,
      ),
      x: pick,
      y: pick,
    }),
  },
);

/** The decision of a kind that two numbers stand for in this state; null where there is none to make. */
export function changeFor(kind: Change["kind"], { map }: State, x: number, y: number): Change | null {
  const nodes = [...map.keys()];
  const [one, other] = [nodes[x % nodes.length], nodes[y % nodes.length]];
  if (one === undefined || other === undefined) return null;
  if (kind === "merge" || kind === "never-same") return { kind, a: one, b: other };
  if (kind === "share" || kind === "unshare") return { kind, node: one };
  const own = nodes.filter((id) => map.get(id) === map.get(one));
  return { kind: "split", person: one, nodes: own.filter((_, i) => ((x + y) >> (i % 12)) % 2 === 0) };
}

/** Refusals are answers; anything else is a fault. */
export const refused = (error: unknown): null => {
  if ((error as Error).name === "Refusal") return null;
  throw error;
};
