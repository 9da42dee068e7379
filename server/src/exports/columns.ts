import type { Sight } from "../privacy/sight.ts";

/** What is known of one member of an export, opened for the slice that is being written. */
export interface Known {
  readonly person: number;
  readonly name: string | null;
  /** Of the youngest child. */
  readonly stage: string | null;
  readonly identifiers: readonly { readonly namespace: string; readonly value: string }[];
  /** From the vault; each shown as the sight allows. */
  readonly sealed: ReadonlyMap<string, unknown>;
  readonly plain: ReadonlyMap<string, unknown>;
}

/** What a column of an export holds; `named` is the part of its code after the colon. */
interface ColumnKind {
  cell(known: Known, named: string, sight: Sight): string;
}

const kinds = {
  person: { cell: ({ person }) => String(person) },
  name: { cell: ({ name }, _, sight) => (name === null ? "" : sight.name(name)) },
  stage: { cell: ({ stage }) => stage ?? "" },
  identifier: {
    cell: ({ identifiers }, named, sight) =>
      identifiers
        .filter(({ namespace }) => namespace === named)
        .map(({ namespace, value }) => sight.identifier(namespace, value))
        .join(";"),
  },
  trait: {
    cell: ({ sealed, plain }, named, sight) =>
      textOf(sealed.has(named) ? sight.trait(named, sealed.get(named)) : plain.get(named)),
  },
} as const satisfies Record<string, ColumnKind>;

const textOf = (value: unknown): string =>
  value === undefined || value === null
    ? ""
    : typeof value === "object"
      ? JSON.stringify(value)
      : String(value);

/** A column's code in its two parts: identifier:openid:mini is the identifier openid:mini. */
export function partsOf(code: string): { kind: keyof typeof kinds; named: string } {
  const at = code.indexOf(":");
  const kind = at < 0 ? code : code.slice(0, at);
  if (!(kind in kinds)) throw new Error(`no column is called ${kind}`);
  return { kind: kind as keyof typeof kinds, named: at < 0 ? "" : code.slice(at + 1) };
}

export function cellOf(code: string, known: Known, sight: Sight): string {
  const { kind, named } = partsOf(code);
  return kinds[kind].cell(known, named, sight);
}
