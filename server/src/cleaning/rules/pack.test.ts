import { expect, test } from "vitest";
import type { RuleContext } from "../rule.ts";
import { pack } from "./pack.ts";

const context: RuleContext = { zone: "Asia/Shanghai", now: Date.UTC(2026, 10, 22) };
const read = (written: string, more: Partial<RuleContext> = {}): string => {
  const cleaned = pack.clean(written, { ...context, ...more });
  if ("unreadable" in cleaned) return `unreadable ${cleaned.unreadable}`;
  const marks = (cleaned.marks ?? []).join(" ");
  return pack.show(cleaned.value, context) + (marks === "" ? "" : ` [${marks}]`);
};

test.each([
  ["900g×6", "900g×6"],
  ["900g*6罐", "900g×6"],
  ["900克 X 6", "900g×6"],
  ["飞鹤星飞帆3段婴儿配方奶粉900g*6罐", "900g×6 3段"],
  ["爱他美卓萃 三段 800g 单罐", "800g 3段"],
  ["惠氏启赋3段 12-36个月 810g 三罐装", "810g×3 3段 12-36个月"],
  ["美赞臣 PRE段 400g", "400g PRE段"],
  ["1.2kg*2", "1200g×2"],
  ["200ml×12盒", "200ml×12"],
  ["1L装", "1000ml"],
  ["帮宝适一级帮 NB84片", "84片 NB码"],
  ["花王妙而舒L码54片×4包", "54片×4 L码"],
  ["好奇 金装 XXL28片", "28片 XXL码"],
  ["拉拉裤 2XL 30片", "30片 XXL码"],
  ["新生儿码 66片", "66片 NB码"],
  ["连体衣 66码", "66cm"],
  ["童装 T恤 110cm", "110cm"],
  ["米粉 6-12个月 3盒装", "3罐 6-12个月"],
  ["磨牙棒 1-3岁", "12-36个月"],
  ["4段", "4段"],
  ["3罐装", "3罐"],
  ["婴儿车", "unreadable no-pack"],
  ["iPhone 15", "unreadable no-pack"],
])("%s is %s", (written, becomes) => expect(read(written)).toBe(becomes));
