import { purchases, stock } from "./brand/goods.ts";
import { members } from "./brand/members.ts";
import { baidu, oceanEngine, redAds, tencentAds } from "./brand/spend.ts";
import { reviews, survey, tickets } from "./brand/words.ts";
import type { BrandFile } from "./brand-file.ts";

/** What the brand's own systems and the advertising platforms export, each list whole. */
export const brandFiles: readonly BrandFile[] = [
  members,
  tickets,
  reviews,
  survey,
  stock,
  purchases,
  oceanEngine,
  tencentAds,
  redAds,
  baidu,
];
