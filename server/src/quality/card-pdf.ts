import { type Dimension, dimensions } from "@stork/contract/quality.ts";
import type { ScoreCard } from "@stork/contract/score-card.ts";
import { type Colour, createPdf, type Pdf, page } from "./pdf.ts";

type Language = "zh" | "en";
const left = 48;
const right = page.width - 48;
const grey: Colour = [0.45, 0.45, 0.5];

const words = {
  zh: {
    title: "数据质量月报",
    unfinished: "（本月未结束）",
    total: "总分",
    change: "比上月",
    source: "来源",
    events: "事件数",
    alerts: "告警",
    minutes: "告警时长",
    trend: "近六个月",
    worst: "最差的字段",
    wrong: "本月告警",
    done: "处理记录",
    none: "无",
    open: "未恢复",
    min: "分钟",
    note: "分数 0–100：四个维度各占四分之一。每个占比指标在阈值处得 80 分；维度取均值与最差者的平均，再按告警时长扣分。",
    completeness: "完整性",
    accuracy: "准确性",
    consistency: "一致性",
    timeliness: "及时性",
  },
  en: {
    title: "Data quality, monthly score card",
    unfinished: " (month under way)",
    total: "Total",
    change: "change",
    source: "Source",
    events: "Events",
    alerts: "Alerts",
    minutes: "In alert",
    trend: "Last six months",
    worst: "Worst fields",
    wrong: "Alerts of the month",
    done: "What was done",
    none: "none",
    open: "still open",
    min: "min",
    note: "Scores 0-100, the four dimensions a quarter each. A share at its threshold earns 80; a dimension is the mean of its average and its worst, less for time in alert.",
    completeness: "Complete",
    accuracy: "Accurate",
    consistency: "Consistent",
    timeliness: "Timely",
  },
} satisfies Record<Language, Record<Dimension | string, string>>;

const points = (score: number | null): string => (score === null ? "-" : score.toFixed(1));
const signed = (change: number | null): string =>
  change === null ? "-" : `${change >= 0 ? "+" : ""}${change.toFixed(1)}`;
const colourOf = (score: number | null): Colour =>
  score === null
    ? grey
    : score >= 95
      ? [0.1, 0.5, 0.3]
      : score >= 85
        ? [0.75, 0.5, 0.05]
        : [0.75, 0.15, 0.15];

/** The score card on paper: A4, one page and as many more as its lists need. */
export function cardPdf(card: ScoreCard, workspace: string, language: Language): Buffer {
  const say = words[language];
  const pdf = createPdf(`${workspace} ${say.title} ${card.month}`);
  const at = { y: 64 };
  const space = (height: number): void => {
    if (at.y + height < page.height - 48) return;
    pdf.addPage();
    at.y = 56;
  };
  pdf.text(left, at.y, say.title, { size: 20, bold: true });
  at.y += 20;
  pdf.text(left, at.y, `${workspace}  ${card.from} - ${card.to}${card.complete ? "" : say.unfinished}`, {
    colour: grey,
  });
  at.y += 40;
  drawTotals(pdf, card, say, at.y);
  at.y += 76;
  drawTrend(pdf, card, say, at);
  drawSources(pdf, card, say, at, space);
  const heading = (text: string): void => {
    space(60);
    at.y += 18;
    pdf.text(left, at.y, text, { size: 12, bold: true });
    at.y += 18;
  };
  const row = (main: string, side: string): void => {
    space(16);
    pdf.text(left, at.y, main, { size: 9, most: right - left - 130 });
    pdf.text(right, at.y, side, { size: 9, align: "right", colour: grey });
    at.y += 15;
  };
  heading(say.worst);
  for (const one of card.worstFields)
    row(
      [one.sourceName, one.event, one.field, one.name[language]].filter((part) => part !== "").join(" · "),
      `${(one.value * 100).toFixed(1)} % / ${one.of}`,
    );
  if (card.worstFields.length === 0) row(say.none, "");
  heading(say.wrong);
  for (const alert of card.alerts)
    row(
      alert.title[language],
      `${alert.since.slice(0, 10)}  ${alert.resolvedAt === null ? say.open : `${alert.minutes} ${say.min}`}`,
    );
  if (card.alerts.length === 0) row(say.none, "");
  heading(say.done);
  for (const one of card.done)
    row(`${one.what[language]}${one.note ? `  (${one.note})` : ""}`, one.at.slice(0, 10));
  if (card.done.length === 0) row(say.none, "");
  space(30);
  pdf.text(left, at.y + 16, say.note, { size: 7.5, colour: grey, most: right - left });
  return pdf.bytes();
}

type Say = (typeof words)["zh"];

function drawTotals(pdf: Pdf, card: ScoreCard, say: Say, y: number): void {
  pdf.text(left, y, say.total, { colour: grey });
  pdf.text(left, y + 34, points(card.total), { size: 30, bold: true, colour: colourOf(card.total) });
  pdf.text(left, y + 50, `${say.change} ${signed(card.change)}`, { size: 8, colour: grey });
  for (const [i, dimension] of dimensions.entries()) {
    const x = left + 130 + i * 95;
    const score = card.dimensions[dimension];
    pdf.text(x, y, say[dimension], { colour: grey });
    pdf.text(x, y + 28, points(score), { size: 18, bold: true, colour: colourOf(score) });
    pdf.bar(x, y + 38, 80, 4, [0.9, 0.9, 0.92]);
    pdf.bar(x, y + 38, 0.8 * (score ?? 0), 4, colourOf(score));
  }
}

function drawTrend(pdf: Pdf, card: ScoreCard, say: Say, at: { y: number }): void {
  pdf.text(left, at.y, say.trend, { size: 12, bold: true });
  for (const [i, { month, total }] of card.trend.entries()) {
    const x = left + i * 80;
    // From 50 on, so that a difference of a point can be seen.
    const height = total === null ? 0 : Math.max(1, (total - 50) * 0.9);
    pdf.bar(x, at.y + 62 - height, 40, height, colourOf(total));
    pdf.text(x, at.y + 74, month, { size: 8, colour: grey });
    pdf.text(x, at.y + 84, points(total), { size: 8 });
  }
  at.y += 108;
}

function drawSources(
  pdf: Pdf,
  card: ScoreCard,
  say: Say,
  at: { y: number },
  space: (height: number) => void,
): void {
  const columns = [right - 320, right - 262, right - 204, right - 146, right - 100, right - 56, right];
  const heads = [...dimensions.map((dimension) => say[dimension]), say.total, say.alerts, say.minutes];
  pdf.text(left, at.y, say.source, { size: 8, colour: grey });
  for (const [i, head] of heads.entries())
    pdf.text(columns[i] as number, at.y, head, { size: 8, colour: grey, align: "right" });
  at.y += 6;
  pdf.line(left, at.y, right, at.y);
  at.y += 14;
  for (const source of card.sources) {
    space(16);
    pdf.text(left, at.y, source.name, { size: 9, most: 120 });
    const cells = [
      ...dimensions.map((dimension) => points(source.dimensions[dimension])),
      points(source.total),
      String(source.alerts),
      `${source.alertMinutes} ${say.min}`,
    ];
    for (const [i, cell] of cells.entries())
      pdf.text(columns[i] as number, at.y, cell, { size: 9, align: "right" });
    at.y += 15;
  }
}
