import type { AlertRow } from "./alerts.store.ts";
import { indicatorOf } from "./indicators.ts";
import { type Naming, partText, titleOf, toldOf } from "./words.ts";

interface About {
  readonly what: "opened" | "resolved";
  readonly language: "zh" | "en";
  readonly slug: string;
  readonly timeZone: string;
  readonly url: string;
  readonly naming: Naming;
}

/** An alert as a message: a subject, a few lines, all that broke, and for a webhook the figures themselves. */
export function alertMail(alert: AlertRow, { what, language, slug, timeZone, url, naming }: About) {
  const { severity } = alert;
  const [lead] = alert.parts;
  const told = toldOf(alert, "value");
  const title = titleOf(told, naming)[language];
  const when = (at: Date): string =>
    new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", {
      ...{ timeZone, dateStyle: "medium", timeStyle: "short" },
    }).format(at);
  const zh = language === "zh";
  const state =
    what === "resolved"
      ? zh
        ? "已恢复"
        : "Well again"
      : severity === "critical"
        ? zh
          ? "严重"
          : "Critical"
        : zh
          ? "提醒"
          : "Warning";
  const lines = [
    title,
    ...(told.parts.length === 1
      ? [indicatorOf(lead.indicator).definition[language]]
      : told.parts.map((part) =>
          `${naming(part.name, part.field)[language]} ${partText(part)[language]}`.trim(),
        )),
    `${zh ? "开始于" : "Since"} ${when(alert.since)}`,
    ...(alert.resolvedAt === null ? [] : [`${zh ? "恢复于" : "Well again"} ${when(alert.resolvedAt)}`]),
    url,
  ];
  return {
    subject: `[${slug}] ${state}: ${title}`,
    text: lines.join("\n"),
    html: lines
      .map(
        (line) => `<p>${line === url ? `<a href="${escaped(url)}">${escaped(url)}</a>` : escaped(line)}</p>`,
      )
      .join("\n"),
    alert: {
      ...{ id: String(alert.id), what, severity, workspace: slug, url, source: String(alert.source) },
      ...{ since: alert.since.toISOString(), resolvedAt: alert.resolvedAt?.toISOString() ?? null },
      // The part that speaks for it, as when there was but one.
      ...{ indicator: lead.indicator, event: lead.name, field: lead.field, figure: lead.figure },
      parts: alert.parts.map(({ indicator, name, field, severity, since, resolvedAt, figure }) => ({
        ...{ indicator, event: name, field, severity, figure },
        ...{ since: since.toISOString(), resolvedAt: resolvedAt?.toISOString() ?? null },
      })),
    },
  };
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
