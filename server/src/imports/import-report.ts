import type { Words } from "@stork/contract/common.ts";
import type { Import } from "@stork/contract/imports.ts";
import { markLabel } from "../cleaning/marks.ts";
import { genderOfWord } from "../events/segment-traits.ts";
import { say } from "../platform/refusal.ts";
import type { ImportBefore, ImportRow, StoredDecision } from "./imports.store.ts";
import { presetOf } from "./presets.ts";
import { aheadBytes } from "./reading/ahead.ts";
import { ruleWords } from "./reading/rule-tally.ts";
import * as refusals from "./refusals.ts";
import { refusedRowLabel } from "./refused-rows.ts";
import { totalLabel } from "./total-words.ts";

type Counts = Record<string, number>;

/** Which files are kept as they were sent, and for how many days; null: until somebody says so. */
export interface RawFiles {
  kept: ReadonlyMap<number, Date>;
  days: number | null;
}

/** They go by the month, when the whole of it is old enough. */
function rawOf({ kept, days }: RawFiles, number: number) {
  const at = kept.get(number);
  if (at === undefined) return null;
  const monthEnd = Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1);
  return { until: days === null ? null : new Date(monthEnd + days * 86_400_000).toISOString() };
}

/** An import as the API and the command line show it. */
export function reportImport(row: ImportRow, raw?: RawFiles, before: ImportBefore | null = null): Import {
  const { progress } = row;
  const { added, changed = 0, repeated, records = 0, totalRows = 0, noteRows = 0 } = progress;
  const kept = added + changed + repeated;
  return {
    id: String(row.id),
    preset: row.preset,
    presetName: presetOf(row.preset)?.name ?? { zh: "自动识别", en: "Recognised by itself" },
    files: row.files.map(({ name, bytes, format = "csv", encoding, sheet = null, record }, i) => ({
      ...{ name, bytes, format, encoding: encoding || null, sheet, record },
      rows: progress.rowsByFile[i] ?? 0,
      ...(raw === undefined ? {} : { raw: rawOf(raw, i) }),
    })),
    status: row.status,
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    startedBy: row.startedBy,
    waitsFor: before === null ? null : { ...before, id: String(before.id) },
    ...paceOf(row),
    rows: progress.rows,
    ...{ kept, added, changed, repeated, refused: progress.refused },
    skipped: {
      above: row.files.reduce((sum, { above = 0 }) => sum + above, 0),
      ...{ totals: totalRows, notes: noteRows },
    },
    ...{ records, merged: Math.max(0, kept - records) },
    inQuarantine: row.inQuarantine,
    totals: progress.totals,
    totalLabels: Object.fromEntries(Object.keys(progress.totals).map((id) => [id, totalLabel(id)])),
    marks: counted(progress.marks, markLabel),
    reasons: counted(progress.reasons, refusedRowLabel),
    rules: Object.entries(progress.rules ?? {}).map(([rule, [kept, changed, marked, unreadable]]) => ({
      ...{ rule, ...ruleWords(rule) },
      ...{ kept, changed, marked, unreadable },
    })),
    decisions: row.decisions.map((decision) => ({
      ...genderQuestion(decision),
      ...{ id: decision.id, rows: decision.rows, answer: decision.answer },
    })),
    undo: undoOf(row),
    undoing: row.status === "undoing" ? (progress.undo ?? null) : null,
    error: row.error === null ? null : errorWords(row.error),
  };
}

/** How far, how fast, how long still. */
function paceOf({ files, progress, status, startedAt, finishedAt }: ImportRow) {
  const bytesTotal = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const { rate, rows, ahead, again } = progress;
  const readFirst = rows === 0 && ahead !== undefined ? aheadBytes(ahead.bytes) : 0;
  const bytesRead = Math.min(bytesTotal, progress.bytesBefore + progress.bytesRead + readFirst);
  const isRunning = status === "running";
  const wholeSeconds = finishedAt === null ? 0 : (finishedAt.getTime() - startedAt.getTime()) / 1000;
  const average = wholeSeconds > 0 ? Math.round(rows / wholeSeconds) : null;
  const rowsLeft = bytesRead > 0 ? (rows / bytesRead) * (bytesTotal - bytesRead) : null;
  const isAgain = isRunning && again !== undefined;
  const againSeconds = isAgain ? again.secondsLeft : 0;
  const known = isRunning && rate !== undefined && rate > 0 && rowsLeft !== null && againSeconds !== null;
  return {
    ...{ bytesRead, bytesTotal },
    readingAgain: isAgain ? { rows: again.rows, of: again.of } : null,
    // While rows are read again none comes in.
    rowsPerSecond: isRunning ? (rate === undefined || isAgain ? null : Math.round(rate)) : average,
    secondsLeft: known
      ? Math.round(rowsLeft / rate) + againSeconds
      : isRunning && rows === 0
        ? (ahead?.secondsLeft ?? null)
        : null,
  };
}

