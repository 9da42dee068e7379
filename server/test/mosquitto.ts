import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connectAsync } from "mqtt";
import { freePort } from "./free-port.ts";

/** Where Debian puts it is on nobody's path but root's. */
export const mosquitto: string | undefined = ["mosquitto", "/usr/sbin/mosquitto"].find((command) => {
  try {
    execFileSync(command, ["-h"], { stdio: "ignore" });
    return true;
  } catch (error) {
    // It answers its help with exit code 3.
    return (error as { status?: number | null }).status === 3;
  }
});

export interface Broker {
  url: string;
  port: number;
  publish(
    topic: string,
    payload: string | Buffer,
    options?: { qos?: 0 | 1; retain?: boolean },
  ): Promise<void>;
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** A real Mosquitto on a free port, which asks for a user name and keeps its sessions over a restart. */
export async function openBroker({ user, password }: { user: string; password: string }): Promise<Broker> {
  const dir = mkdtempSync(join(tmpdir(), "stork-mosquitto-"));
  const port = await freePort();
  const passwords = join(dir, "passwords");
  writeFileSync(passwords, "");
  execFileSync("mosquitto_passwd", ["-b", passwords, user, password], { stdio: "ignore" });
  writeFileSync(
    join(dir, "broker.conf"),
    [
      `listener ${port} 127.0.0.1`,
      "allow_anonymous false",
      `password_file ${passwords}`,
      "persistence true",
      `persistence_location ${dir}/`,
      "max_queued_messages 100000",
      "log_dest none",
      // Started by root it would become another user, who may not read the folder.
      ...(process.getuid?.() === 0 ? ["user root"] : []),
    ].join("\n"),
  );
  let child: ChildProcess | undefined;
  const url = `mqtt://127.0.0.1:${port}`;
  const connection = () =>
    connectAsync(url, { username: user, password, reconnectPeriod: 0, protocolVersion: 5 });

  async function start(): Promise<void> {
    child = spawn(mosquitto ?? "mosquitto", ["-c", join(dir, "broker.conf")], { stdio: "ignore" });
    for (let tries = 0; ; tries += 1) {
      try {
        await (await connection()).endAsync();
        return;
      } catch (error) {
        if (tries > 600) throw error;
        await sleep(50);
      }
    }
  }
  async function stop(): Promise<void> {
    if (child === undefined) return;
    const gone = new Promise((resolve) => child?.once("exit", resolve));
    child.kill("SIGTERM");
    await gone;
    child = undefined;
  }
  await start();
  return {
    ...{ url, port, start, stop },
    async publish(topic, payload, { qos = 1, retain = false } = {}) {
      const client = await connection();
      await client.publishAsync(topic, payload, { qos, retain });
      await client.endAsync();
    },
    async close() {
      await stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
