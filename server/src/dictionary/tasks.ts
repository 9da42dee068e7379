import type { Words } from "@stork/contract/common.ts";
import type { DictionaryTask, TaskKind } from "@stork/contract/dictionary.ts";
import type { BareEntry } from "./entry.ts";
import { knownNames } from "./known.ts";
import { meantBy } from "./look-alike.ts";

type Found = Pick<DictionaryTask, "text" | "suggestion">;

/**
 * What people have to look at, one question a kind. The text states the facts, so that a task put aside comes back when
 * the facts are others: its id holds them.
 */
const finders: Readonly<
  Record<TaskKind, (entry: BareEntry, others: Others) => (Found & { facts: string }) | null>
> = {
  "type-conflict": ({ against, type, kind, status }) =>
    against.length === 0 || kind === "event" || status === "retired"
      ? null
      : {
          facts: against.join(","),
          suggestion: null,
          text: {
            zh: `多数是${typeWords[type ?? "text"]?.zh}，也收到${against.map((one) => typeWords[one]?.zh).join("、")}。请和发送方对齐，或写明以哪种为准。`,
            en: `Mostly ${typeWords[type ?? "text"]?.en}, but also ${against.map((one) => typeWords[one]?.en).join(", ")}. Agree with the sender, or state which type counts.`,
          },
        },
  "look-alike": ({ kind, name, status, label, event }, { names, ids }) => {
    if (status !== "learned" || label !== null) return null;
    const meant = meantBy(name, [...knownNames(kind), ...(names.get(`${kind} ${event ?? ""}`) ?? [])]);
    if (meant === null) return null;
    const entry = kind === "property" ? `property:${event}/${meant}` : `${kind}:${meant}`;
    return {
      // A name known from elsewhere may have no page of its own here.
      ...{ facts: meant, suggestion: ids.has(entry) ? entry : null },
      text: {
        zh: `像是「${meant}」的误写。若是，请让发送方改正；若不是，请写明它的含义。`,
        en: `Looks like a slip for “${meant}”. If so, have the sender correct it; if not, say what it means.`,
      },
    };
  },
  "no-meaning": ({ status, meaning, rows }) =>
    status !== "learned" || meaning !== null || rows === 0
      ? null
      : {
          ...{ facts: "", suggestion: null },
          text: { zh: "还没有人写明它是什么意思。", en: "Nobody has said yet what it means." },
        },
  "retired-arrives": ({ status, seenFrom, rows }) =>
    status !== "retired" || rows === 0
      ? null
      : {
          ...{ facts: seenFrom.map(({ source }) => source.id).join(","), suggestion: null },
          text: {
            zh: `已停用，但仍从${seenFrom.map(({ source }) => `「${source.name}」`).join("、")}收到。`,
            en: `Retired, but still arrives from ${seenFrom.map(({ source }) => `“${source.name}”`).join(", ")}.`,
          },
        },
  "never-arrived": ({ kind, name, rows, usedBy }) =>
    kind === "metric" ||
    kind === "tag" ||
    rows > 0 ||
    (kind === "property" && columns.has(name)) ||
    !usedBy.some((one) => one.kind === "segment")
      ? null
      : {
          ...{ facts: "", suggestion: null },
          text: {
            zh: `${usedBy.map(({ name }) => `「${name.zh}」`).join("、")}用到它，但从未收到过。`,
            en: `Used by ${usedBy.map(({ name }) => `“${name.en}”`).join(", ")}, but it has never arrived.`,
          },
        },
};

/** What the condition language reads from an event's own columns, whatever its properties are called. */
const columns: ReadonlySet<string> = new Set(["amount", "quantity", "category", "sku", "order_id"]);

interface Others {
  /** Names explained already, by kind and event. */
  names: ReadonlyMap<string, readonly string[]>;
  /** Of all entries. */
  ids: ReadonlySet<string>;
}

const typeWords: Readonly<Record<string, Words>> = {
  text: { zh: "文本", en: "text" },
  number: { zh: "数字", en: "numbers" },
  boolean: { zh: "是/否", en: "true or false" },
  date: { zh: "日期", en: "dates" },
  list: { zh: "列表", en: "lists" },
  object: { zh: "对象", en: "objects" },
};

/** The tasks of all entries, those with most rows first, without those put aside. An entry that looks like a slip is not also asked for its meaning. */
export function tasksOf(entries: readonly BareEntry[], dismissed: ReadonlySet<string>): DictionaryTask[] {
  const names = new Map<string, string[]>();
  for (const { kind, event, name, meaning } of entries)
    if (meaning !== null) {
      const key = `${kind} ${event ?? ""}`;
      names.set(key, [...(names.get(key) ?? []), name]);
    }
  const ids = new Set(entries.map(({ id }) => id));
  return entries
    .flatMap((entry) => {
      const found = (Object.keys(finders) as TaskKind[]).flatMap((kind) => {
        const one = finders[kind](entry, { names, ids });
        if (one === null) return [];
        const { facts, ...task } = one;
        const label = entry.label ?? { zh: entry.name, en: entry.name };
        return [
          { id: `${kind}|${entry.id}|${facts}`, kind, entry: entry.id, label, rows: entry.rows, ...task },
        ];
      });
      const isSlip = found.some(({ kind }) => kind === "look-alike");
      return found.filter(({ kind }) => !(isSlip && kind === "no-meaning"));
    })
    .filter(({ id }) => !dismissed.has(id))
    .sort((a, b) => urgency[a.kind] - urgency[b.kind] || b.rows - a.rows || a.id.localeCompare(b.id));
}

/** What is wrong comes before what is only unexplained. */
const urgency: Readonly<Record<TaskKind, number>> = {
  "type-conflict": 0,
  "never-arrived": 1,
  "look-alike": 2,
  "retired-arrives": 3,
  "no-meaning": 4,
};
