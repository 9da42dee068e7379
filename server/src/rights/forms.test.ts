import { inflateRawSync } from "node:zlib";
import iconv from "iconv-lite";
import { expect, test } from "vitest";
import { namesSaid } from "../people/display-name.ts";
import type { ErasedSubject } from "../platform/eraser.ts";
import { htmlOf, jsonOf } from "./copy-forms.ts";
import { emptied, rowsOf } from "./erasing/lines.ts";
import { saidOf } from "./erasing/said.ts";
import { asBytes, asText, datesPattern, patternOf, writtenForms } from "./values.ts";
import { zipOf } from "./zip.ts";

async function* chunksOf(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

test("a value is found as a word of its own in every form it is written, and short ones are not looked for", () => {
  const said = new RegExp(patternOf(writtenForms(["+8613912345670", "王芳", "a.b+c@mail.test"])) ?? "");
  for (const text of ["打 13912345670。", '"+8613912345670"', "8613912345670", "A,a.b+c@mail.test,1"])
    expect(said.test(text), text).toBe(true);
  for (const text of ["139123456701", "王芳", "aXb+c@mail.test", "x13912345670"])
    expect(said.test(text), text).toBe(false);
  expect(patternOf(writtenForms(["王芳"]))).toBeNull();
});

test("her name in somebody else's row counts beside her family, or her phone behind stars, and never alone", () => {
  const subject: ErasedSubject = {
    ...{ workspace: 1, whole: true, person: 1, nodes: [1], children: [], hashesHex: [] },
    values: ["+8613912345670", "王芳"],
    named: { names: ["王芳"], kin: ["+8613700001111"] },
  };
  for (const written of [asText, asBytes]) {
    const said = saidOf(subject, written);
    const rows = ["爸爸,137-0000-1111,收货人王芳", "王芳,139****5670,杭州", "139xxxx5670 王芳"];
    const others = ["王芳,138****5670", "王芳,深圳", "爸爸,13700001111,自提", "刘芳,139****5670"];
    const test = (text: string) =>
      said?.test(written === asText ? text : Buffer.from(text).toString("latin1"));
    expect([...rows, ...others].map(test)).toEqual([...rows.map(() => true), ...others.map(() => false)]);
  }
  // A nickname is a word that stands in her family's rows without being about her.
  const said = Object.entries({ 昵称: "宝妈", lastName: "王", firstName: "芳" });
  expect(namesSaid(said.map(([key, value]) => ({ key, value })))).toEqual(["王芳"]);
});

const typed = [
  "139-1234-5670",
  "139 1234 5670",
  "0086 139 1234 5670",
  "(86)139-1234-5670",
  "１３９１２３４５６７０",
];
test.each([
  ["text", asText, (text: string) => text],
  ["UTF-8", asBytes, (text: string) => Buffer.from(text).toString("latin1")],
  ["GBK", asBytes, (text: string) => iconv.encode(text, "gbk").toString("latin1")],
] as const)("what people type is found as they type it, in %s", (_, written, read) => {
  const said = new RegExp(patternOf(writtenForms(["+8613912345670", "mei@x.test"]), written) ?? "");
  for (const text of [...typed, "Mei@X.test", "ＭＥＩ＠x.test"])
    expect([text, said.test(read(`7,${text},女`))]).toEqual([text, true]);
  for (const text of ["139-1234-56701", "139/1234/5670", "mei.x.test"])
    expect([text, said.test(read(text))]).toEqual([text, false]);
  const day = new RegExp(datesPattern(["2026-05-02"], written) ?? "");
  for (const text of ["2026-05-02", "2026/5/2", "20260502", "2026年5月2日", "2026.05.02 00:00"])
    expect([text, day.test(read(`7,${text},女`))]).toEqual([text, true]);
  for (const text of ["2026-05-12", "2026-05-20", "12026-05-02"])
    expect([text, day.test(read(text))]).toEqual([text, false]);
});

test.each([1, 7, 4096])(
  "rows of a file are cut at their ends, quoted breaks kept, in chunks of %i",
  async (size) => {
    const text = '编号,地址\n1,"上\n海"\n2,北京\n3,"a ""b"" c"\n末行';
    const rows: string[] = [];
    for await (const row of rowsOf(chunksOf(text, size))) rows.push(row.toString());
    expect(rows).toEqual(["编号,地址\n", '1,"上\n海"\n', "2,北京\n", '3,"a ""b"" c"\n', "末行"]);
    expect(emptied(Buffer.from(rows[1] ?? "")).toString()).toBe("[erased]\n\n");
  },
);

test("a quote that is never closed takes no more than its own row with it", async () => {
  const text = `1,5" 屏\n${"2,x\n".repeat(600)}`;
  let count = 0;
  for await (const _ of rowsOf(chunksOf(text, 64))) count += 1;
  expect(count).toBe(601);
});

const sections = [
  { name: "traits", zh: "属性", en: "Traits", rows: [{ key: "city", value: "<b>杭州</b>" }] },
  { name: "events", zh: "行为", en: "Events", rows: [] },
];
const head = { workspace: "小树苗", madeAt: "2026-11-22T00:00:00.000Z" };

async function all<Part>(parts: AsyncIterable<Part>): Promise<Part[]> {
  const gathered: Part[] = [];
  for await (const part of parts) gathered.push(part);
  return gathered;
}

test("a copy is JSON that reads back, a page that runs nothing, in an archive that opens", async () => {
  const text = async (parts: AsyncIterable<string>) => (await all(parts)).join("");
  const json = await text(jsonOf(head, sections));
  expect(JSON.parse(json)).toMatchObject({ traits: [{ key: "city", value: "<b>杭州</b>" }], events: [] });
  const html = await text(htmlOf(head, sections));
  expect(html).toContain("&lt;b&gt;杭州&lt;/b&gt;");
  expect(html).not.toMatch(/<script|<b>/);
  const zip = Buffer.concat(await all(zipOf([{ name: "data.json", content: jsonOf(head, sections) }])));
  const end = zip.length - 22;
  const central = zip.readUInt32LE(end + 16);
  const packed = zip.readUInt32LE(central + 20);
  expect(inflateRawSync(zip.subarray(30 + 9, 30 + 9 + packed)).toString()).toBe(json);
  expect(zip.readUInt32LE(central + 24)).toBe(Buffer.byteLength(json));
});
