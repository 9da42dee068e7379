import type { CopySection } from "./copy.store.ts";

export interface CopyHead {
  readonly workspace: string;
  readonly madeAt: string;
}

/** The machine-readable form: one JSON object, a list for each section. */
export async function* jsonOf(
  { workspace, madeAt }: CopyHead,
  sections: readonly CopySection[],
): AsyncGenerator<string> {
  yield `{"format":"stork-personal-copy/1","workspace":${JSON.stringify(workspace)},"madeAt":${JSON.stringify(madeAt)}`;
  for (const { name, rows } of sections) {
    yield `,\n${JSON.stringify(name)}:[`;
    let first = true;
    for await (const row of rows) {
      yield `${first ? "" : ",\n"}${JSON.stringify(row)}`;
      first = false;
    }
    yield "]";
  }
  yield "}\n";
}

/** The readable form: one page without anything from elsewhere, Chinese beside English. */
export async function* htmlOf(
  { workspace, madeAt }: CopyHead,
  sections: readonly CopySection[],
): AsyncGenerator<string> {
  yield `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>个人信息副本 Copy of personal data</title>
<style>body{font:15px/1.6 "PingFang SC","Noto Sans CJK SC",sans-serif;margin:0 auto;max-width:60rem;padding:1rem;color:#22302e}
h2{margin-top:2rem;font-size:1.1rem}dl{margin:0;padding:.5rem 0;border-top:1px solid #ddd;display:grid;grid-template-columns:minmax(6rem,10rem) 1fr;gap:0 1rem}
dt{color:#596663}dd{margin:0;overflow-wrap:anywhere}p{color:#596663}</style></head><body>
<h1>个人信息副本<br>Copy of personal data</h1>
<p>${escaped(workspace)} · ${escaped(madeAt)}<br>同一压缩包里的 data.json 是机器可读的形式。 The same, machine-readable, is in data.json beside this page.</p>\n`;
  for (const { zh, en, rows } of sections) {
    yield `<h2>${escaped(zh)} ${escaped(en)}</h2>\n`;
    let any = false;
    for await (const row of rows) {
      any = true;
      yield `<dl>${Object.entries(row)
        .map(([key, value]) => `<dt>${escaped(key)}</dt><dd>${escaped(textOf(value))}</dd>`)
        .join("")}</dl>\n`;
    }
    if (!any) yield "<p>没有 None</p>\n";
  }
  yield "</body></html>\n";
}

function textOf(value: unknown): string {
  if (value === null || value === undefined || value === "") return "–";
  if (value instanceof Date) return value.toISOString();
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
