import type { RecordInput } from "@stork/contract/records.ts";
import { readDate } from "../cleaning/instants.ts";
import type { Mark } from "../cleaning/marks.ts";
import { genderOfWord } from "../events/segment-traits.ts";
import type { RecordSaid } from "./record.ts";

/** What a record says of its person's traits. What a shop masked (王**) says nothing. */
export function personSaid(traits: Readonly<Record<string, unknown>> | undefined): RecordSaid[] {
  if (traits === undefined) return [];
  const kept: Record<string, unknown> = {};
  let any = false;
  for (const key in traits) {
    const value = traits[key];
    if (value === undefined || value === null || value === "") continue;
    if (typeof value === "string" && value.includes("*")) continue;
    kept[key] = value;
    any = true;
  }
  return any ? [{ kind: "traits", traits: kept }] : [];
}

type Children = NonNullable<RecordInput<"member">["children"]>;

/** Children as a member's record states them; dates that cannot be read are marked and left out. */
export function childrenSaid(children: Children | undefined, zone: string, marks: Set<Mark>): RecordSaid[] {
  const said: RecordSaid[] = [];
  for (const child of children ?? []) {
    const bornOn = child.bornOn === undefined || child.bornOn === "" ? null : readDate(child.bornOn, zone);
    const dueOn = child.dueOn === undefined || child.dueOn === "" ? null : readDate(child.dueOn, zone);
    if ((child.bornOn && bornOn === null) || (child.dueOn && dueOn === null))
      marks.add("child-date-unreadable");
    if (bornOn === null && dueOn === null && child.key === undefined) continue;
    said.push({
      kind: "child",
      key: child.key,
      bornOn: bornOn ?? undefined,
      dueOn: dueOn ?? undefined,
      // A code such as 0 or 1 means different things to different shops; only words are understood.
      gender: child.gender === undefined ? undefined : genderOfWord(child.gender),
      genderCode: child.gender === "" ? undefined : child.gender,
      name: child.name,
    });
  }
  return said;
}
