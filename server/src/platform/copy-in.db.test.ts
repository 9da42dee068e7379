import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestEngines, testEngines } from "../../test/engines.ts";
import { CopyRows, copyIn } from "./copy-in.ts";

let engines: TestEngines;
beforeAll(async () => {
  engines = await testEngines();
  await sql`create table copied (id bigint primary key, few int, name text, bytes bytea, at timestamptz)`.execute(
    engines.db,
  );
});
afterAll(() => engines.close());

function rowsOf(ids: readonly number[]): CopyRows {
  const rows = new CopyRows(5);
  for (const id of ids) {
    rows.row();
    rows.bigint(id);
    rows.int(-id);
    rows.text(`妈妈👶${"长".repeat(id)}`);
    if (id % 2 === 0) rows.missing();
    else rows.hex("00ff");
    rows.instant(Date.UTC(1999, 11, 31, 23, 59, 59, 999 - id));
  }
  return rows;
}

const copied = async () => (await sql<object>`select * from copied order by id`.execute(engines.db)).rows;

test("rows arrive as they are, more than a buffer holds, and go with their transaction", async () => {
  const { db } = engines;
  const ids = Array.from({ length: 400 }, (_, i) => i);
  await db.transaction().execute((tx) => copyIn(tx, "copied (id, few, name, bytes, at)", rowsOf(ids)));
  expect(await copied()).toEqual(
    ids.map((id) => ({
      ...{ id, few: id === 0 ? 0 : -id, name: `妈妈👶${"长".repeat(id)}` },
      bytes: id % 2 === 0 ? null : Buffer.from("00ff", "hex"),
      at: new Date(Date.UTC(1999, 11, 31, 23, 59, 59, 999 - id)),
    })),
  );
  const undone = db.transaction().execute(async (tx) => {
    await copyIn(tx, "copied (id, few, name, bytes, at)", rowsOf([1_000]));
    throw new Error("not after all");
  });
  await expect(undone).rejects.toThrow("not after all");
  expect(await copied()).toHaveLength(400);
});

test("what the table refuses is refused as by any statement, and the connection goes on", async () => {
  const { db } = engines;
  const again = db
    .transaction()
    .execute((tx) => copyIn(tx, "copied (id, few, name, bytes, at)", rowsOf([7])));
  await expect(again).rejects.toMatchObject({ code: "23505" });
  const nowhere = db.transaction().execute((tx) => copyIn(tx, "nowhere (id)", new CopyRows(1)));
  await expect(nowhere).rejects.toMatchObject({ code: "42P01" });
  expect(await copied()).toHaveLength(400);
});
