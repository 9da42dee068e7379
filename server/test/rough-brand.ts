import type { Import, ImportPreview } from "@stork/contract/imports.ts";
import type { Person } from "@stork/contract/people.ts";
import type { Collected } from "@stork/contract/sources.ts";
import { brandCalls } from "./brand-calls.ts";
import { type WholeApp, wholeApp } from "./whole-app.ts";

/** A brand whose senders, files and marketers make the mistakes that are made. */
/** Open once `open` has been waited for. */
export let app: WholeApp;
export let path: string;
let writeKey: string;
export const dayMs = 86_400_000;
/** Near the machine's time, by which sessions live; ten in Shanghai, when messages may go out. */
export const now = new Date((Math.floor(Date.now() / dayMs) + 1) * dayMs + 2 * 3_600_000);
export const today = now.toISOString().slice(0, 10);
export const daysAgo = (days: number) => new Date(now.getTime() - days * dayMs);

export async function open(): Promise<void> {
  app = await wholeApp({ now: now.toISOString() });
  ({ path, writeKey } = await app.brand("rough"));
}

let sent = 0;
export const item = (userId: string, more: object) => ({
  type: "track",
  messageId: `bad-${++sent}`,
  userId,
  timestamp: daysAgo(1).toISOString(),
  ...more,
});
const basic = (key: string) => ({ authorization: `Basic ${Buffer.from(`${key}:`).toString("base64")}` });
export const post = (body: unknown, key = writeKey, headers: Record<string, string> = {}) =>
  app.call<Collected & { code: string; title: string }>("POST", "/v1/batch", body, {
    key: null,
    headers: { ...basic(key), ...headers },
  });
export const { get, make, count } = brandCalls(() => ({ app, path }));
export const who = (user: string) => get<Person>(`/persons?identifier=user:${user}`);

export async function preview(...files: [name: string, content: string | Uint8Array][]) {
  const form = new FormData();
  for (const [name, content] of files) form.append("files", new Blob([content as string]), name);
  form.append("preset", "ali-mum-baby");
  const response = await fetch(`${app.url}${path}/imports/preview`, {
    method: "POST",
    headers: { authorization: `Bearer ${app.ownerKey}` },
    body: form,
  });
  return (await response.json()) as ImportPreview;
}
export async function importFiles(...files: [name: string, content: string | Uint8Array][]): Promise<Import> {
  const { upload } = await preview(...files);
  const { body } = await app.call<Import>("POST", `${path}/imports`, { upload, preset: "ali-mum-baby" });
  await app.runJobs();
  return get<Import>(`/imports/${body.id}`);
}
