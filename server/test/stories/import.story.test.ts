import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Import, ImportPreview } from "@stork/contract/imports.ts";
import type { Person } from "@stork/contract/people.ts";
import iconv from "iconv-lite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type WholeApp, wholeApp } from "../whole-app.ts";

const real = join(import.meta.dirname, "../../../../shared/data/ali_mum_baby");
let app: WholeApp;
let path: string;
beforeAll(async () => {
  app = await wholeApp({ now: "2015-08-01T04:00:00Z" });
  ({ path } = await app.brand("files"));
});
afterAll(() => app.close());

interface Sent {
  name: string;
  content: string | Buffer;
}
async function preview(
  preset: string,
  files: readonly Sent[],
  key = app.ownerKey,
): Promise<{ status: number; body: ImportPreview & { code?: string; title?: string } }> {
  const form = new FormData();
  for (const { name, content } of files) form.append("files", new Blob([content as never]), name);
  form.append("preset", preset);
  const response = await fetch(`${app.url}${path}/imports/preview`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}` },
    body: form,
  });
  return { status: response.status, body: (await response.json()) as never };
}
async function importFiles(preset: string, files: readonly Sent[]): Promise<Import> {
  const { body } = await preview(preset, files);
  const started = await app.call<Import>("POST", `${path}/imports`, { upload: body.upload, preset });
  expect(started.status).toBe(202);
  await app.runJobs();
  return (await app.call<Import>("GET", `${path}/imports/${started.body.id}`)).body;
}
const countOf = async (where: object): Promise<number> =>
  (await app.call<{ persons: number }>("POST", `${path}/segments/count`, { where })).body.persons;
const kids = "user_id,birthday,gender\n";

describe.skipIf(!existsSync(real))("an analyst brings the real Taobao files", () => {
  const read = (name: string): Sent => ({ name, content: readFileSync(join(real, name)) });

  test("sees what they are, imports them, asks who bought and how old the babies are", async () => {
    const files = [read("tianchi_mum_baby.csv"), read("tianchi_mum_baby_trade_history.csv")];
    const seen = await preview("ali-mum-baby", files);
    expect(seen.body.files.map(({ record, problem, outlook }) => [record, problem, outlook.refused])).toEqual(
      [
        ["children", null, 0],
        ["trades", null, 0],
      ],
    );
    expect(seen.body.files[0]?.rows[0]?.[0]).toMatch(/\*\*/);

    const done = await importFiles("ali-mum-baby", files);
    expect(done).toMatchObject({
      status: "done",
      added: 30_531,
      refused: 0,
      totals: { trades: 29_971, buyers: 29_944, children: 560 },
    });

    // The expected numbers are counted from the files by themselves.
    const lines = read("tianchi_mum_baby_trade_history.csv")
      .content.toString()
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => line.split(","));
    const diapers = lines.filter((cells) => cells[3] === "50014815");
    expect(diapers).toHaveLength(4834);
    const did = (property: string, value: string) => ({
      kind: "did",
      event: "Order Completed",
      where: [{ property, op: "=", value }],
    });
    for (const property of ["category", "category_1"])
      expect(await countOf(did(property, "50014815"))).toBe(new Set(diapers.map((cells) => cells[0])).size);
    const twice = await countOf({ ...did("category", "50014815"), count: { op: ">=", value: 2 } });
    expect(twice).toBe(1);
    expect(await countOf({ kind: "childAge", fromDays: -400, toDays: 10_000 })).toBe(559);

    const person = await app.call<Person>("GET", `${path}/persons?identifier=taobao:1372572&on=2012-07-01`);
    expect(person.body.children).toMatchObject([{ bornOn: "2012-01-30", stage: "3-6" }]);
  });

  test("brings the other copy: nothing is added, one question is left, its answer holds for the children", async () => {
    const done = await importFiles("ali-mum-baby", [read("dreaware_sam_tianchi_mum_baby.gbk.csv")]);
    expect(done).toMatchObject({
      status: "needs-decision",
      added: 0,
      repeated: 560,
      totals: { children: 560 },
    });
    const gender = async () =>
      (await app.call<Person>("GET", `${path}/persons?identifier=taobao:1372572`)).body.children[0]?.gender;
    expect(await gender()).toBe("unknown");
    const [question] = done.decisions;
    expect(question?.options.map(({ id }) => id)).toEqual(["as-this-file", "opposite", "unknown"]);
    const answer = (option: string) =>
      app.call<Import>("POST", `${path}/imports/${done.id}/decisions/${question?.id}`, { answer: option });
    expect((await answer("whatever")).status).toBe(404);
    expect((await answer("as-this-file")).body).toMatchObject({
      status: "done",
      decisions: [{ answer: "as-this-file" }],
    });
    expect(await gender()).toBe("female");
  });
});

test("refused rows are a file for Excel: with reasons, whole only for who may see them", async () => {
  const content = iconv.encode(`${kids}1,2014-02-03,0\n13912345670x,someday,1\n,2014-02-03,1\n`, "gb18030");
  const done = await importFiles("ali-mum-baby", [{ name: "坏.csv", content }]);
  expect(done).toMatchObject({ rows: 3, added: 1, refused: 2 });
  const whole = await app.call<string>("GET", `${path}/imports/${done.id}/refused.csv`);
  expect(whole.body).toBe(
    "\uFEFF文件,行号,原因,user_id,birthday,gender\r\n坏.csv,3,生日无法识别,13912345670x,someday,1\r\n坏.csv,4,没有能认出用户的标识（为空，或号码残缺如 1.39E+10）,,2014-02-03,1\r\n".slice(
      1,
    ),
  );
  const key = await app.call<{ key: string }>("POST", `${path}/keys`, {
    name: "r",
    scopes: ["collect:read"],
  });
  const masked = await app.call<string>("GET", `${path}/imports/${done.id}/refused.csv`, undefined, {
    key: key.body.key,
    headers: { "accept-language": "en" },
  });
  expect(masked.body).not.toContain("13912345670");
});

test("files that are none are told apart in the preview, each with what to do", async () => {
  const xlsx = Buffer.from("504b0304140006000800000021", "hex");
  const { status, body } = await preview("ali-mum-baby", [
    { name: "表.csv", content: xlsx },
    { name: "empty.csv", content: "" },
    { name: "other.csv", content: "a,b\n1,2\n" },
    { name: "good.csv", content: `${kids}1,20140203,0\n` },
  ]);
  expect(status).toBe(200);
  expect(body.files.map(({ problem }) => problem?.zh ?? null)).toEqual([
    expect.stringContaining("损坏"),
    expect.stringContaining("空的"),
    expect.stringContaining("缺少"),
    null,
  ]);
  const started = await app.call<{ code: string }>("POST", `${path}/imports`, {
    upload: body.upload,
    preset: "ali-mum-baby",
  });
  expect([started.status, started.body.code]).toEqual([400, expect.stringMatching(/^imports\//)]);
});

test("an unknown preset, no file, an upload that is gone or another workspace's are refused", async () => {
  expect((await preview("constructor", [{ name: "a", content: "x" }])).body.code).toBe(
    "imports/unknown-preset",
  );
  expect((await preview("ali-mum-baby", [])).body.code).toBe("imports/no-files");
  const { body } = await preview("ali-mum-baby", [{ name: "a.csv", content: `${kids}1,20140203,0\n` }]);
  const other = await app.brand("other");
  const stolen = await app.call<{ code: string }>("POST", `${other.path}/imports`, {
    upload: body.upload,
    preset: "ali-mum-baby",
  });
  expect(stolen.body.code).toBe("imports/unknown-upload");
  for (const upload of ["../../etc", "00000000-0000-0000-0000-000000000000"])
    expect((await app.call("POST", `${path}/imports`, { upload, preset: "ali-mum-baby" })).status).toBe(404);
  expect((await app.call("GET", `${other.path}/imports/1`)).status).toBe(404);
  const key = await app.call<{ key: string }>("POST", `${path}/keys`, {
    name: "r",
    scopes: ["collect:read"],
  });
  expect((await preview("ali-mum-baby", [{ name: "a.csv", content: kids }], key.body.key)).status).toBe(403);
});
