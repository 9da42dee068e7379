import type { Content } from "@stork/contract/campaigns.ts";
import { Liquid, LiquidError, type Template, UndefinedVariableError } from "liquidjs";
import { Refusal } from "../platform/refusal.ts";
import { isHtml, linkUp } from "./content/links.ts";
import { refuseScripts } from "./content/scripts.ts";
import { textOf } from "./content/text-alternative.ts";
import { knownVariables, type Values } from "./content/variables.ts";
import { templateSyntax, unknownVariable } from "./refusals.ts";

/** Where the links of one recipient's message lead: through us. */
export interface Addresses {
  link(index: number): string;
  readonly unsubscribe: string;
  /** Her own page, where she decides what to receive. */
  readonly preferences: string;
  /** A text that she agreed to has become another one: up to this day her yes counts without a new word. */
  readonly decideUntil?: string | undefined;
}

export interface Rendered {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

export type Rendering =
  | ({ readonly outcome: "rendered" } & Rendered)
  /** The template needs what this recipient does not have, and gives no default. */
  | { readonly outcome: "missing"; readonly variable: string }
  | { readonly outcome: "broken" };

export interface Compiled {
  readonly links: readonly string[];
  render(values: Values, addresses: Addresses): Rendering;
}

const limits = { parseLimit: 100_000, renderLimit: 500, memoryLimit: 2_000_000 };
const small = "font-size:12px;color:#6b6b6b";
const footerLink = (variable: string, zh: string, en: string): string =>
  `<a href="{{ ${variable} }}" style="color:#6b6b6b">${zh}</a> · <a href="{{ ${variable} }}" style="color:#6b6b6b">${en}</a>`;
/** What the author has not linked is linked below: a way out, and her own page. */
const footers = {
  preferencesUrl: `<p style="margin-top:32px;${small}">由您决定接收什么：${footerLink("preferencesUrl", "偏好设置", "Preferences")}</p>`,
  unsubscribeUrl: `<p style="${small}">不想再收到这样的消息？${footerLink("unsubscribeUrl", "退订", "Unsubscribe")}</p>`,
} as const;

/** Whoever the author is, and whatever is linked: who is to decide anew is told so where she reads. */
const askedAgain = `{% if __decideUntil %}<p style="margin-top:32px;font-size:14px">您同意过的内容有变化，请在 {{ __decideUntil }} 前<a href="{{ preferencesUrl }}">再决定一次</a>；没有回答，就当作不同意。<br>Something you agreed to has changed. Please <a href="{{ preferencesUrl }}">decide once more</a> by {{ __decideUntil }}; without an answer your earlier yes ends.</p>{% endif %}`;

const asHtml = engine({ outputEscape: "escape" });
const asText = engine({});

/** No files, no other templates, no way around the escaping, and nothing that is not declared. */
function engine(options: { outputEscape?: "escape" }): Liquid {
  const liquid = new Liquid({
    ...limits,
    ...options,
    templates: {},
    strictFilters: true,
    strictVariables: true,
    lenientIf: true,
    ownPropertyOnly: true,
    timezoneOffset: 0,
  });
  for (const tag of ["include", "render", "layout", "block"]) delete liquid.tags[tag];
  liquid.unregisterFilter("raw");
  liquid.registerFilter("link", (url: unknown) => url);
  return liquid;
}

/** Reads a template once; throws a refusal that names the place of whatever nobody could fill in. */
export function compile(content: Content): Compiled {
  const subject = parse(asText, content.subject, "subject");
  check(asText, subject, "subject");
  const asWritten = parse(asHtml, content.body, "body");
  check(asHtml, asWritten, "body");
  refuseScripts(content.body);
  const linked = asHtml.fullVariablesSync(asWritten);
  const missing = Object.entries(footers).flatMap(([name, html]) => (linked.includes(name) ? [] : [html]));
  const { source, links } = linkUp(content.body);
  const body = parse(
    asHtml,
    documentOf(source, isHtml(content.body), [askedAgain, ...missing].join("\n")),
    "body",
  );
  return {
    links,
    render(values, addresses) {
      const scope = {
        ...values,
        unsubscribeUrl: addresses.unsubscribe,
        preferencesUrl: addresses.preferences,
        __decideUntil: addresses.decideUntil ?? null,
        __links: links.map((_, index) => addresses.link(index)),
      };
      try {
        // A line break in a subject would start another header.
        const line = String(asText.renderSync(subject, scope)).replace(/\s+/g, " ").trim();
        const html = String(asHtml.renderSync(body, scope));
        return { outcome: "rendered", subject: line, html, text: textOf(html) };
      } catch (error) {
        if (error instanceof UndefinedVariableError)
          return { outcome: "missing", variable: missingName(error) };
        if (error instanceof LiquidError) return { outcome: "broken" };
        throw error;
      }
    },
  };
}

const missingName = (error: Error): string => /undefined variable: ([\w.]+)/.exec(error.message)?.[1] ?? "";

function documentOf(source: string, html: boolean, ending: string): string {
  const inner = html ? source : paragraphs(source);
  if (/<\/body\s*>/i.test(inner)) return inner.replace(/<\/body\s*>/i, (tag) => ending + tag);
  if (/<html[\s>]/i.test(inner)) return inner + ending;
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head>
<body style="font-family:-apple-system,'PingFang SC','Noto Sans CJK SC',sans-serif;line-height:1.7">
${inner}
${ending}
</body></html>`;
}

const paragraphs = (text: string): string =>
  text
    .trim()
    .split(/\n\s*\n/)
    .map((part) => `<p>${part.replaceAll("\n", "<br>\n")}</p>`)
    .join("\n");

function parse(liquid: Liquid, source: string, part: "subject" | "body"): Template[] {
  try {
    return liquid.parse(source);
  } catch (error) {
    if (!(error instanceof LiquidError)) throw error;
    const [line = 1, column = 1] = (error.token as { getPosition?(): number[] }).getPosition?.() ?? [];
    const detail = error.message.replace(/, line:.*$/s, "");
    throw new Refusal(templateSyntax, { line, column, detail }, [
      { path: `content.${part}`, message: error.message },
    ]);
  }
}

/** Every variable must be one that we can fill, in every branch, whether or not a recipient would reach it. */
function check(liquid: Liquid, template: Template[], part: "subject" | "body"): void {
  for (const found of Object.values(liquid.analyzeSync(template).globals).flat()) {
    const name = found.toString();
    if (knownVariables.includes(name)) continue;
    const { row: line, col: column } = found.location;
    const known = knownVariables.join(", ");
    const message = {
      zh: `${name}：第 ${line} 行，第 ${column} 列`,
      en: `${name}: line ${line}, column ${column}`,
    };
    throw new Refusal(unknownVariable, { name, line, column, known }, [{ path: `content.${part}`, message }]);
  }
}
