import type { Platform } from "./columns.ts";
import { douyin } from "./platforms/douyin.ts";
import { jd } from "./platforms/jd.ts";
import { pinduoduo } from "./platforms/pinduoduo.ts";
import { pos } from "./platforms/pos.ts";
import { tmall } from "./platforms/tmall.ts";
import { wechat } from "./platforms/wechat.ts";
import { youzan } from "./platforms/youzan.ts";
import type { PlatformId } from "./shop-order.ts";

/**
 * The shops' own exports, by the column names that their public help pages and users' programs show. Written down here
 * by itself, apart from what the importer expects, so that the two can disagree.
 */
export const platforms = { tmall, jd, pinduoduo, douyin, youzan, wechat, pos } as const satisfies {
  [Id in PlatformId]: (Platform & { id: Id }) | Platform;
};
