import { expect, test } from "vitest";
import { heldBack } from "./held-back.ts";
import { namespaceRules } from "./identity.ts";
import { type MappedNode, planJoins } from "./joins.ts";

const person = (id: number, ...namespaces: string[]): MappedNode[] =>
  namespaces.map((namespace, i) => ({ id: id + i, namespace, source: 1, person: id }));

const cases: [string, MappedNode[], MappedNode[], string[], object | null][] = [
  [
    "two unionids",
    person(1, "user", "unionid"),
    person(9, "user", "unionid"),
    ["user", "unionid"],
    unionid(),
  ],
  [
    "three users",
    person(1, "user", "user"),
    person(9, "user"),
    ["user", "user"],
    { why: "too-many", have: 3 },
  ],
  [
    "a browser of both",
    person(1, "phone"),
    person(9, "user", "anonymous"),
    ["phone", "anonymous"],
    { why: "trace" },
  ],
  ["nothing", person(1, "user"), person(9, "phone"), ["user", "phone"], null],
];
function unionid() {
  return { why: "too-many", namespace: "unionid", have: 2, most: 1 };
}

test.each(cases)("says what held back: %s; as judging does", (_name, one, other, met, expected) => {
  const held = heldBack({ one, other, met, apart: false }, namespaceRules, 200);
  if (expected === null) expect(held).toBeNull();
  else expect(held).toMatchObject(expected);
  const ends = [one.find((n) => n.namespace === met[0]), other.find((n) => n.namespace === met[1])];
  const pair = { a: ends[0]?.id as number, b: ends[1]?.id as number, rule: "same-message" as const };
  const { verdicts } = planJoins([...one, ...other], [pair], namespaceRules, 200);
  expect(verdicts[0]).toBe(held === null ? "live" : "conflict");
});

test("says that somebody keeps them apart, or that they are too large for one, before anything else", () => {
  const [one, other] = [person(1, "unionid"), person(9, "unionid")];
  expect(heldBack({ one, other, met: [], apart: true }, namespaceRules, 200)).toEqual({ why: "never-same" });
  const large = { why: "too-many-nodes", most: 1 };
  expect(heldBack({ one, other, met: [], apart: false }, namespaceRules, 1)).toEqual(large);
});
