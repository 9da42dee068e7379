import type { Words } from "@stork/contract/common.ts";
import type { SeenSdk, Source, SourceFigures, TailEntry } from "@stork/contract/sources.ts";
import { maskIdentifier } from "../privacy/masking.ts";
import type { CommittedRow } from "./committed-row.ts";
import type { OldKey } from "./old-keys.store.ts";
import { refusedDevices } from "./refused-devices.ts";
import { refusedItems } from "./refused-items.ts";
import type { Figures, Standing } from "./source-figures.store.ts";
import type { TailedRefusal } from "./source-tail.ts";
import type { SourceRow } from "./sources.store.ts";

/** Why something was refused, in words. */
export const refusedWords = (code: string): Words =>
  ({ ...refusedItems, ...refusedDevices })[code as keyof typeof refusedItems] ?? { zh: code, en: code };

/** Who may not write sees only the end of the key: it is what lets anybody send. */
export function shownSource(
  row: SourceRow,
  standing: Standing | undefined,
  oldKeys: readonly OldKey[],
  device: Source["device"],
  mayWrite: boolean,
): Source {
  const first = standing?.firstAt ?? null;
  const refused = standing?.refused ?? null;
  return {
    id: String(row.id),
    kind: row.kind,
    name: row.name,
    writeKey: mayWrite ? row.writeKey : `wk_****${row.writeKey.slice(-4)}`,
    oldKeys: oldKeys.map(({ endsAt, lastUsedAt }) => ({
      endsAt: endsAt.toISOString(),
      lastUsedAt: lastUsedAt?.toISOString() ?? null,
    })),
    createdAt: row.createdAt.toISOString(),
    lastEventAt: standing?.lastAt?.toISOString() ?? null,
    eventsToday: standing?.today ?? 0,
    eventsTotal: standing?.total ?? 0,
    first: {
      state: first === null ? "waiting" : "received",
      at: first?.toISOString() ?? null,
      sdk: first === null ? null : (standing?.firstSdk ?? null),
      refusedAt: refused?.at.toISOString() ?? null,
      refused: refused === null ? null : { code: refused.code, label: refusedWords(refused.code) },
    },
    sdk: (standing?.sdk ?? null) satisfies SeenSdk | null,
    sending: standing?.sending ?? "never",
    lastHour: standing?.hour ?? { events: 0, live: 0, refused: 0 },
    device,
  };
}

export const shownFigures = ({ minutes, refused, lag }: Figures): SourceFigures => ({
  minutes: minutes.map((minute) => ({ ...minute, at: minute.at.toISOString() })),
  refused: refused.map((one) => ({ ...one, label: refusedWords(one.code) })),
  lag,
});

export function shownRow({ event, origin }: CommittedRow): TailEntry {
  const first = event.identifiers[0];
  return {
    outcome: "accepted",
    receivedAt: new Date(origin.received).toISOString(),
    at: new Date(event.at).toISOString(),
    type: event.type,
    name: event.name,
    identifier:
      first === undefined ? "" : `${first.namespace}:${maskIdentifier(first.namespace, first.value)}`,
    properties: JSON.parse(event.properties || "{}") as Record<string, unknown>,
    marks: [...new Set(event.marks)],
  };
}

export const shownRefusal = ({ receivedAt, code, item }: TailedRefusal): TailEntry => ({
  outcome: "refused",
  receivedAt: new Date(receivedAt).toISOString(),
  code,
  reason: refusedWords(code),
  item,
});