/** Imports that have ended can be taken back, once. */
const isUndoable = ({ status }: ImportRow): boolean =>
  status === "done" || status === "needs-decision" || status === "failed" || status === "cancelled";

function undoOf(row: ImportRow): Import["undo"] {
  if (isUndoable(row)) return { possible: true, reason: null };
  const isOver = row.status === "undone" || row.status === "undoing";
  return {
    possible: false,
    reason: isOver
      ? { zh: "已经撤回", en: "It is taken back already" }
      : { zh: "还在进行；请先停止", en: "It is still running; stop it first" },
  };
}

const counted = (counts: Counts, label: (code: string) => Words) =>
  Object.entries(counts)
    .map(([code, rows]) => ({ code, label: label(code), rows }))
    .sort((a, b) => b.rows - a.rows);

function errorWords({ code, params }: NonNullable<ImportRow["error"]>): Words {
  const kind = Object.values(refusals).find((one) => one.code === code);
  const text = kind?.text ?? { zh: "导入失败（{code}）。", en: "The import failed ({code})." };
  return { zh: say(text.zh, { code, ...params }), en: say(text.en, { code, ...params }) };
}

/** Which words stood beside which code, e.g. [["0", "男", 276], …]. */
const pairsOf = (facts: Counts): [string, string, number][] =>
  Object.entries(facts).map(([pair, rows]) => {
    const [code = "", word = ""] = pair.split("|");
    return [code, word, rows];
  });

export const genderAnswers = ["as-this-file", "opposite", "unknown"] as const;
export type GenderAnswer = (typeof genderAnswers)[number];

function genderQuestion({ facts }: StoredDecision): {
  question: Words;
  detail: Words;
  options: { id: string; label: Words }[];
} {
  const pairs = pairsOf(facts);
  const codes = [...new Set(pairs.map(([code]) => code))].sort();
  const met = pairs.map(([code, word, rows]) => `${code} = ${word} × ${rows}`).join("，");
  const coded = (answer: GenderAnswer): string =>
    Object.entries(gendersBy(facts, answer))
      .map(([code, gender]) => `${code} = ${gender}`)
      .join(", ");
  const label = (zh: string, en: string, answer: GenderAnswer) => ({
    id: answer,
    label: {
      zh: `${zh}：${coded(answer)}`
        .replaceAll("female", "女")
        .replaceAll("male", "男")
        .replaceAll("unknown", "未知"),
      en: `${en}: ${coded(answer)}`,
    },
  });
  return {
    question: {
      zh: `性别代码 ${codes[0] ?? ""} 是男还是女？`,
      en: `Does gender code ${codes[0] ?? ""} mean boy or girl?`,
    },
    detail: {
      zh: `同一批宝宝，以前的文件写的是代码，这个文件写的是文字（${met}）。不同来源对代码的含义说法相反，请向数据提供方确认。回答之前这些宝宝的性别记为未知，其他内容不受影响。`,
      en: `For the same children an earlier file gave codes and this one words (${met}). Sources contradict each other on what the codes mean: ask whoever made the files. Until you answer their gender is unknown; nothing else waits.`,
    },
    options: [
      label("按这个文件", "As this file says", "as-this-file"),
      label("与这个文件相反", "The opposite of this file", "opposite"),
      { id: "unknown", label: { zh: "无法确定，保持未知", en: "Cannot tell; leave it unknown" } },
    ],
  };
}

/** What each code comes to under an answer: by the word it stood beside most often. */
export function gendersBy(
  facts: Counts,
  answer: GenderAnswer,
): Record<string, "female" | "male" | "unknown"> {
  const best = new Map<string, { word: string; rows: number }>();
  for (const [code, word, rows] of pairsOf(facts))
    if (rows > (best.get(code)?.rows ?? 0)) best.set(code, { word, rows });
  const entries = [...best].map(([code, { word }]): [string, "female" | "male" | "unknown"] => {
    const gender = genderOfWord(word) ?? "unknown";
    if (answer === "unknown" || gender === "unknown") return [code, "unknown"];
    if (answer === "as-this-file") return [code, gender];
    return [code, gender === "female" ? "male" : "female"];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => a.localeCompare(b)));
}
