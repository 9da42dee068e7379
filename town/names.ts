import { type Chance, pick, spin, wheelOf, yes } from "./chance.ts";

/** The commonest surnames with their shares of the population in tenths of a per cent, rounded. */
const surnames = wheelOf(
  Object.entries({
    王: 72,
    李: 72,
    张: 68,
    刘: 54,
    陈: 46,
    杨: 31,
    黄: 25,
    赵: 23,
    吴: 20,
    周: 19,
    徐: 14,
    孙: 14,
    马: 13,
    朱: 13,
    胡: 12,
    郭: 12,
    何: 11,
    林: 11,
    高: 10,
    罗: 10,
    郑: 9,
    梁: 9,
    谢: 8,
    宋: 7,
    唐: 7,
    许: 6,
    韩: 6,
    邓: 6,
    冯: 6,
    曹: 6,
    彭: 6,
    曾: 5,
    肖: 5,
    田: 5,
    董: 5,
    潘: 5,
    袁: 5,
    蔡: 5,
    蒋: 5,
    余: 5,
    于: 4,
    杜: 4,
    叶: 4,
    程: 4,
    魏: 4,
    苏: 4,
    吕: 4,
    丁: 4,
    任: 4,
    卢: 4,
    姚: 4,
    沈: 4,
    钟: 4,
    姜: 3,
    崔: 3,
    谭: 3,
    陆: 3,
    范: 3,
    汪: 3,
    廖: 3,
    石: 3,
    金: 3,
    韦: 3,
    贾: 3,
    夏: 3,
    付: 3,
    方: 3,
    邹: 3,
    熊: 3,
    白: 3,
    孟: 3,
    秦: 3,
    邱: 2,
    侯: 2,
    江: 2,
    尹: 2,
    薛: 2,
    欧阳: 1,
    上官: 0.3,
    司马: 0.3,
  }),
  ([, share]) => share,
);

const women = [..."婷雪敏静丽娟艳芳娜洁琳倩颖佳怡欣慧莹蕾丹晶璐瑶玲萍梦思雅涵媛妍晓燕红霞梅云秀"];
const men = [..."伟强磊军勇杰涛超明刚平辉鹏浩斌波凯宇俊飞健峰晨龙博亮昊坤志建国"];
const children = [..."梓涵子轩雨泽宇沐辰诗一诺奕可欣浩然若曦予安知夏星语晨朵果米乐悦桐言"];
const elders = [..."桂兰秀英玉珍淑华凤莲素琴月娥春梅香菊"];
const given = { mother: women, father: men, grandmother: elders, child: children } as const;

export const surnameOf = (chance: Chance): string => spin(chance, surnames)[0];

/** A given name of one or two characters; one in four has one. */
export function givenNameOf(chance: Chance, role: keyof typeof given): string {
  const pool = given[role];
  return yes(chance, 0.25) ? pick(chance, pool) : pick(chance, pool) + pick(chance, pool);
}

const pets = [
  "果果",
  "糖糖",
  "豆豆",
  "米粒",
  "团子",
  "小鱼",
  "朵朵",
  "年糕",
  "安安",
  "可乐",
  "汤圆",
  "布丁",
  "元宝",
  "西西",
  "嘟嘟",
  "麦子",
];

/** What a family calls the baby, and what it states to a shop. */
export const petNameOf = (chance: Chance): string => pick(chance, pets);
