import type { Preset } from "./preset.ts";
import { aliMumBaby } from "./presets/ali-mum-baby.ts";
import { baidu } from "./presets/baidu.ts";
import { crmMembers } from "./presets/crm-members.ts";
import { douyin } from "./presets/douyin.ts";
import { erp } from "./presets/erp.ts";
import { jd } from "./presets/jd.ts";
import { oceanEngine } from "./presets/ocean-engine.ts";
import { orders } from "./presets/orders.ts";
import { pinduoduo } from "./presets/pinduoduo.ts";
import { pos } from "./presets/pos.ts";
import { service } from "./presets/service.ts";
import { spend } from "./presets/spend.ts";
import { tencentAds } from "./presets/tencent-ads.ts";
import { tmall } from "./presets/tmall.ts";
import { wechatShop } from "./presets/wechat-shop.ts";
import { xiaohongshu } from "./presets/xiaohongshu.ts";
import { youzan } from "./presets/youzan.ts";

export const presets = {
  tmall,
  jd,
  pinduoduo,
  douyin,
  youzan,
  "wechat-shop": wechatShop,
  pos,
  "crm-members": crmMembers,
  erp,
  service,
  "ocean-engine": oceanEngine,
  "tencent-ads": tencentAds,
  xiaohongshu,
  baidu,
  spend,
  "ali-mum-baby": aliMumBaby,
  orders,
} as const satisfies Record<string, Preset>;

export type PresetId = keyof typeof presets;

/** undefined for a name that is none; also for those every object has, such as `constructor`. */
export const presetOf = (id: string): Preset | undefined =>
  Object.hasOwn(presets, id) ? presets[id as PresetId] : undefined;
