import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { expect, inject, onTestFinished, test } from "vitest";
import { openNamedState } from "./engines.ts";
import { silentLog } from "./log.ts";
import { Trouble } from "./trouble.ts";

/** A PostgreSQL that is so busy at first: it takes the first connections and says nothing on them. */
async function busyPostgres(first: number): Promise<{ connectionString: string; asked: () => number }> {
  const target = new URL(inject("postgres"));
  const open = new Set<Socket>();
  let asked = 0;
  const keep = (socket: Socket): void => {
    open.add(socket);
    socket.on("error", () => socket.destroy()).on("close", () => open.delete(socket));
  };
  const server: Server = createServer((socket) => {
    keep(socket);
    asked += 1;
    if (asked <= first) return;
    const behind = connect(Number(target.port), target.hostname);
    keep(behind);
    socket.pipe(behind).pipe(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  const url = new URL(target);
  url.search = "";
  url.port = String((server.address() as AddressInfo).port);
  return { connectionString: url.toString(), asked: () => asked };
}

test("a PostgreSQL that answers late at the start is asked again, twice", async () => {
  const { connectionString, asked } = await busyPostgres(2);
  const { postgres, close } = await openNamedState(
    { connectionString, connectionTimeoutMillis: 400 },
    silentLog(),
  );
  expect(asked()).toBe(3);
  expect(await postgres.ping()).toBe(true);
  await close();
});

test("one that goes on saying nothing is not waited for any longer, and the trouble says what to look at", async () => {
  const { connectionString, asked } = await busyPostgres(Number.POSITIVE_INFINITY);
  const opening = openNamedState({ connectionString, connectionTimeoutMillis: 100 }, silentLog());
  await expect(opening).rejects.toThrow(Trouble);
  await expect(opening).rejects.toThrow(/DATABASE_URL.*timeout/s);
  expect(asked()).toBe(3);
});
