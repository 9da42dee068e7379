import { Refusal } from "../../platform/refusal.ts";
import { scriptInContent } from "../refusals.ts";

const tag = /<[a-z](?:"[^"]*"|'[^']*'|[^>])*>?/gi;
const quoted = /"[^"]*"|'[^']*'/g;
const handler = /[\s/"']on[a-z]+\s*=/i;
const scriptLink = /["'=]javascript:/i;
const liquid = /\{\{[^}]*\}\}|\{%(?:[^%]|%(?!\}))*%\}/g;

/** No mail program runs scripts, and most refuse a mail that carries one: said while it is being written. */
export function refuseScripts(body: string): void {
  // Once as written, and once with the template's own marks out, so that none hides behind them.
  for (const source of [body, body.replace(liquid, "")]) {
    refuseAt(source, /<\s*\/?\s*script/i.exec(source)?.index, "<script>");
    for (const { 0: text, index } of source.matchAll(tag)) {
      refuseAt(source, handler.test(text.replace(quoted, '""')) ? index : undefined, "on…=");
      refuseAt(source, scriptLink.test(asRead(text)) ? index : undefined, "javascript:");
    }
  }
  const filter = /\{\{-?\s*["']\s*javascript:/i.exec(body);
  refuseAt(body, filter?.index, "javascript:");
}

function refuseAt(source: string, index: number | undefined, found: string): void {
  if (index === undefined) return;
  const line = source.slice(0, index).split("\n").length;
  throw new Refusal(scriptInContent, { found, line }, [
    { path: "content.body", message: { zh: `${found}：第 ${line} 行`, en: `${found}: line ${line}` } },
  ]);
}

/** As a browser reads an address: character references resolved, blanks and control characters passed over. */
const asRead = (text: string): string =>
  text
    .replace(/&#x([0-9a-f]{1,6});?/gi, (_, code: string) => character(Number.parseInt(code, 16)))
    .replace(/&#(\d{1,7});?/g, (_, code: string) => character(Number(code)))
    .replace(/&colon;/gi, ":")
    .replace(/&(?:tab|newline);/gi, "")
    .replace(/[\s\p{Cc}]/gu, "");

const character = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : "");
