import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestEngines, testEngines, testWorkspace } from "../../test/engines.ts";
import { testPeople } from "../../test/people.ts";
import type { People } from "../people/people.store.ts";
import { createHttp } from "../platform/http.ts";
import { createBodies } from "./bodies.routes.ts";
import { collectRoutes } from "./collect.routes.ts";
import { openEvents } from "./events.store.ts";
import { createIntake } from "./intake.ts";
import { createSource } from "./sources.store.ts";

/**
 * The 141 examples of Segment's own documents. Calls of the browser SDK are sent as that SDK would send them, messages as
 * they stand, everything else as the text it is. All are taken but those below, each for its reason.
 */
const file = join(import.meta.dirname, "../../../../shared/data/peer_vectors/segment_spec_examples.json");

interface Example {
  file: string;
  heading: string;
  payload: Record<string, unknown> | null;
  calls?: { method: string; args: unknown[] }[];
  raw?: string;
}

const unreadable = "collect/unreadable-body";
const browser = "bd077b70-816b-448b-ae79-2f5f7d856513";
/** By place in the file: the code that is answered, and why it is right. */
const refused: Readonly<Record<number, [code: string, why: string]>> = {
  0: [unreadable, "a signature: analytics.alias(userId, [previousId], …)"],
  15: [unreadable, "a comma is missing in the JSON"],
  17: [unreadable, "a comma is missing in the JSON"],
  19: [unreadable, "a comma is missing in the JSON"],
  22: [unreadable, "an expression that asks the SDK for the visitor's id"],
  25: ["collect/unknown-type", "the field integrations by itself, not a message"],
  34: [unreadable, "two ways to write it at once, joined by ||"],
  62: [unreadable, "a call whose object lacks a comma"],
  63: [unreadable, "a call whose object lacks a comma"],
  64: [unreadable, "a call whose object lacks a comma"],
  77: ["collect/no-identity", "the least of a group call: who is in the group is left out"],
  101: ["collect/no-identity", "the least of a page call: who looked is left out"],
  104: ["collect/no-identity", "the least of a screen call: who looked is left out"],
  106: ["collect/no-identity", "the least of a track call: who did it is left out"],
};

describe.skipIf(!existsSync(file))("Segment's own examples", () => {
  let engines: TestEngines;
  let people: People;
  let http: FastifyInstance;
  let authorization: string;
  const examples = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Example[]) : [];

  beforeAll(async () => {
    engines = await testEngines();
    people = testPeople(engines);
    await people.prepare();
    const events = openEvents({ ...engines, people, onCommitted: [] });
    http = await createHttp({ log: engines.log, version: "test", access: {} as never, consoleDir: null });
    const intake = createIntake({ collector: events.collector, log: engines.log });
    collectRoutes(http, { intake, keys: events.keys, clock: engines.clock, bodies: createBodies() });
    const workspace = await testWorkspace(engines);
    const source = await createSource(
      engines.db,
      workspace.id,
      { kind: "http", name: "S" },
      engines.clock.now(),
    );
    authorization = `Basic ${Buffer.from(`${source.writeKey}:`).toString("base64")}`;
  });
  afterAll(async () => {
    await http?.close();
    people?.stop();
    await engines?.close();
  });

  async function answerTo(example: Example): Promise<string> {
    const { payload, calls, raw } = example;
    const batch = payload !== null ? [payload] : calls?.map(messageOf);
    const body = batch === undefined ? (raw ?? "") : JSON.stringify({ batch });
    const answer = await http.inject({
      ...{ method: "POST", url: "/v1/batch", payload: body },
      headers: { authorization, "content-type": "application/json" },
    });
    const said = answer.json<{ code?: string; rejected?: { code: string }[] }>();
    if (said.rejected !== undefined) return [...new Set(said.rejected.map(({ code }) => code))].join(" ");
    return answer.statusCode === 200 ? "taken" : (said.code ?? String(answer.statusCode));
  }

  test("are taken, or refused for the reason stated here", async () => {
    expect(examples).toHaveLength(141);
    const answers: Record<number, string> = {};
    for (const [i, example] of examples.entries()) {
      const answer = await answerTo(example);
      if (answer !== "taken") answers[i] = answer;
    }
    expect(answers).toEqual(Object.fromEntries(Object.entries(refused).map(([i, [code]]) => [i, code])));
  });
});

/** As analytics.js makes a message of a call: the visitor is known by the id in her browser. */
function messageOf({ method, args }: { method: string; args: unknown[] }): Record<string, unknown> {
  const texts = args.filter((one) => typeof one === "string");
  const objects = args.filter((one) => typeof one === "object" && one !== null) as object[];
  const [first, second] = objects;
  const common = { type: method, anonymousId: browser, ...(second as object) };
  // The SDKs for servers take one object, the message itself.
  if (texts.length === 0 && method === "track") return { type: method, ...first };
  if (method === "identify") return { ...common, userId: texts[0], traits: first };
  if (method === "group") return { ...common, groupId: texts[0], traits: first };
  if (method === "alias") return { ...common, userId: texts[0], previousId: texts[1] ?? browser };
  if (method === "track") return { ...common, event: texts[0], properties: first };
  return {
    ...common,
    name: texts.at(-1),
    category: texts.length > 1 ? texts[0] : undefined,
    properties: first,
  };
}
