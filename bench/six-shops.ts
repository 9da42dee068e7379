import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Import } from "@stork/contract/imports.ts";
import { scoreOrders, type TrueOrder } from "@stork/town/score.ts";
import { writeShops } from "@stork/town/shops.client.ts";
import type { Benchmark } from "./benchmark.ts";
import { ownerKey, startServer, temporaryFolder } from "./server.ts";
import { ask, bringShops, type Desk, onlineShops, readLines } from "./six-shops/bringing.ts";
import { ordersOf, personsOf } from "./six-shops/orders-read.ts";

/** Of so many orders the buyers are asked for one by one. */
const buyersAsked = { small: 300, full: 3_000 } as const;

function deskAt(url: string): Desk {
  const desk: Desk = {
    url: `${url}/api/v1/workspaces/shops`,
    key: ownerKey,
    settle: async (id) => {
      for (;;) {
        const now = await ask<Import>(desk, "GET", `/imports/${id}`);
        if (now.status !== "waiting" && now.status !== "running") return now;
        await sleep(100);
      }
    },
  };
  return desk;
}

/**
 * What six shops exported in a year, with all its dirt, through the API as a user brings it, and every order against
 * what it truly was. Row counts are the files' own, duplicates and all.
 */
export const sixShops: Benchmark = {
  summary: "orders, exactShare, duplicateShare, missing, invented, wrong, rowsPerSecond, addedMb",
  async run({ scale, args, say }) {
    const families = Number(args[0] ?? (scale === "full" ? 20_000 : 500));
    const { dir, remove } = temporaryFolder();
    const folder = `${dir}-shops`;
    say(`${families} families …`);
    await writeShops({ seed: 7, families, until: "2026-07-01", dirt: true, out: folder });
    const server = await startServer(dir, { STORK_DEMO: "0" });
    try {
      await ask({ ...deskAt(server.url), url: server.url }, "POST", "/api/v1/workspaces", { slug: "shops" });
      const desk = deskAt(server.url);
      const before = server.memoryMb();
      const brought = await bringShops(desk, folder, onlineShops, { say });
      const addedMb = server.memoryMb() - before;
      const shops: readonly string[] = onlineShops;
      const truth = (await readLines<TrueOrder>(join(folder, "truth", "orders.jsonl"))).filter(
        ({ platform }) => shops.includes(platform),
      );
      const asked = truth.slice(0, buyersAsked[scale]);
      const personOf = await personsOf(desk, asked);
      const read = await ordersOf(desk);
      const all = scoreOrders(truth, read);
      const withBuyers = scoreOrders(asked, read, { personOf });
      for (const example of [
        ...all.examples,
        ...withBuyers.examples.filter((line) => line.includes(" buyer:")),
      ])
        say(`  ${example}`);
      const share = (part: number, whole: number): number => Math.round((part / whole) * 1e5) / 1e5;
      return {
        ...{ families, orders: all.orders, exactShare: share(all.exact, all.orders) },
        duplicateShare: share(all.duplicates + all.invented, all.orders),
        ...{ missing: all.missing, invented: all.invented, wrong: all.wrong },
        ...{ buyersAsked: asked.length, buyersWrong: withBuyers.wrong.buyer },
        ...{ rows: brought.rows, refused: brought.refused, reasons: brought.reasons },
        rowsPerSecond: Math.round(brought.rows / brought.seconds),
        addedMb,
      };
    } finally {
      await server.stop();
      remove();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
