import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestEngines, testEngines, testWorkspace } from "../../test/engines.ts";
import type { CommittedRow } from "./committed-row.ts";
import { findFigures } from "./source-figures.store.ts";
import { createSourceWatch } from "./source-watch.store.ts";
import { createSource } from "./sources.store.ts";

let engines: TestEngines;
beforeAll(async () => {
  engines = await testEngines();
});
afterAll(() => engines?.close());

test("an hour's pulse is what came as it happened: neither a file's rows nor a past sent at once", async () => {
  const { clock, db } = engines;
  const { id: workspace } = await testWorkspace(engines);
  const { id: source } = await createSource(db, workspace, { kind: "http", name: "shop" }, clock.now());
  const now = clock.now().getTime();
  const watch = createSourceWatch(engines);
  const row = (at: number, importId = 0) =>
    ({
      event: { at, message: String(at), identifiers: [], properties: {}, marks: [] },
      node: 1,
      origin: { workspace, source, import: importId, received: now },
    }) as never as CommittedRow;
  const longAgo = now - 90 * 86_400_000;
  await watch.onCommitted(
    workspace,
    [1],
    [],
    [
      row(now - 2_000),
      row(now - 60_000),
      ...Array.from({ length: 500 }, (_, i) => row(longAgo + i)),
      ...Array.from({ length: 300 }, () => row(now, 7)),
    ],
  );
  await watch.flush();
  const { minutes } = await findFigures(db, source, clock.now());
  expect(minutes).toHaveLength(60);
  expect(minutes.at(-1)).toMatchObject({ events: 802, live: 2, refused: 0 });
  expect(minutes.slice(0, -1).every(({ events, live }) => events === 0 && live === 0)).toBe(true);
});
