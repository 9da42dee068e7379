import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { RefusalKind } from "../src/platform/refusal.ts";

const root = join(import.meta.dirname, "../..");

const isRefusal = (value: unknown): value is RefusalKind =>
  typeof value === "object" && value !== null && "code" in value && "status" in value && "text" in value;

/** Every refusal a room declares, alone or in an object of several. */
async function declared(): Promise<RefusalKind[]> {
  const source = join(root, "server/src");
  const files = readdirSync(source)
    .map((room) => join(source, room, "refusals.ts"))
    .filter((file) => existsSync(file));
  const modules: Record<string, unknown>[] = await Promise.all(files.map((file) => import(file)));
  const found = modules
    .flatMap((module) => Object.values(module))
    .flatMap((value) => (isRefusal(value) ? [value] : Object.values(value ?? {})))
    .filter(isRefusal);
  return [...new Set(found)];
}

/** A refusal as its row in docs/errors.md, where a bar inside a cell is escaped. */
function row({ code, status, retry, text }: RefusalKind): string {
  const cells = [`\`${code}\``, status, retry ? "是 yes" : "否 no", text.zh, text.en];
  return `| ${cells.map((cell) => String(cell).replaceAll("|", "\\|")).join(" | ")} |`;
}

const documented = readFileSync(join(root, "docs/errors.md"), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line) => line.replaceAll(/ +/g, " ").trim());

test("every refusal is in docs/errors.md, word for word", async () => {
  const missing = (await declared()).map(row).filter((line) => !documented.includes(line));
  expect(missing, "rows to put into docs/errors.md").toEqual([]);
});

test("docs/errors.md names no refusal that does not exist", async () => {
  const known = (await declared()).map(row);
  expect(documented.filter((line) => !known.includes(line))).toEqual([]);
});

test("a code belongs to one refusal and begins with its room", async () => {
  const codes = (await declared()).map(({ code }) => code);
  expect(codes.filter((code, i) => codes.indexOf(code) !== i)).toEqual([]);
  expect(codes.filter((code) => !/^[a-z]+(-[a-z]+)*\/[a-z0-9]+(-[a-z0-9]+)*$/.test(code))).toEqual([]);
});
