import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type WholeApp, wholeApp } from "../whole-app.ts";

/** An agency runs two brands: by no id of the one does the other's door open, whoever knows it. */

let app: WholeApp;
let mine: string;
let other: string;
const ids: Record<string, string> = {};

beforeAll(async () => {
  app = await wholeApp();
  const brand = await app.brand("first");
  mine = brand.path;
  other = (await app.brand("second")).path;
  const { engines } = app;
  await fetch(`${app.url}/v1/batch`, {
    method: "POST",
    headers: {
      authorization: `Basic ${btoa(`${brand.writeKey}:`)}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({
      batch: [
        { type: "track", userId: "u1" },
        { type: "track", userId: "u1", event: "Seen" },
      ],
    }),
  });
  const listed = async (path: string) =>
    (await app.call<{ items: { id: string }[] }>("GET", `${mine}${path}`)).body.items[0]?.id ?? "";
  ids["quarantined"] = await listed("/quarantine");
  ids["source"] = await listed("/sources");
  const made = async (path: string, body: object) =>
    (await app.call<{ id: string }>("POST", `${mine}${path}`, body)).body.id;
  ids["webhook"] = await made("/webhooks", {
    name: "ERP",
    url: "http://127.0.0.1:9/",
    wants: { events: ["Seen"] },
  });
  ids["request"] = await made("/rights/requests", { kind: "copy", identifier: "user:u1", verified: "order" });
  ids["hold"] = await made("/storage/holds", { reason: "case 7" });
  ids["journey"] = await made("/journeys", {
    name: "care",
    entry: { kind: "event", event: "Seen" },
    steps: [{ kind: "exit" }],
  });
  const figure = { value: 0, worst: 0, usual: 10, low: 5, high: null, threshold: null, of: 0, certainty: 1 };
  const { rows } = await sql<{ alert: string; archive: string }>`
    with alert as (
      insert into quality_alert (workspace_id, source_id, severity, since, opened_at)
      select workspace_id, id, 'critical', now(), now()
      from source where id = ${Number(ids["source"])} returning id, workspace_id, source_id),
    part as (
      insert into quality_alert_part (alert_id, workspace_id, source_id, indicator, name, field, severity, since,
        opened_at, last_at, figure)
      select id, workspace_id, source_id, 'volume-drop', '', '', 'critical', now(), now(), now(),
        ${JSON.stringify(figure)}::jsonb from alert),
    archive as (
      insert into storage_archive (workspace_id, kind, month, file, cutoff, state, bytes_before, at)
      select workspace_id, 'events', '2024-01', 'x', now(), 'cold', 1, now()
      from source where id = ${Number(ids["source"])} returning id)
    select (select id from alert)::text as alert, (select id from archive)::text as archive`.execute(
    engines.db,
  );
  Object.assign(ids, rows[0]);
  await app.call("POST", `${mine}/records/ticket:batch`, {
    records: [{ ticket: "T1", openedAt: "2026-05-01T08:00:00+08:00", text: "漏尿" }],
  });
});
afterAll(() => app.close());

test("everything is there for the brand it belongs to", async () => {
  for (const [name, id] of Object.entries(ids)) expect(id, name).toMatch(/^\d+$/);
  expect((await app.call("GET", `${mine}/quarantine/${ids["quarantined"]}`)).status).toBe(200);
  expect((await app.call("GET", `${mine}/quality/alerts/${ids["alert"]}`)).status).toBe(200);
  expect((await app.call("GET", `${mine}/records/ticket/history?key=T1`)).status).toBe(200);
});

const asked: [method: string, path: (id: (name: string) => string) => string, body?: object][] = [
  ["GET", (id) => `/quarantine/${id("quarantined")}`],
  ["POST", (id) => `/quarantine/${id("quarantined")}/replay`, { changes: { event: "Seen" } }],
  ["GET", (id) => `/quality/alerts/${id("alert")}`],
  ["POST", (id) => `/quality/alerts/${id("alert")}/acknowledge`, { note: "mine" }],
  [
    "POST",
    (id) => `/quality/alerts/${id("alert")}/snooze`,
    { until: "2026-06-02T00:00:00.000Z", note: "mine" },
  ],
  ["GET", (id) => `/sources/${id("source")}`],
  ["GET", (id) => `/sources/${id("source")}/tail`],
  ["GET", (id) => `/sources/${id("source")}/figures`],
  ["PATCH", (id) => `/sources/${id("source")}`, { name: "mine" }],
  ["DELETE", (id) => `/sources/${id("source")}`],
  ["POST", (id) => `/sources/${id("source")}/write-key`, {}],
  ["DELETE", (id) => `/sources/${id("source")}/old-keys`],
  ["DELETE", (id) => `/quality/suppliers/${id("source")}`],
  ["PATCH", (id) => `/webhooks/${id("webhook")}`, { name: "mine" }],
  ["POST", (id) => `/webhooks/${id("webhook")}/secret`],
  ["POST", (id) => `/webhooks/${id("webhook")}/test`],
  ["GET", (id) => `/webhooks/${id("webhook")}/deliveries`],
  ["DELETE", (id) => `/webhooks/${id("webhook")}`],
  ["GET", (id) => `/rights/requests/${id("request")}`],
  ["GET", (id) => `/rights/requests/${id("request")}/explanation`],
  ["POST", (id) => `/rights/requests/${id("request")}/copy`],
  ["POST", (id) => `/rights/requests/${id("request")}/link`],
  ["POST", (id) => `/rights/requests/${id("request")}/verify`, { how: "code" }],
  ["POST", (id) => `/rights/requests/${id("request")}/carry-out`, {}],
  ["POST", (id) => `/storage/holds/${id("hold")}/release`],
  ["POST", (id) => `/storage/archives/${id("archive")}/bring-back`],
  ["GET", (id) => `/journeys/${id("journey")}`],
  ["GET", (id) => `/journeys/${id("journey")}/runs`],
  ["PATCH", (id) => `/journeys/${id("journey")}`, { name: "mine" }],
  ["POST", (id) => `/journeys/${id("journey")}/start`],
  ["DELETE", (id) => `/journeys/${id("journey")}`],
  ["GET", () => "/records/ticket/history?key=T1"],
  ["GET", () => "/dictionary/entry?id=event:Seen"],
];
test.each(asked.map(([method, path, body]) => ({ method, path, body, shown: path((name) => name) })))(
  "$method $shown of the other brand is not found",
  async ({ method, path, body }) => {
    const reply = await app.call(method, `${other}${path((name) => ids[name] as string)}`, body);
    expect(reply.status).toBe(404);
  },
);

test("lists and bulk actions reach nothing of the other brand", async () => {
  const id = ids["quarantined"] as string;
  const drop = (await app.call("POST", `${other}/quarantine/drop`, { ids: [id], note: "mine" })).body;
  expect(drop).toMatchObject({ dropped: 0 });
  await app.call("POST", `${other}/quarantine/${id}/drop`, { note: "mine" });
  expect((await app.call("POST", `${other}/quarantine/drop`, { note: "all" })).body).toMatchObject({
    dropped: 0,
  });
  expect((await app.call("POST", `${other}/quarantine/replay`, { ids: [id] })).body).toMatchObject({
    taken: 0,
  });
  expect((await app.call<{ state: string }>("GET", `${mine}/quarantine/${id}`)).body.state).toBe("open");
  for (const path of ["/quarantine", "/webhooks", "/quality/alerts", "/records/ticket", "/dictionary/tasks"])
    expect((await app.call<{ items: unknown[] }>("GET", `${other}${path}`)).body.items, path).toEqual([]);
  const source = ids["source"];
  const figures = await app.call<{ items: unknown[] }>("GET", `${other}/quality/figures?source=${source}`);
  expect(figures.body.items).toEqual([]);
});
