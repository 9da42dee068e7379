import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import config from "../.dependency-cruiser.mjs";

const root = join(import.meta.dirname, "..");
const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

type Tree = Record<string, string>;

/** A small house in order: each thing the rules forbid has its lawful neighbour here. */
const clean: Tree = {
  "contract/people.ts": `import { z } from "zod";\nexport const person = z;`,
  "contract/segments.ts": `import { person } from "./people.ts";\nexport const segment = person;`,
  "models/stats/mean.ts": "export const mean = 1;",
  "models/stats/welch.ts": `import { mean } from "./mean.ts";\nexport const welch = mean;`,
  "town/town.ts": `import { person } from "@stork/contract/people.ts";\nimport { mean } from "@stork/models/stats/mean.ts";\nexport const town = [person, mean];`,
  "server/src/main.ts": `import "./segments/members.store.ts";\nimport "./outcomes/report.ts";\nimport "node:fs";\nimport "./messages/smtp.client.ts";`,
  "server/src/cli.ts": `import "node:fs";\nimport "./platform/files.ts";`,
  "server/src/platform/files.ts": `import "node:fs";\nexport const files = 1;`,
  "server/src/people/persons.store.ts": `import pg from "pg";\nimport { files } from "../platform/files.ts";\nexport type Persons = typeof pg;\nexport const persons = files;`,
  "server/src/people/merge.ts": `import { rules } from "./rules/certain.ts";\nexport const merge = rules;`,
  "server/src/people/rules/certain.ts": "export const rules = 1;",
  "server/src/segments/members.store.ts": `import { persons } from "../people/persons.store.ts";\nimport { count } from "./count.ts";\nexport const members = [persons, count];`,
  "server/src/segments/count.ts": `import type { Persons } from "../people/persons.store.ts";\nimport type { Server } from "node:http";\nimport { merge } from "../people/merge.ts";\nexport const count = merge;\nexport type Count = Persons | Server;`,
  "server/src/messages/smtp.client.ts": `import "node:net";\nimport { members } from "../segments/members.store.ts";\nexport const smtp = members;`,
  "server/src/outcomes/report.ts": `import { welch } from "@stork/models/stats/welch.ts";\nexport const report = welch;`,
  "server/src/outcomes/report.test.ts": `import "node:fs";\nimport "../main.ts";\nimport "../people/rules/certain.ts";\nimport { report } from "./report.ts";\nexport const seen = report;`,
  "server/test/engines.ts": `import "node:child_process";\nimport "../src/main.ts";`,
  "console/src/main.tsx": `import { Families } from "./people/families.tsx";\nexport const main = <Families />;`,
  "console/src/people/families.tsx": `import { person } from "@stork/contract/people.ts";\nimport { Row } from "./list/row.tsx";\nexport const Families = () => <Row person={person} />;`,
  "console/src/people/list/row.tsx":
    "export const Row = (p: { person: unknown }) => <i>{String(p.person)}</i>;",
  "bench/run.ts": `import "../server/src/outcomes/report.ts";\nimport "@stork/town/town.ts";`,
  "tools/launch.mjs": `import "node:fs";`,
};

/** Each rule broken once: the file that breaks it, what it holds, and the rule. */
const broken: [rule: string, file: string, text: string][] = [
  ["workspace-order-contract", "contract/b1.ts", `import "@stork/models/stats/mean.ts";`],
  ["workspace-order-models", "models/b2.ts", `import "@stork/contract/people.ts";`],
  ["workspace-order-town", "town/b3.ts", `import "../server/src/outcomes/report.ts";`],
  ["workspace-order-server", "server/src/goals/b4.ts", `import "../../../console/src/people/families.tsx";`],
  ["workspace-order-console", "console/src/people/b5.tsx", `import "@stork/town/town.ts";`],
  ["workspace-order-bench", "bench/b6.ts", `import "../console/src/people/families.tsx";`],
  ["workspace-order-tools", "tools/b7.ts", `import "@stork/town/town.ts";`],
  ["platform-knows-no-room", "server/src/platform/b8.ts", `import "../people/merge.ts";`],
  ["known-rooms", "server/src/kitchen/b9.ts", `import "../people/merge.ts";`],
  ["entrances-are-last", "server/src/goals/b10.ts", `import "../cli.ts";`],
  ["no-test-code", "bench/b11.ts", `import "../server/test/engines.ts";`],
  [
    "suffix",
    "server/src/goals/b12.ts",
    `import { persons } from "../people/persons.store.ts";\nexport const x = persons;`,
  ],
  [
    "plain-is-pure",
    "server/src/goals/b13.ts",
    `import { readFileSync } from "node:fs";\nexport const x = readFileSync;`,
  ],
  ["plain-is-pure", "server/src/goals/b14.ts", `import pg from "pg";\nexport const x = pg;`],
  ["models-are-pure", "models/b15.ts", `import "node:fs";`],
  ["models-are-pure", "models/b16.ts", `import "zod";`],
  ["contract-is-data", "contract/b17.ts", `import "pg";`],
  ["console-in-the-browser", "console/src/people/b18.ts", `import "node:path";`],
  ["cupboards", "server/src/goals/b19.ts", `import "../people/rules/certain.ts";`],
  ["cupboards", "console/src/segments/b20.ts", `import "../people/list/row.tsx";`],
  ["cupboards-from-outside", "bench/b21.ts", `import "../server/src/people/rules/certain.ts";`],
  [
    "no-cycles",
    "server/src/goals/b22.ts",
    `import { b } from "./b22b.ts";\nexport const a = 1;\nexport const c = b;`,
  ],
  ["no-index-files", "server/src/goals/index.ts", `import "../people/merge.ts";`],
  ["no-index-files-imported", "server/src/goals/b23.ts", `import "./index.ts";`],
  ["no-orphans", "server/src/goals/b24.ts", "export const forgotten = 1;"],
  ["no-unresolvable", "server/src/goals/b25.ts", `import "./nowhere.ts";`],
  // Each room, but the last, reaching for the one after it: a type is enough.
  ...pairs([
    ...["catalog", "cleaning", "people", "privacy", "events", "records", "imports", "families", "linking"],
    ...[
      "profiles",
      "segments",
      "experiments",
      "messages",
      "exports",
      "webhooks",
      "rights",
      "journeys",
      "offers",
    ],
    ...["outcomes", "supply", "market", "bids", "alliance", "goals", "quality", "dictionary", "storage"],
    ...["demo"],
  ]),
];

