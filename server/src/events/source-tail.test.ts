import { expect, test } from "vitest";
import type { CommittedRow } from "./committed-row.ts";
import type { Event } from "./event.ts";
import { SourceTail } from "./source-tail.ts";
import { textOf } from "./utf8.ts";

/** As an event of a file is: read from memory that is used for something else once it is committed. */
function lent(memory: Buffer): Event {
  return {
    ...{ identifiers: [], rule: "same-row", message: "1", at: 0, type: "import", name: "Order Completed" },
    ...{ orderId: "1", amountFen: 100, quantity: 1, items: [], marks: [], excluded: false, said: [] },
    get properties() {
      return textOf({ bytes: memory, from: 0, to: memory.length });
    },
  };
}

test("what is shown of a source stays when the memory it came in is used again", () => {
  const tail = new SourceTail();
  const memory = Buffer.from('{"sku":"A1"}');
  const row: CommittedRow = {
    event: lent(memory),
    node: 1,
    origin: { workspace: 1, source: 7, import: 3, received: 0 },
  };
  tail.committed([row]);
  memory.fill(32);
  expect(tail.of(7).accepted.map(({ event }) => event.properties)).toEqual(['{"sku":"A1"}']);
});
