import type { Category } from "@stork/contract/catalog.ts";
import { type Chance, pick, yes } from "../chance.ts";

const praise: Record<Category, readonly string[]> = {
  formula: ["宝宝很爱喝，不上火", "溶解快，没有结块", "喝了便便正常，会回购", "日期很新鲜"],
  diapers: ["很柔软，不红屁股", "吸水量大，一整夜不漏", "腰围合适，不勒肉", "性价比很高，一直在买"],
  clothing: ["面料很软，洗了不变形", "颜色好看，尺码标准", "做工细致没有线头"],
  toys: ["宝宝玩得停不下来", "木头打磨得很光滑", "颜色鲜艳，锻炼动手能力"],
  maternity: ["很贴心，待产时都用上了", "面料舒服，孕期穿着不勒", "没有异味，放心"],
  food: ["宝宝很爱吃，配料干净", "细腻好冲，没有颗粒", "独立包装，外出方便"],
};
const blame: Record<Category, readonly string[]> = {
  formula: ["罐子磕瘪了，客服处理慢", "宝宝喝了有点便秘", "价格涨了不少"],
  diapers: ["偏薄，晚上会漏", "有点红屁股，换了别的", "尺码偏小，建议买大一码"],
  clothing: ["偏小一码，退了", "洗一次就起球", "有点味道"],
  toys: ["零件太小，不太放心", "有一块掉漆", "没玩几天就不响了"],
  maternity: ["尺码不准", "味道有点大", "物流太慢，快生了才到"],
  food: ["太甜了，宝宝不喜欢", "口感太干了", "有点硬，不好嚼"],
};
const delivery = ["物流很快", "包装完好", "物流太慢了", "客服态度好"];

export function reviewOf(chance: Chance, category: Category): { rating: number; text: string } {
  const good = yes(chance, 0.86);
  const text = pick(chance, (good ? praise : blame)[category]);
  const rating = good ? (yes(chance, 0.8) ? 5 : 4) : pick(chance, [1, 2, 3]);
  return { rating, text: yes(chance, 0.35) ? `${text}，${pick(chance, delivery)}` : text };
}
