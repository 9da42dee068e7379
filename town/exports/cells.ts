import { shopTimeOf } from "../calendar.ts";
import { type Chance, pick, yes } from "../chance.ts";
import { lostText, mojibake } from "../mojibake.ts";
import type { CellKind, FileKind } from "./columns.ts";
import { dirtRates } from "./dirt.ts";

/** How one file was written: as the platform does, or as another program left it. */
export type FileForm = {
  readonly dates: "dashes" | "slashes" | "words" | "iso" | "serial";
  readonly money: "yuan" | "fen";
  /** Two exports pasted together: an empty row and the header once more in the middle. */
  readonly pasted: boolean;
};

/** In a file of GBK this becomes the first byte of a character whose second was lost. */
export const cutCharacter = "\u0003";

/** In a spreadsheet these cells are numbers and dates, not text. */
export const numberCell = "\u0001";
export const dateCell = "\u0002";

const fullWidth = (text: string): string =>
  text.replace(/[0-9.]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));

const slashed = (time: string): string => {
  const [, year, month, day, hour, rest] = /^(\d+)-(\d+)-(\d+) (\d+)(.*)$/.exec(time) ?? [];
  return `${year}/${Number(month)}/${Number(day)} ${Number(hour)}${rest}`;
};
const worded = (time: string): string => {
  const [, year, month, day, rest] = /^(\d+)-(\d+)-(\d+) (.*)$/.exec(time) ?? [];
  return `${year}年${Number(month)}月${Number(day)}日 ${rest}`;
};

/** Days since 1899-12-30 in Shanghai time, as spreadsheets count, to the second. */
const serialOf = (ms: number): string => ((Math.floor(ms / 1000) + 8 * 3600) / 86_400 + 25_569).toFixed(9);

/** Every form keeps the second. */
function time(ms: number, form: FileForm["dates"]): string {
  const text = shopTimeOf(Math.floor(ms / 1000) * 1000);
  if (form === "slashes") return slashed(text);
  if (form === "words") return worded(text);
  if (form === "iso") return `${text.replace(" ", "T")}+08:00`;
  return form === "serial" ? dateCell + serialOf(ms) : text;
}

function dirtyTime(ms: number, form: FileForm["dates"], chance: Chance | null): string {
  if (form === "serial" || !chance || !yes(chance, dirtRates.dateForm)) return time(ms, form);
  return time(ms, pick(chance, ["slashes", "words", "iso"] as const));
}

function money(fen: number, { format, encoding }: FileKind, form: FileForm, chance: Chance | null): string {
  const text = form.money === "fen" ? String(fen) : (fen / 100).toFixed(2);
  if (chance && yes(chance, dirtRates.fullWidth)) return fullWidth(text);
  if (chance && form.money === "yuan" && yes(chance, dirtRates.moneyForm)) {
    const grouped = text.replace(/\B(?=(\d{3})+(?=\.))/g, ",");
    // GBK has the wide sign alone.
    const sign = encoding === "gbk" ? "￥" : "¥";
    return pick(chance, [`${sign}${text}`, `￥${grouped}`, `${text}元`, `${grouped} `]);
  }
  return format === "xlsx" ? numberCell + text : text;
}

function count(value: number, { format }: FileKind, chance: Chance | null): string {
  if (chance && yes(chance, dirtRates.fullWidth)) return fullWidth(String(value));
  return format === "xlsx" ? numberCell + value : String(value);
}

function phone(text: string, { serial }: FileKind, chance: Chance | null): string {
  if (text === "") return "";
  if (chance && yes(chance, dirtRates.fullWidth)) return fullWidth(text);
  if (chance && !text.includes("*") && yes(chance, dirtRates.phoneForm)) {
    const parts = [text.slice(0, 3), text.slice(3, 7), text.slice(7)];
    return pick(chance, [`+86${text}`, `86-${text}`, parts.join(" "), parts.join("-"), ` ${text}`]);
  }
  // Tmall marks phones as text, so that a spreadsheet leaves them alone.
  return serial === "formula" ? `'${text}` : text;
}

function serial(text: string, style: FileKind["serial"]): string {
  if (style === "formula") return `="${text}"`;
  return style === "tab-before" ? `\t${text}` : style === "tab-after" ? `${text}\t` : text;
}

/** Names, places and titles: what an order's truth does not need, and so may be lost. */
function words(text: string, kind: CellKind, { encoding }: FileKind, chance: Chance | null): string {
  if (!chance || text === "") return text;
  if (yes(chance, dirtRates.damaged)) {
    const dice = chance();
    if (dice < 0.34 && encoding === "gbk") return text.slice(0, -1) + cutCharacter;
    return dice < 0.67 ? mojibake(text) : lostText(text);
  }
  if (kind !== "title" && yes(chance, dirtRates.left)) return "";
  return yes(chance, dirtRates.blanksAround) ? ` ${text}　` : text;
}

/** A cell as the file has it; with a chance, as it came out of the hands of people and programs. */
export function cellOf(
  value: string | number | null,
  kind: CellKind,
  file: FileKind,
  form: FileForm,
  chance: Chance | null,
): string {
  if (value === null) return "";
  if (kind === "time") return dirtyTime(value as number, form.dates, chance);
  if (kind === "money") return money(value as number, file, form, chance);
  if (kind === "count") return count(value as number, file, chance);
  const text = String(value);
  if (kind === "serial") return text === "" ? "" : serial(text, file.serial);
  if (kind === "phone") return phone(text, file, chance);
  return kind === "plain" ? text : words(text, kind, file, chance);
}

/** The header of a column: money in fen says so. */
export const headerOf = (name: string, kind: CellKind, form: FileForm): string =>
  kind === "money" && form.money === "fen" ? `${name.trim().replace(/\(元\)$/, "")}(分)` : name;
