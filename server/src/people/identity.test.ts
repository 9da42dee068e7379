import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { namespaceRules } from "./identity.ts";
import { planJoins } from "./joins.ts";

test("docs/people.md lists the namespaces as they are ruled, in the order of their strength", () => {
  const text = readFileSync(join(import.meta.dirname, "../../../docs/people.md"), "utf8");
  const rows = [...text.matchAll(/^\| `(\w+)` \| \S+ (certain|weak) \| (\d+) \| (.*)\|$/gm)];
  expect(rows.length).toBeGreaterThan(9);
  const ranks = rows.map(([, namespace = "", strength, most, note = ""]) => {
    const rule = namespaceRules(namespace);
    expect({ namespace, ...rule }).toMatchObject({
      strength,
      mostPerPerson: Number(most),
      perSource: /source/.test(note),
    });
    return rule.rank;
  });
  expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
});

test("a customer's number of any other system is certain, a trace of a device is not", () => {
  for (const namespace of ["crm", "youzan", "jd", "wechat", "erp_customer"]) {
    expect(namespaceRules(namespace).strength, namespace).toBe("certain");
  }
  for (const namespace of ["device_id", "idfa", "oaid", "ga_client_id", "session", "cookie:web"]) {
    expect(namespaceRules(namespace).strength, namespace).toBe("weak");
  }
});

const node = (id: number, namespace: string, person = id, source = 1) => ({ id, namespace, person, source });
const tie = (a: number, b: number, rule: "same-message" | "alias" = "same-message") => ({ a, b, rule });
const plan = (nodes: ReturnType<typeof node>[], ties: ReturnType<typeof tie>[], most = 200) =>
  planJoins(nodes, ties, namespaceRules, most);

test("the older person stays, whichever way they meet, and only nodes that moved are named", () => {
  const nodes = [node(1, "phone"), node(2, "openid:a", 1), node(3, "member:x"), node(4, "unionid", 3)];
  for (const ties of [[tie(2, 4)], [tie(3, 1)]]) {
    expect([...plan(nodes, ties).moves]).toEqual([
      [3, 1],
      [4, 1],
    ]);
  }
  expect(plan(nodes, [tie(1, 2)])).toEqual({ verdicts: ["live"], moves: new Map() });
});

test("a person grows no larger than allowed, not even by an alias", () => {
  const nodes = [node(1, "phone"), node(2, "email"), node(3, "unionid")];
  expect(plan(nodes, [tie(1, 2), tie(2, 3, "alias")], 2).verdicts).toEqual(["live", "conflict"]);
});

test("a conflict in the middle keeps the ties after it", () => {
  const nodes = [node(1, "unionid"), node(2, "unionid"), node(3, "phone"), node(4, "email")];
  const { verdicts, moves } = plan(nodes, [tie(1, 3), tie(2, 3), tie(2, 4)]);
  expect(verdicts).toEqual(["live", "conflict", "live"]);
  expect([...moves]).toEqual([
    [3, 1],
    [4, 2],
  ]);
});

test("a browser taken for another's, for the tablet they share, makes no two known persons one by an alias", () => {
  const mother = [node(1, "user"), node(2, "device", 1), node(3, "anonymous", 1)];
  const father = [node(4, "user"), node(5, "user")];
  const { verdicts, moves } = plan([...mother, ...father], [tie(4, 3, "alias"), tie(4, 5, "alias")]);
  expect(verdicts).toEqual(["conflict", "live"]);
  expect([...moves]).toEqual([[5, 4]]);
});
