import type { Import } from "@stork/contract/imports.ts";
import { expect, test } from "vitest";
import type { Api } from "./api.ts";
import { followImport } from "./import-follow.ts";
import { createVoice } from "./voice.ts";

const told = { bytesRead: 10, bytesTotal: 10, rows: 0, rowsPerSecond: null, secondsLeft: null };
/** A server that answers one after the other, and the last again and again. */
function answering(answers: readonly Partial<Import>[]): { server: Api; asked: () => number } {
  let asked = 0;
  const call = async () => {
    asked += 1;
    return { ...told, ...answers[Math.min(asked, answers.length) - 1] };
  };
  return { server: { call } as never, asked: () => asked };
}
const said: string[] = [];
const voice = createVoice({ write: (text: string) => said.push(text) });

test("an import that was cancelled is asked for again until the rows under way are counted", async () => {
  const { server, asked } = answering([
    { status: "running", rows: 20_000 },
    { status: "cancelled", rows: 20_000, settling: true },
    { status: "cancelled", rows: 20_000, settling: true },
    { status: "cancelled", rows: 40_000, settling: false },
  ]);
  const done = await followImport({ server, running: () => null }, "/imports/1", voice);
  expect(done).toMatchObject({ status: "cancelled", rows: 40_000 });
  expect(asked()).toBe(4);
});

test("taking one back is followed step by step", async () => {
  const since = "2026-06-01T04:00:00.000Z";
  said.length = 0;
  const { server } = answering([
    { status: "undoing", undoing: null, waitsFor: { id: "7", name: "y.csv", status: "running" } },
    { status: "undoing", undoing: { step: "records", since, done: 5_000, of: 10_000 } },
    { status: "undoing", undoing: { step: "words", since, done: 1_200, of: null } },
    { status: "undone", undoing: null },
  ]);
  expect(await followImport({ server, running: () => null }, "/imports/1", voice)).toMatchObject({
    status: "undone",
  });
  expect(said.join("")).toMatch(/y\.csv.*\n.*30% 2\/5 .*5,000 \/ 10,000\n.*60% 4\/5 .*1,200\n.*100%/);
});
