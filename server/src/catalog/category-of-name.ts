import type { Category } from "@stork/contract/catalog.ts";

/**
 * The words that name a category in the titles of mother-and-baby shops, most telling first: a title names the use
 * ("宝宝洗衣液 纸尿裤伴侣") besides the thing, so what is specific is asked before what is common. Simplified Chinese.
 */
const words: readonly (readonly [RegExp, Category])[] = [
  [/孕妇奶粉|妈妈奶粉|产妇|孕妇|孕期|孕产|哺乳|吸奶器|待产包|防溢乳|月子|妊娠|叶酸|托腹|产褥/, "maternity"],
  [/纸尿裤|尿不湿|拉拉裤|尿片|学步裤|成长裤|尿裤|隔尿垫|diaper|nappy|pull-?ups/i, "diapers"],
  [/米粉|辅食|果泥|肉泥|菜泥|泡芙|溶豆|磨牙饼|磨牙棒|米饼|面条|粥|果汁泥|肉酥|鱼酥|puree|cereal/i, "food"],
  [/奶粉|配方奶|羊奶|水奶|液态奶|infant formula|milk powder|formula/i, "formula"],
  [/玩具|积木|拼图|摇铃|布书|早教机|牙胶|爬行垫|健身架|娃娃|绘本|toy|puzzle|blocks/i, "toys"],
  [
    /童装|连体衣|爬服|哈衣|包屁衣|婴儿服|肚兜|抱被|睡袋|童鞋|学步鞋|套装|T恤|羽绒服|外套|裤子|裙|内衣|romper|onesie/i,
    "clothing",
  ],
];

/** Which of the six categories a product's title names; undefined when none. */
export function categoryOfName(name: string): Category | undefined {
  if (name === "") return undefined;
  const known = remembered.get(name);
  if (known !== undefined) return known === none ? undefined : known;
  const found = words.find(([form]) => form.test(name))?.[1];
  // Titles repeat by the thousand in a shop's orders.
  if (remembered.size > 20_000) remembered.clear();
  remembered.set(name, found ?? none);
  return found;
}

const none = "none";
const remembered = new Map<string, Category | typeof none>();
