import { type Day, dateOf } from "../../calendar.ts";
import { type Chance, chanceOf, normal } from "../../chance.ts";
import { expectedPerDay } from "../../feeds/demand.ts";
import type { BrandFile, Cell } from "../brand-file.ts";
import { monthStarts, type ShopsSettings } from "../plan.ts";

/** A day of a campaign: what was paid and what came of it. */
type DaySpend = {
  readonly date: string;
  readonly campaign: string;
  readonly spendFen: number;
  readonly shown: number;
  readonly clicks: number;
  readonly orders: number;
};

const campaigns = ["日常拉新", "奶粉2段 转段", "纸尿裤 囤货", "大促 预热"] as const;

function dayOf(chance: Chance, day: Day, campaign: string, yuanPerDay: number): DaySpend {
  const spendFen = Math.round(expectedPerDay(day, yuanPerDay) * Math.exp(normal(chance, 0, 0.2)) * 100);
  const shown = Math.round((spendFen / 100) * (18 + 6 * chance()));
  const clicks = Math.round(shown * (0.012 + 0.01 * chance()));
  return {
    date: dateOf(day),
    campaign,
    spendFen,
    shown,
    clicks,
    orders: Math.round(clicks * (0.02 + 0.03 * chance())),
  };
}

const spends = (name: string, yuanPerDay: number, cells: (of: DaySpend) => readonly Cell[]) =>
  function* ({ seed, until, months }: ShopsSettings): Generator<readonly Cell[]> {
    const starts = monthStarts(until, months);
    for (let day = starts[0]!; day < starts[months]!; day++) {
      for (const campaign of campaigns)
        yield cells(dayOf(chanceOf(seed, "spend", name, campaign, day), day, campaign, yuanPerDay));
    }
  };

const yuan = (fen: number): string => (fen / 100).toFixed(2);
const percent = (part: number, all: number): string => `${((100 * part) / Math.max(1, all)).toFixed(2)}%`;
const each = (fen: number, count: number): string => yuan(fen / Math.max(1, count));

export const oceanEngine: BrandFile = {
  path: "ads/巨量引擎_广告报表",
  format: "csv",
  encoding: "utf-8-bom",
  title: null,
  columns: [
    "时间-天",
    "账户ID",
    "账户名称",
    "项目名称",
    "广告名称",
    "消耗(元)",
    "展示数",
    "点击数",
    "点击率",
    "平均点击单价(元)",
    "转化数",
    "转化成本(元)",
  ],
  ofCalendar: spends("oceanengine", 420, (of) => [
    ...[of.date, "1780012345678901", "小鹳母婴-巨量", of.campaign, `${of.campaign}-视频A`, yuan(of.spendFen)],
    ...[
      of.shown,
      of.clicks,
      percent(of.clicks, of.shown),
      each(of.spendFen, of.clicks),
      of.orders,
      each(of.spendFen, of.orders),
    ],
  ]),
};

export const tencentAds: BrandFile = {
  path: "ads/腾讯广告_推广报表",
  format: "csv",
  encoding: "gbk",
  title: null,
  columns: [
    "日期",
    "帐户ID",
    "推广计划名称",
    "广告名称",
    "曝光量",
    "点击量",
    "点击率",
    "点击均价",
    "花费",
    "下单量",
    "下单金额",
  ],
  ofCalendar: spends("tencent", 260, (of) => [
    ...[
      of.date,
      "30012345",
      of.campaign,
      `${of.campaign}-朋友圈`,
      of.shown,
      of.clicks,
      percent(of.clicks, of.shown),
    ],
    ...[each(of.spendFen, of.clicks), yuan(of.spendFen), of.orders, yuan(of.orders * 23_800)],
  ]),
};

export const redAds: BrandFile = {
  path: "ads/小红书聚光_投放数据",
  format: "xlsx",
  encoding: "utf-8",
  title: null,
  columns: [
    "时间",
    "计划名称",
    "单元名称",
    "创意名称",
    "消费",
    "展现量",
    "点击量",
    "点击率",
    "平均点击成本",
    "互动量",
  ],
  ofCalendar: spends("xiaohongshu", 180, (of) => [
    ...[
      of.date,
      of.campaign,
      `${of.campaign}-人群包`,
      `${of.campaign}-笔记1`,
      yuan(of.spendFen),
      of.shown,
      of.clicks,
    ],
    ...[percent(of.clicks, of.shown), each(of.spendFen, of.clicks), Math.round(of.clicks * 0.3)],
  ]),
};

export const baidu: BrandFile = {
  path: "ads/百度推广_账户报告",
  format: "csv",
  encoding: "gbk",
  title: null,
  columns: ["日期", "账户", "推广计划", "推广单元", "展现", "点击", "消费", "点击率", "平均点击价格"],
  ofCalendar: spends("baidu", 90, (of) => [
    ...[of.date, "xiaoguan-muying", of.campaign, "通用词", of.shown, of.clicks, yuan(of.spendFen)],
    ...[percent(of.clicks, of.shown), each(of.spendFen, of.clicks)],
  ]),
};
