import type { Identifier, Sighting } from "../people/identity.ts";
import type { Statement } from "../people/statements.ts";
import { findBirthdays, isAgeImpossible } from "./ages.store.ts";
import { kinds } from "./kinds.ts";
import { type PackedSlice, ways } from "./packed-slice.ts";
import type { RecordOrigin } from "./record.ts";
import { isKept, newlyAdded, recordKey } from "./taking.ts";
import type { Version } from "./version.ts";
import { statementsOf, type WhoseDeps } from "./whose.store.ts";

/**
 * The sighting of a packed record. Its identifiers are made each time they are asked for: kept until all of a slice are
 * found, those of thousands would be copied by the collector again and again.
 */
class PackedSighting implements Sighting {
  readonly rule = "same-row";
  readonly #slice: PackedSlice;
  readonly #origin: RecordOrigin;
  readonly #place: number;
  readonly #isOtherwise: boolean;

  constructor(slice: PackedSlice, origin: RecordOrigin, place: number, isOtherwise: boolean) {
    this.#slice = slice;
    this.#origin = origin;
    this.#place = place;
    this.#isOtherwise = isOtherwise;
  }

  get identifiers(): readonly Identifier[] {
    const { opened } = this.#slice;
    if (!this.#isOtherwise) return opened.identifiersOf(this.#place);
    const otherwise = opened.otherwiseOf(this.#place);
    return otherwise === null ? [] : [otherwise];
  }
  get source(): number {
    return this.#origin.source;
  }
  get message(): string {
    return this.#slice.idOf(this.#place);
  }
  get at(): Date {
    return new Date(this.#slice.atOf(this.#place) ?? this.#origin.received);
  }
}

/** Finds whom the records of a slice are about, in their order; the same as `findWhose` does for records as objects. */
export async function findWhoseOfSlice(
  { identity }: Pick<WhoseDeps, "identity">,
  origin: RecordOrigin,
  slice: PackedSlice,
  before: ReadonlyMap<string, readonly Version[]>,
): Promise<void> {
  const { opened, way, nodes, odd } = slice;
  const open: number[] = [];
  for (let place = 0; place < slice.count; place += 1) {
    if (way[place] === ways.none) continue;
    const one = odd.get(place);
    if (one !== undefined) nodes[place] = one.node;
    if (nodes[place] === 0 && (one === undefined || isKept(one))) open.push(place);
  }
  const resolve = async (isOtherwise: boolean, isNamed: (place: number) => boolean): Promise<void> => {
    const places = open.filter((place) => nodes[place] === 0 && isNamed(place));
    if (places.length === 0) return;
    const sightings = places.map((place) => new PackedSighting(slice, origin, place, isOtherwise));
    const found = await identity.resolve(origin.workspace, sightings, { imported: true });
    for (let i = 0; i < places.length; i += 1) nodes[places[i] as number] = found[i]?.[0] ?? 0;
  };
  const { firstIdentifier, otherNamespaces } = slice.packed;
  await resolve(false, (place) => firstIdentifier[place] !== firstIdentifier[place + 1]);
  // Of a record that is there in parts, another part may be known to be somebody's.
  const somebodys = new Set<string>();
  for (const [place, one] of odd)
    if (nodes[place] !== 0 && isKept(one)) somebodys.add(recordKey(slice.kind, one.id));
  const isSomebodys = (id: string): boolean => {
    const key = recordKey(slice.kind, id);
    return somebodys.has(key) || before.get(key)?.some(({ node }) => node !== 0) === true;
  };
  await resolve(true, (place) => {
    if (opened.word(otherNamespaces[place]) === "") return false;
    const one = odd.get(place);
    return one === undefined || one.record.part === "" || !isSomebodys(one.id);
  });
  for (const [place, one] of odd) one.node = nodes[place] as number;
  if (!kinds[slice.kind].needsSomebody) return;
  for (const place of open) if (nodes[place] === 0) slice.turnAway(place);
}

/** Holds purchases against the ages of the buyers' children; what cannot be for any is marked, and plain no more. */
export async function markAgesOfSlice(
  { db }: Pick<WhoseDeps, "db">,
  zone: string,
  { workspace, received }: RecordOrigin,
  slice: PackedSlice,
): Promise<void> {
  const { nodes, odd } = slice;
  const checked = slice.keptPlaces().filter((place) => nodes[place] !== 0);
  const all = new Set(checked.map((place) => nodes[place] as number));
  const birthdays = await findBirthdays(db, workspace, [...all]);
  if (birthdays.size === 0) return;
  for (const place of checked) {
    const born = birthdays.get(nodes[place] as number);
    if (born === undefined || !isAgeImpossible(slice.atOf(place) ?? received, born, zone)) continue;
    const one = odd.get(place) ?? slice.makeOdd(place, received);
    one.marks = [...one.marks, "age-impossible"];
  }
}

/** What the records of a slice say of their persons, in their order; but for those whose traits are taken down as they are. */
export function statementsOfSlice(slice: PackedSlice, origin: RecordOrigin, taken: Uint8Array): Statement[] {
  const { opened, nodes, odd } = slice;
  const decision = newlyAdded(null, origin.received);
  const saying = slice.keptPlaces().filter((place) => taken[place] === 0 && !opened.said.isEmpty(place));
  return statementsOf(
    saying.map(
      (place) =>
        odd.get(place) ?? {
          record: opened.record(place),
          node: nodes[place] as number,
          decision,
        },
    ),
    origin,
  );
}
