import type { Stage } from "@stork/contract/catalog.ts";
import { theme as antTheme, type ThemeConfig } from "antd";

/** The one place where colours, sizes and fonts are decided. CSS reads them as custom properties (see `cssTokens`). */
export type Scheme = "light" | "dark";

const fonts =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", Roboto, "Helvetica Neue", Arial, sans-serif';
const monoFonts = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Noto Sans Mono CJK SC", monospace';

/** Stages in the five groups that share a colour wherever they appear. */
export type StageGroup = "pregnancy" | "0-6" | "6-12" | "12-24" | "24-72";
export const stageGroups = {
  trying: "pregnancy",
  "pregnancy-1": "pregnancy",
  "pregnancy-2": "pregnancy",
  "pregnancy-3": "pregnancy",
  "0-1": "0-6",
  "1-3": "0-6",
  "3-6": "0-6",
  "6-12": "6-12",
  "12-24": "12-24",
  "24-36": "24-72",
  "36-72": "24-72",
} as const satisfies Record<Stage, StageGroup>;

interface Palette {
  canvas: string;
  surface: string;
  raised: string;
  sunken: string;
  line: string;
  lineSoft: string;
  text: string;
  textSoft: string;
  textFaint: string;
  accent: string;
  accentText: string;
  accentSoft: string;
  onAccent: string;
  compare: string;
  good: string;
  bad: string;
  warn: string;
  warnSoft: string;
  badSoft: string;
  goodSoft: string;
  shadow: string;
  stages: Record<StageGroup, { solid: string; soft: string; text: string }>;
  series: readonly string[];
}

const light: Palette = {
  canvas: "#f8f7f4",
  surface: "#ffffff",
  raised: "#ffffff",
  sunken: "#f3f1ec",
  line: "#e4e1da",
  lineSoft: "#efece6",
  text: "#24221e",
  textSoft: "#5f5b53",
  textFaint: "#69645b",
  accent: "#0f766e",
  accentText: "#0b655e",
  accentSoft: "#e3f2ef",
  onAccent: "#ffffff",
  compare: "#b9b4a9",
  good: "#2f7d4f",
  bad: "#b3402e",
  warn: "#96620a",
  warnSoft: "#fbf1dc",
  badSoft: "#faeae6",
  goodSoft: "#e6f3ea",
  shadow: "0 1px 2px rgb(36 34 30 / 4%), 0 1px 6px rgb(36 34 30 / 4%)",
  stages: {
    pregnancy: { solid: "#bb6f9f", soft: "#f8ebf3", text: "#8a3f6f" },
    "0-6": { solid: "#dba334", soft: "#fbf1dc", text: "#835807" },
    "6-12": { solid: "#4f9fcf", soft: "#e6f2f9", text: "#1f638f" },
    "12-24": { solid: "#4a9c74", soft: "#e5f3ec", text: "#236747" },
    "24-72": { solid: "#6670b8", soft: "#ebecf7", text: "#434c96" },
  },
  series: ["#0f766e", "#dba334", "#6670b8", "#bb6f9f", "#4f9fcf", "#8a857c"],
};

const dark: Palette = {
  canvas: "#161513",
  surface: "#1d1c19",
  raised: "#252420",
  sunken: "#191815",
  line: "#38352f",
  lineSoft: "#2a2824",
  text: "#edebe6",
  textSoft: "#b5b0a6",
  textFaint: "#9d988e",
  accent: "#3dbbaa",
  accentText: "#5ccfbf",
  accentSoft: "#15332f",
  onAccent: "#06211d",
  compare: "#5f5b53",
  good: "#6cc08c",
  bad: "#ee8a78",
  warn: "#e0b25a",
  warnSoft: "#332a17",
  badSoft: "#3a211c",
  goodSoft: "#1c3024",
  shadow: "0 1px 2px rgb(0 0 0 / 30%)",
  stages: {
    pregnancy: { solid: "#c77eac", soft: "#382634", text: "#e9b3d3" },
    "0-6": { solid: "#dcab4c", soft: "#352b18", text: "#efca83" },
    "6-12": { solid: "#5ea9d6", soft: "#1b2d39", text: "#9fd0ee" },
    "12-24": { solid: "#58ad84", soft: "#1b3127", text: "#96d6b6" },
    "24-72": { solid: "#7d87cc", soft: "#262a41", text: "#b9c0ee" },
  },
  series: ["#3dbbaa", "#dcab4c", "#7d87cc", "#c77eac", "#5ea9d6", "#a8a49b"],
};

export const palettes: Record<Scheme, Palette> = { light, dark };

/** Ant Design's tokens, from the same palette. */
export function antdTheme(scheme: Scheme, motion: boolean): ThemeConfig {
  const p = palettes[scheme];
  return {
    algorithm: scheme === "dark" ? antTheme.darkAlgorithm : antTheme.defaultAlgorithm,
    token: {
      colorPrimary: p.accent,
      colorLink: p.accentText,
      colorInfo: p.accent,
      colorSuccess: p.good,
      colorWarning: p.warn,
      colorError: p.bad,
      colorBgLayout: p.canvas,
      colorBgContainer: p.surface,
      colorBgElevated: p.raised,
      colorBorder: p.line,
      colorBorderSecondary: p.lineSoft,
      colorText: p.text,
      colorTextSecondary: p.textSoft,
      colorTextTertiary: p.textFaint,
      colorTextPlaceholder: p.textFaint,
      colorTextDescription: p.textSoft,
      borderRadius: 8,
      borderRadiusLG: 12,
      borderRadiusSM: 6,
      fontFamily: fonts,
      fontFamilyCode: monoFonts,
      fontSize: 14,
      controlHeight: 34,
      lineHeight: 1.6,
      motion,
      motionDurationSlow: "0.18s",
      motionDurationMid: "0.14s",
      motionDurationFast: "0.08s",
    },
    components: {
      Button: { primaryShadow: "none", defaultShadow: "none", primaryColor: p.onAccent, fontWeight: 500 },
      Table: {
        headerBg: p.surface,
        headerColor: p.textSoft,
        headerSplitColor: "transparent",
        rowHoverBg: p.sunken,
        cellPaddingBlock: 10,
        borderColor: p.lineSoft,
      },
      Card: { headerFontSize: 14, bodyPadding: 20 },
      Segmented: { trackBg: p.sunken, itemSelectedBg: p.raised },
      Tag: { defaultBg: p.sunken, defaultColor: p.textSoft },
      Tooltip: { colorBgSpotlight: scheme === "dark" ? "#3b3833" : "#34312c" },
      Tabs: { horizontalItemPadding: "10px 0" },
      Statistic: { contentFontSize: 24 },
    },
  };
}

/** The palette as CSS custom properties, for our own style sheets. */
export function cssTokens(scheme: Scheme): Record<string, string> {
  const p = palettes[scheme];
  const tokens: Record<string, string> = { "--font": fonts, "--mono": monoFonts };
  for (const [name, value] of Object.entries(p)) {
    if (typeof value === "string")
      tokens[`--${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`] = value;
  }
  for (const [group, colours] of Object.entries(p.stages)) {
    tokens[`--stage-${group}`] = colours.solid;
    tokens[`--stage-${group}-soft`] = colours.soft;
    tokens[`--stage-${group}-text`] = colours.text;
  }
  return tokens;
}
