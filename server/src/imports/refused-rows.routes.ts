import { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { byteOrderMark, csvLine } from "../platform/csv-line.ts";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { look } from "../privacy/look.store.ts";
import { maskIdentifier } from "../privacy/masking.ts";
import type { ImportJobDeps } from "./import.job.ts";
import { findImport, findRefused, type ImportRow } from "./imports.store.ts";
import { unknownImport } from "./refusals.ts";
import { refusedRowLabel } from "./refused-rows.ts";

/** The refused rows as a CSV file that Excel opens: with the reason, and whole only for callers who may see. */
export function refusedRowsRoute(http: FastifyInstance, deps: ImportJobDeps): void {
  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/imports/:import/refused.csv",
      scope: "collect:read",
      summary: "The refused rows with their reasons, as CSV",
      params: z.object({ import: z.string() }),
      reply: null,
    },
    async ({ workspace, caller, params, reply }) => {
      const row = /^\d{1,9}$/.test(params.import)
        ? await findImport(deps.db, Number(params.import), workspace.id)
        : null;
      if (row === null) throw new Refusal(unknownImport);
      await deps.vault.ready(workspace.id);
      const language = caller.language === "en" ? "en" : "zh";
      const { whole } = await look(deps.db, {
        ...{ workspace: workspace.id, caller, purpose: "mend", persons: [] },
        ...{ what: `import ${row.id} refused rows`, at: deps.clock.now() },
      });
      const lines = refusedLines(deps, row, whole, language);
      return reply
        .type("text/csv; charset=utf-8")
        .header("content-disposition", `attachment; filename="refused-${row.id}.csv"`)
        .send(Readable.from(lines));
    },
  );
}

async function* refusedLines(
  deps: ImportJobDeps,
  row: ImportRow,
  whole: boolean,
  language: "zh" | "en",
): AsyncGenerator<string> {
  const heading = language === "zh" ? ["文件", "行号", "原因"] : ["file", "line", "reason"];
  let file = -1;
  yield byteOrderMark;
  for (let after = { file: -1, line: 0 }; ; ) {
    const found = await findRefused(deps.db, row.id, after);
    for (const one of found) {
      const from = row.files[one.file];
      if (one.file !== file) yield csvLine([...heading, ...(from?.header ?? [])]);
      file = one.file;
      const cells = JSON.parse(deps.vault.open(row.workspace, one.sealed)) as string[];
      const shown = whole ? cells : cells.map(masked);
      yield csvLine([from?.name ?? "", String(one.line), refusedRowLabel(one.code)[language], ...shown]);
    }
    const last = found.at(-1);
    if (last === undefined) return;
    after = { file: last.file, line: last.line };
  }
}

/** Which cell identifies cannot be known in a row that could not be read: only short numbers and dates stay. */
const masked = (cell: string): string =>
  cell === "" || /^[\d./: -]{1,10}$/.test(cell) ? cell : maskIdentifier("cell", cell);
