import { expect, test } from "vitest";
import { importing } from "../../test/importing.ts";
import type { Records } from "../records/records.store.ts";
import { importTasks } from "./import.job.ts";
import { reportImport } from "./import-report.ts";
import { beginUndo } from "./imports.store.ts";

const { now, file, start, row } = importing();
const context = () => ({ jobId: "1", attempt: 1, lastAttempt: false, signal: new AbortController().signal });
const header = "订单编号,店铺名称,买家会员名,订单状态,订单付款时间,商家编码,商品标题,购买数量,买家实付金额\n";
const order = (i: number, fen: number) =>
  `58${100_000 + i},好店,tb_${i}_x,买家已付款,2026-05-01 10:00:00,SKU1,奶粉,1,${(fen / 100).toFixed(2)}`;

test("while an import is taken back, its row tells of every step how far it is", async () => {
  const first = await start("orders", [
    file("a.csv", header + Array.from({ length: 40 }, (_, i) => order(i, 1_000)).join("\n")),
  ]);
  await now.engines.runJobs(importTasks(now.deps));
  const second = await start("orders", [
    file("b.csv", header + Array.from({ length: 60 }, (_, i) => order(i + 30, 2_000)).join("\n")),
  ]);
  await now.engines.runJobs(importTasks(now.deps));
  expect(reportImport(await row(second))).toMatchObject({ status: "done", added: 50, undoing: null });

  const told: unknown[] = [];
  const undo: Records["undo"] = (workspace, id, onStep) =>
    now.deps.records.undo(workspace, id, async (step, done, of) => {
      await onStep?.(step, done, of);
      const { undoing } = reportImport(await row(second));
      if (undoing == null) throw new Error("nothing is told");
      const { since, ...far } = undoing;
      expect(Date.parse(since)).toBe(now.engines.clock.now().getTime());
      told.push(far);
    });
  await beginUndo(now.engines.db, now.engines.jobs, second, now.engines.clock.now());
  expect(reportImport(await row(second))).toMatchObject({ status: "undoing", undoing: null });
  await importTasks({ ...now.deps, records: { ...now.deps.records, undo } })["imports.undo"]!(
    { import: second },
    context(),
  );
  expect(told).toContainEqual({ step: "events", done: 0, of: 60 });
  expect(told).toContainEqual({ step: "records", done: 0, of: 10 });
  expect(told).toContainEqual({ step: "records", done: 10, of: 10 });
  expect(told).toContainEqual({ step: "people", done: 0, of: 60 });
  expect(told).toContainEqual({ step: "words", done: 0, of: null });
  expect(reportImport(await row(second))).toMatchObject({ status: "undone", undoing: null });
  expect((await row(second)).progress).not.toHaveProperty("undo");
  expect(reportImport(await row(first))).toMatchObject({ status: "done", added: 40 });
});
