import type { DeviceUnit } from "@stork/contract/devices.ts";
import { ownValue } from "../own-value.ts";

type Quantity = "volume" | "mass" | "temperature" | "length" | "share" | "duration";
interface Unit {
  quantity: Quantity;
  /** In the quantity's own unit: ml, g, °C, cm, %, s. */
  of: number;
  plus?: number;
}

const unit = (quantity: Quantity, of: number, plus = 0): Unit => ({ quantity, of, plus });
/** As devices write them, in small letters. */
const units: Readonly<Record<string, Unit>> = {
  ml: unit("volume", 1),
  毫升: unit("volume", 1),
  cc: unit("volume", 1),
  l: unit("volume", 1000),
  升: unit("volume", 1000),
  floz: unit("volume", 29.5735295625),
  "fl oz": unit("volume", 29.5735295625),
  mg: unit("mass", 0.001),
  g: unit("mass", 1),
  克: unit("mass", 1),
  kg: unit("mass", 1000),
  千克: unit("mass", 1000),
  公斤: unit("mass", 1000),
  斤: unit("mass", 500),
  oz: unit("mass", 28.349523125),
  lb: unit("mass", 453.59237),
  lbs: unit("mass", 453.59237),
  "°c": unit("temperature", 1),
  "℃": unit("temperature", 1),
  c: unit("temperature", 1),
  "°f": unit("temperature", 5 / 9, (-32 * 5) / 9),
  "℉": unit("temperature", 5 / 9, (-32 * 5) / 9),
  f: unit("temperature", 5 / 9, (-32 * 5) / 9),
  mm: unit("length", 0.1),
  cm: unit("length", 1),
  厘米: unit("length", 1),
  m: unit("length", 100),
  in: unit("length", 2.54),
  "%": unit("share", 1),
  ms: unit("duration", 0.001),
  s: unit("duration", 1),
  sec: unit("duration", 1),
  秒: unit("duration", 1),
  min: unit("duration", 60),
  分钟: unit("duration", 60),
  h: unit("duration", 3600),
  小时: unit("duration", 3600),
};

export const isUnit = (name: string): boolean => ownValue(units, name.trim().toLowerCase()) !== undefined;

const measured = /^\s*([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)\s*(\S.*?)?\s*$/;

/** A number, or text such as "120 ml", in the unit asked for; null when it is none or of another quantity. */
export function measure(
  value: unknown,
  to: DeviceUnit | undefined,
  sentIn: string | undefined,
): number | null {
  const [, digits, written] =
    typeof value === "number" ? ["", String(value), undefined] : (measured.exec(String(value)) ?? []);
  if (digits === undefined || (typeof value !== "number" && typeof value !== "string")) return null;
  const number = Number(digits);
  if (!Number.isFinite(number)) return null;
  if (to === undefined) return written === undefined ? number : null;
  const from = ownValue(units, (written ?? sentIn ?? to).trim().toLowerCase());
  const wanted = ownValue(units, to.toLowerCase());
  if (from === undefined || wanted === undefined || from.quantity !== wanted.quantity) return null;
  const own = number * from.of + (from.plus ?? 0);
  return Number(((own - (wanted.plus ?? 0)) / wanted.of).toPrecision(12));
}
