import { chanceOf } from "../chance.ts";
import { mojibake } from "../mojibake.ts";
import type { FeedFile } from "./files.ts";
import type { FeedEvent } from "./live.ts";

/** How a feed goes bad from a moment on. */
export type Breakage = {
  readonly kind: "stops" | "null-field" | "price-x100" | "gbk-damage";
  readonly from: number;
  readonly to?: number;
  /** For `null-field`: a property of events (default `total`) or a column of files (default 手机号). */
  readonly field?: string;
  /** Which share of the events or rows is hit: all, or three in ten of the damaged names, unless told. */
  readonly share?: number;
};

type Properties = Record<string, unknown>;

const isRecord = (value: unknown): value is Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Changes a property, and that of each product in it. */
function change(
  properties: Properties,
  names: readonly string[],
  by: (value: unknown) => unknown,
): Properties {
  const changed = Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [name, names.includes(name) ? by(value) : value]),
  );
  if (Array.isArray(changed["products"]))
    changed["products"] = changed["products"].map((one) => (isRecord(one) ? change(one, names, by) : one));
  return changed;
}

const prices = ["price", "total", "revenue", "value", "discount"];
const names = ["name", "brand", "city", "province"];
const times100 = (value: unknown): unknown =>
  typeof value === "number" ? Math.round(value * 1e4) / 100 : value;
const garbled = (value: unknown): unknown => (typeof value === "string" ? mojibake(value) : value);

function breakEvent(event: FeedEvent, { kind, field = "total" }: Breakage): FeedEvent | null {
  if (kind === "stops") return null;
  const { message } = event;
  const properties: Properties = message.properties ?? {};
  if (kind === "null-field" && !(field in properties) && field in (message.traits ?? {})) {
    const traits = { ...message.traits, [field]: null } as unknown as NonNullable<typeof message.traits>;
    return { ...event, message: { ...message, traits } };
  }
  const broken =
    kind === "null-field"
      ? change(properties, [field], () => null)
      : kind === "price-x100"
        ? change(properties, prices, times100)
        : change(properties, names, garbled);
  return message.properties ? { ...event, message: { ...message, properties: broken } } : event;
}

const hits = (at: number, { from, to = Number.POSITIVE_INFINITY }: Breakage): boolean =>
  at >= from && at < to;
const shareOf = ({ kind, share }: Breakage): number => share ?? (kind === "gbk-damage" ? 0.3 : 1);

/** The same feed, broken as told from `from` on. */
export function* brokenEvents(
  events: Iterable<FeedEvent>,
  breakage: Breakage,
): Generator<FeedEvent, void, undefined> {
  const chance = chanceOf("breakage", breakage.kind, breakage.from);
  const share = shareOf(breakage);
  for (const event of events) {
    const broken = hits(event.receivedAt, breakage) && chance() < share ? breakEvent(event, breakage) : event;
    if (broken !== null) yield broken;
  }
}

const priceColumns = ["单价", "订单优惠金额", "订单实付金额"];
const nameColumns = ["商品标题", "收货人", "省份", "城市", "区县"];

function breakCell(cell: string, column: string, { kind, field = "手机号" }: Breakage): string {
  if (kind === "null-field") return column === field ? "" : cell;
  if (kind === "price-x100") return priceColumns.includes(column) ? (Number(cell) * 100).toFixed(2) : cell;
  return nameColumns.includes(column) ? mojibake(cell) : cell;
}

/** The same files, those delivered from `from` on broken as told. */
export function* brokenFiles(
  files: Iterable<FeedFile>,
  breakage: Breakage,
): Generator<FeedFile, void, undefined> {
  const chance = chanceOf("breakage", breakage.kind, breakage.from);
  const share = shareOf(breakage);
  for (const file of files) {
    if (!hits(file.deliveredAt, breakage)) {
      yield file;
      continue;
    }
    if (breakage.kind === "stops") continue;
    const rows = file.rows.map((row) =>
      chance() < share ? row.map((cell, i) => breakCell(cell, file.columns[i] ?? "", breakage)) : row,
    );
    yield { ...file, rows };
  }
}
