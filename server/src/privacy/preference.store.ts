import { type ConsentText, type Purpose, purposeFacts, purposes } from "@stork/contract/privacy.ts";
import { sql } from "kysely";
import { addMonths, dateIn } from "../catalog/calendar.ts";
import { findChildren } from "../people/child.store.ts";
import { uniteChildren } from "../people/children.ts";
import { displayName } from "../people/display-name.ts";
import { findHousehold } from "../people/household.store.ts";
import { kindOf } from "../people/identity.ts";
import { findVaultTraits } from "../people/trait.store.ts";
import type { Vault } from "../people/vault.store.ts";
import type { Db } from "../platform/postgres.ts";
import type { WorkspaceKeys } from "../platform/workspace-keys.store.ts";
import { findStandings } from "./consent.store.ts";
import { stateFor } from "./legal.ts";
import { maskName } from "./masking.ts";
import { findOwing, type Owed } from "./owing.store.ts";
import { isGenuinePreference, preferenceClaim } from "./preference-token.ts";
import type { PreferenceView, ShownChild, Use } from "./preference-view.ts";
import { silencesOf } from "./silence.store.ts";
import { findTexts } from "./texts.store.ts";

/** Whose page a link opens. */
export interface Reader {
  readonly workspace: number;
  readonly brand: string;
  readonly timeZone: string;
  /** As known today. */
  readonly person: number;
}

export interface ReadingParts {
  readonly db: Db;
  readonly vault: Vault;
  keysOf(workspace: number): Promise<WorkspaceKeys>;
  /** What she asked for, as the rights desk has it. */
  requestsOf(reader: Reader, now: Date): Promise<PreferenceView["requests"]>;
}

/** "unknown" for anything that we did not write ourselves, or whose person is gone. */
export async function readPreferenceLink(
  { db, keysOf }: Pick<ReadingParts, "db" | "keysOf">,
  token: string,
  now: Date,
): Promise<Reader | "unknown" | "expired"> {
  const claim = preferenceClaim(token);
  if (claim === null) return "unknown";
  const { rows } = await sql<Reader>`
    select workspace.id as workspace, workspace.name as brand, workspace.time_zone as "timeZone", node.person
    from workspace join node on node.workspace_id = workspace.id
    where workspace.id = ${claim.workspace} and node.id = ${claim.node}`.execute(db);
  const reader = rows[0];
  if (reader === undefined) return "unknown";
  const { hash } = await keysOf(reader.workspace);
  if (!isGenuinePreference(hash, token)) return "unknown";
  return claim.until < now ? "expired" : reader;
}

/** PIPL 31: under 14 the guardian agrees; from then on the young person. */
const ageOfConsentMonths = 14 * 12;

const perChild: readonly Purpose[] = purposes.filter((purpose) => purposeFacts[purpose].perChild);

const channelOf = { phone: ["sms", "call"], email: ["email"], openid: ["wechat"], device: ["app"] } as const;
const isReachable = (kind: string): kind is keyof typeof channelOf => Object.hasOwn(channelOf, kind);

/** What she may choose, with what stands today. */
export async function loadPreferences(
  { db, vault, requestsOf }: ReadingParts,
  reader: Reader,
  now: Date,
): Promise<PreferenceView> {
  const { workspace, person, brand } = reader;
  const today = dateIn(reader.timeZone, now);
  const { persons } = await findHousehold(db, workspace, person);
  const [standings, silences, texts, stored, traits, namespaces] = await Promise.all([
    findStandings(db, workspace, [person]),
    silencesOf(db, workspace, [person]),
    findTexts(db, workspace),
    findChildren(db, workspace, persons),
    findVaultTraits(db, vault, workspace, [person]),
    findNamespaces(db, workspace, person),
  ]);
  const consents = standings.get(person)?.consents ?? [];
  const isOn = (purpose: Purpose, use: Parameters<typeof stateFor>[2] = {}): boolean => {
    const state = stateFor(consents, purpose, use);
    return state === "none" ? purposeFacts[purpose].unasked === "allowed" : state === "granted";
  };
  const owed = await findOwed(db, workspace, person, texts);
  const choice = (purpose: Purpose, child: number | null = null) => ({
    text: textOf(texts, purpose),
    owed: owed(purpose, child),
  });
  const kinds = [...new Set(namespaces.map(kindOf))].filter(isReachable);
  const children = uniteChildren(stored).flatMap((child): ShownChild[] => {
    const date = child.bornOn ?? child.dueOn;
    if (date === null) return [];
    return [
      {
        id: String(child.id),
        month: date.slice(0, 7),
        born: child.bornOn !== null,
        uses: perChild.map((purpose) => {
          const on = isOn(purpose, { child: String(child.id) });
          return { purpose, on, ...choice(purpose, child.id) };
        }),
        ofAge: child.bornOn !== null && addMonths(child.bornOn, ageOfConsentMonths) <= today,
      },
    ];
  });
  const name = displayName(traits);
  return {
    brand,
    name: name === null ? null : maskName(name),
    marketing: { on: isOn("marketing"), ...choice("marketing") },
    channels: kinds
      .flatMap((kind) => [...channelOf[kind]])
      .map((channel) => ({ channel, on: isOn("marketing", { channel }) })),
    uses: purposes
      .filter(
        (purpose) =>
          purposeFacts[purpose].basis !== "contract" &&
          purpose !== "marketing" &&
          // Asked for each child; a yes to all of them that nobody's card shows is still hers to take back.
          (!perChild.includes(purpose) ||
            (children.length === 0 && stateFor(consents, purpose) === "granted")),
      )
      .map((purpose): Use => ({ purpose, on: isOn(purpose), ...choice(purpose) })),
    children,
    requests: await requestsOf(reader, now),
    quiet: (silences.get(person) ?? []).length > 0,
  };
}

/** Up to when her yes counts where a text has become another one since; of a child, her yes to all of them too. */
async function findOwed(db: Db, workspace: number, person: number, texts: readonly ConsentText[]) {
  const asked = new Set(texts.filter((one) => one.againUntil !== null).map(({ purpose }) => purpose));
  const all = new Map<Purpose, readonly Owed[]>();
  for (const purpose of asked)
    all.set(purpose, (await findOwing(db, workspace, purpose, { persons: [person], limit: 200 })).items);
  return (purpose: Purpose, child: number | null): string | null =>
    (all.get(purpose) ?? []).find((one) => one.child === null || one.child === child)?.until ?? null;
}

/** The newest comes first. */
function textOf(texts: readonly ConsentText[], purpose: Purpose): Use["text"] {
  const { zh, en, version } = texts.find((text) => text.purpose === purpose) as ConsentText;
  return { zh, en, version };
}

async function findNamespaces(db: Db, workspace: number, person: number): Promise<string[]> {
  const { rows } = await sql<{ namespace: string }>`
    select distinct namespace from node where workspace_id = ${workspace} and person = ${person}`.execute(db);
  return rows.map(({ namespace }) => namespace);
}
