import { type Dimension, dimensions } from "@stork/contract/quality.ts";
import type { SupplierSheet, SupplierStatement, supplierDimensions } from "@stork/contract/suppliers.ts";
import { counted } from "./counted.ts";
import { meanOf } from "./score.ts";

export interface SupplierFacts {
  readonly records: number;
  readonly usable: number;
  /** Records that said again what was known. */
  readonly repeated: number;
  readonly dimensions: Readonly<Record<Dimension, number | null>>;
  /** Families it tells of, families other sources tell of, and those of both. */
  readonly mine: number;
  readonly others: number;
  readonly both: number;
}

type Score = SupplierSheet["scores"][number];

const names: Record<(typeof supplierDimensions)[number], Score["name"]> = {
  completeness: { zh: "完整性", en: "Completeness" },
  accuracy: { zh: "准确性", en: "Accuracy" },
  consistency: { zh: "一致性", en: "Consistency" },
  timeliness: { zh: "及时性", en: "Timeliness" },
  uniqueness: { zh: "唯一性", en: "Uniqueness" },
  lawfulness: { zh: "来源合法性", en: "Lawfulness of origin" },
  coverage: { zh: "对自有家庭的覆盖", en: "Coverage of own families" },
  price: { zh: "每条可用记录的价格", en: "Price per usable record" },
};

/** Marks a supplier in eight dimensions: six measured from what its source brought, two resting on what people state. */
export function scoreSupplier(
  facts: SupplierFacts,
  statement: SupplierStatement | null,
): Pick<SupplierSheet, "scores" | "total" | "overlap" | "pricePerUsableFen"> {
  const { records, usable, repeated, mine, others, both } = facts;
  const some = records > 0;
  const paid = statement?.paidFen ?? null;
  const pricePerUsableFen = paid === null || usable === 0 ? null : paid / usable;
  const measured = (dimension: Score["dimension"], score: number | null, zh: string, en: string): Score => ({
    ...{ dimension, name: names[dimension], score, from: "measured" as const },
    basis: { zh, en },
  });
  const answers = Object.values(statement?.lawfulness ?? {});
  const yes = answers.filter((answer) => answer === true).length;
  const fair = statement?.fairPriceFen ?? 100;
  const scores: Score[] = [
    ...dimensions.map((dimension) =>
      measured(
        dimension,
        some ? facts.dimensions[dimension] : null,
        `按近 12 个月 ${records} 条记录`,
        `Over ${counted(records, "record")} of the last 12 months`,
      ),
    ),
    measured(
      "uniqueness",
      some ? 100 * (1 - repeated / (records + repeated)) : null,
      `${repeated} 条重复`,
      `${repeated} repeated`,
    ),
    {
      ...{ dimension: "lawfulness", name: names.lawfulness, from: "stated" },
      score: statement === null ? null : (100 * yes) / Math.max(1, answers.length),
      basis: {
        zh: `${answers.length} 项中 ${yes} 项有据（不知道按没有算）`,
        en: `${yes} of ${answers.length} answered yes; unknown counts as no`,
      },
    },
    measured(
      "coverage",
      mine === 0 || others === 0 ? null : (100 * both) / others,
      `提供 ${mine} 个家庭，其中 ${both} 个已知于其他来源的 ${others} 个家庭`,
      `Tells of ${counted(mine, "family", "families")}; ${both} of them among the ${others} known from elsewhere`,
    ),
    {
      ...{ dimension: "price", name: names.price, from: "stated" },
      score: pricePerUsableFen === null ? null : (100 * fair) / (fair + pricePerUsableFen),
      basis: {
        zh:
          pricePerUsableFen === null
            ? paid === null
              ? "未填写付款金额"
              : "近 12 个月没有可用的记录"
            : `每条可用记录 ${(pricePerUsableFen / 100).toFixed(2)} 元；${(fair / 100).toFixed(2)} 元得 50 分`,
        en:
          pricePerUsableFen === null
            ? paid === null
              ? "What was paid is not stated"
              : "No usable record in the last 12 months"
            : `¥${(pricePerUsableFen / 100).toFixed(2)} a usable record; ¥${(fair / 100).toFixed(2)} earns 50`,
      },
    },
  ];
  const overlap = mine === 0 ? null : both / mine;
  return { scores, total: meanOf(scores.map(({ score }) => score)), overlap, pricePerUsableFen };
}
