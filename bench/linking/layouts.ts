import { keyOf } from "../../models/linking/blocking.ts";
import { hashOfText } from "../../models/linking/column.ts";
import type { Comparison } from "../../models/linking/comparison.ts";
import type { Row } from "./table.ts";

/** What the labelled files look like: which fields are compared, and which records at all. */
export interface Layout {
  comparisons: readonly Comparison[];
  /** The key of a row, one rule after the other; without rules every pair is compared. */
  rules: readonly ((row: Row) => number)[];
  /** Who the row is of. */
  truth(row: Row): string;
}

/** The rule "the same in all of these", each as it is written or its first letters: `surname:4`. */
const same =
  (...fields: string[]) =>
  (row: Row): number =>
    keyOf(
      hashOfText(fields.join()),
      ...fields.map((field) => {
        const [name = "", length] = field.split(":");
        const text = (row[name] ?? "").slice(0, length === undefined ? undefined : Number(length));
        return text === "" ? 0 : hashOfText(text);
      }),
    );

const name = (field: string): Comparison => ({ field, kind: "likeness", byFrequency: true });

const febrl: Layout = {
  comparisons: [
    ...[name("given_name"), name("surname")],
    { field: "date_of_birth", kind: "typed" },
    { field: "soc_sec_id", kind: "typed" },
    { field: "street_number", kind: "exact" },
    { field: "address_1", kind: "likeness" },
    { field: "suburb", kind: "likeness" },
    { field: "postcode", kind: "typed" },
  ],
  rules: [
    same("soc_sec_id"),
    same("date_of_birth"),
    same("surname", "postcode"),
    same("given_name", "postcode"),
    same("given_name", "surname"),
    same("street_number", "address_1"),
  ],
  truth: (row) => /^rec-(\d+)/.exec(row["rec_id"] ?? "")?.[1] ?? "",
};

const cluster = (row: Row): string => row["cluster"] ?? "";

const people: Layout = {
  comparisons: [
    ...[name("first_name"), name("surname")],
    { field: "dob", kind: "birthday" },
    { field: "city", kind: "likeness", thresholds: [0.85], byFrequency: true },
    { field: "email", kind: "email", byFrequency: true },
  ],
  rules: [],
  truth: cluster,
};

const historical: Layout = {
  comparisons: [
    ...[name("first_name"), name("surname")],
    { field: "dob", kind: "birthday" },
    { field: "birth_place", kind: "exact", byFrequency: true },
    { field: "postcode_fake", kind: "postcode" },
    { field: "occupation", kind: "exact", byFrequency: true },
  ],
  rules: [
    same("postcode_fake"),
    same("surname", "dob"),
    same("first_name", "dob"),
    same("dob", "birth_place"),
    same("first_name", "surname"),
    same("full_name"),
    same("surname", "birth_place"),
    same("first_name:3", "surname:4"),
    same("dob", "occupation"),
    same("postcode_fake:3", "surname"),
    same("postcode_fake:3", "dob"),
    same("postcode_fake:3", "first_name"),
    same("first_name", "birth_place", "occupation"),
    same("surname", "occupation"),
    same("surname:4", "birth_place"),
    same("dob:4", "surname:3"),
    same("dob:4", "first_name"),
  ],
  truth: cluster,
};

/** By the head line; null where the rows are not labelled. */
export function layoutOf(row: Row): Layout | null {
  if (row["rec_id"] !== undefined) return febrl;
  if (row["cluster"] === undefined) return null;
  return row["birth_place"] === undefined ? people : historical;
}