function pairs(rooms: string[]): [string, string, string][] {
  return rooms.slice(0, -1).map((room, i) => {
    const text = `import type { X } from "../${rooms[i + 1]}/up.ts";\nexport type X = X;`;
    return [`room-order-${room}`, `server/src/${room}/down.ts`, text];
  });
}

/** Where the offenders above point to: a file in each room, and the other half of the cycle. */
const targets: Tree = {
  "server/src/goals/b22b.ts": `import { a } from "./b22.ts";\nexport const b = a;`,
  ...Object.fromEntries(
    [...new Set(broken.flatMap(([, , text]) => text.match(/\.\.\/\w+\/up\.ts/g) ?? []))].map((path) => [
      `server/src/${path.slice(3)}`,
      `import { files } from "../platform/files.ts";\nexport type X = typeof files;`,
    ]),
  ),
};

function build(tree: Tree): string {
  const folder = mkdtempSync(join(tmpdir(), "stork-rules-"));
  made.push(folder);
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const manifest = (name: string) =>
    JSON.stringify({ name, type: "module", exports: { "./*.ts": "./*.ts", ".": "./index.js" } });
  put("package.json", JSON.stringify({ name: "house", dependencies: { zod: "1", pg: "1" } }));
  put("tsconfig.json", JSON.stringify({ compilerOptions: { jsx: "react-jsx", module: "nodenext" } }));
  for (const name of ["zod", "pg"]) {
    put(`node_modules/${name}/package.json`, manifest(name));
    put(`node_modules/${name}/index.js`, "export default 1; export const z = 1;");
  }
  mkdirSync(join(folder, "node_modules/@stork"), { recursive: true });
  for (const name of ["contract", "models", "town"]) {
    put(`${name}/package.json`, manifest(`@stork/${name}`));
    symlinkSync(`../../${name}`, join(folder, "node_modules/@stork", name));
  }
  for (const [path, text] of Object.entries(tree)) put(path, text);
  return folder;
}

interface Violation {
  rule: { name: string };
  from: string;
}

async function violations(tree: Tree): Promise<string[]> {
  const program = join(root, "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs");
  const workspaces = ["contract", "models", "town", "server", "console/src", "bench", "tools"];
  const args = [program, "--config", join(root, ".dependency-cruiser.mjs"), "-T", "json", ...workspaces];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: build(tree),
    maxBuffer: 64 * 1024 * 1024,
  });
  const report: { summary: { violations: Violation[] } } = JSON.parse(stdout);
  return report.summary.violations.map(({ rule, from }) => `${rule.name} ${from}`).sort();
}

test("a house in order breaks no rule", async () => {
  expect(await violations(clean)).toEqual([]);
}, 60_000);

test("each rule, broken once, is the one reported", async () => {
  const offenders = Object.fromEntries(broken.map(([, file, text]) => [file, text]));
  const expected = broken.map(([rule, file]) => `${rule} ${file}`).sort();
  expect(await violations({ ...clean, ...targets, ...offenders })).toEqual(expected);
}, 60_000);

test("every rule has been broken", () => {
  const rules = config.forbidden.map(({ name }) => name).sort();
  expect([...new Set(broken.map(([rule]) => rule))].sort()).toEqual(rules);
});
