import type { Words } from "@stork/contract/common.ts";
import type { Import } from "@stork/contract/imports.ts";
import type { Result } from "./command.ts";
import { grouped, inBoth } from "./import-words.ts";

const statusWords: Readonly<Record<Import["status"], Words>> = {
  waiting: { zh: "排队中", en: "waiting" },
  running: { zh: "导入中", en: "running" },
  "needs-decision": { zh: "已导入，有问题待决定", en: "done, with a question for you" },
  done: { zh: "完成", en: "done" },
  failed: { zh: "失败", en: "failed" },
  cancelled: { zh: "已取消", en: "cancelled" },
  undoing: { zh: "撤回中", en: "undoing" },
  undone: { zh: "已撤回", en: "undone" },
};

/** What came of an import, for people and for programs. */
export function resultOf(done: Import, workspace: string, seconds: number): Result {
  const { id, preset, status, totals, totalLabels, marks, reasons, rules, decisions, error } = done;
  const { rows, kept, added, changed, repeated, merged, records, refused, inQuarantine, skipped } = done;
  const counts = Object.entries(totals).map(
    ([kind, count]) => `${inBoth(totalLabels[kind] ?? { zh: kind, en: kind })} ${grouped(count)}`,
  );
  const listed = [
    ...marks.map(({ label, rows: count }) => `  标记 marked ${grouped(count)} × ${inBoth(label)}`),
    ...reasons.map(({ label, rows: count }) => `  拒绝 refused ${grouped(count)} × ${inBoth(label)}`),
  ];
  const aside = [
    skipped.above > 0 ? `表头上方 above the header ${grouped(skipped.above)}` : "",
    skipped.totals > 0 ? `合计 totals ${grouped(skipped.totals)}` : "",
    skipped.notes > 0 ? `说明 notes ${grouped(skipped.notes)}` : "",
  ].filter((one) => one !== "");
  const asked = decisions
    .filter(({ answer }) => answer === null)
    .map(({ question }) => `？ ${inBoth(question)}`);
  const rowsPerSecond = seconds > 0 ? Math.round(rows / seconds) : null;
  const json = {
    ...{ workspace, import: id, preset, status, seconds, rowsPerSecond },
    ...{ rows, kept, added, changed, repeated, merged, records, refused, inQuarantine, skipped },
    ...totals,
    ...{ totals, marks, reasons, rules, decisions, error },
  };
  return {
    json,
    lines: [
      `${inBoth(statusWords[status])}  ${counts.join("  ")}`,
      `新增 added ${grouped(added)}  更新 changed ${grouped(changed)}  重复 repeated ${grouped(repeated)}  拒绝 refused ${grouped(refused)}  ${seconds} s`,
      ...(aside.length > 0 ? [`  不算数据的行 lines left out: ${aside.join(", ")}`] : []),
      ...listed,
      ...asked,
      ...(refused > 0
        ? [`拒绝的行在控制台「隔离区」改正后可重放。 Refused rows wait in the quarantine.`]
        : []),
      ...(error ? [`${error.zh} ${error.en}`] : []),
    ],
    exitCode: status === "failed" || status === "cancelled" ? 1 : 0,
  };
}
