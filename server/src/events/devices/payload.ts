import type { DeviceTopic } from "@stork/contract/devices.ts";
import type { RefusedDevice } from "../refused-devices.ts";

/** A message taken apart, as far as its format goes. */
export interface Parts {
  topic: string;
  levels: Readonly<Record<string, string>>;
  /** JSON's value, the number, the text. */
  payload: unknown;
  fields: Readonly<Record<string, number>>;
}

const longest = 32 * 1024;
const utf8 = new TextDecoder("utf-8", { fatal: true });

export function readPayload(
  { format, fields }: Pick<DeviceTopic, "format" | "fields">,
  bytes: Buffer,
): Pick<Parts, "payload" | "fields"> | RefusedDevice {
  if (bytes.length > longest) return "device/too-large";
  if (format === "bytes") return readBytes(fields, bytes);
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return "device/not-text";
  }
  if (format === "text") return { payload: text, fields: {} };
  if (format === "number")
    return /^\s*[+-]?\.?\d/.test(text) ? { payload: text.trim(), fields: {} } : "device/not-a-number";
  try {
    return { payload: JSON.parse(text), fields: {} };
  } catch {
    return "device/not-json";
  }
}

const sizes = {
  uint8: 1,
  int8: 1,
  uint16: 2,
  int16: 2,
  uint32: 4,
  int32: 4,
  float32: 4,
  float64: 8,
} as const;

function readBytes(
  table: DeviceTopic["fields"],
  bytes: Buffer,
): Pick<Parts, "payload" | "fields"> | RefusedDevice {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const fields: Record<string, number> = {};
  for (const { name, at, type, endian, scale } of table) {
    if (at + sizes[type] > bytes.length) return "device/too-short";
    const read = numberAt(view, at, type, endian === "little");
    if (!Number.isFinite(read)) return "device/not-a-number";
    fields[name] = scale === 1 ? read : Number((read * scale).toPrecision(12));
  }
  return { payload: bytes.toString("base64"), fields };
}

function numberAt(view: DataView, at: number, type: keyof typeof sizes, little: boolean): number {
  const readers = {
    uint8: () => view.getUint8(at),
    int8: () => view.getInt8(at),
    uint16: () => view.getUint16(at, little),
    int16: () => view.getInt16(at, little),
    uint32: () => view.getUint32(at, little),
    int32: () => view.getInt32(at, little),
    float32: () => view.getFloat32(at, little),
    float64: () => view.getFloat64(at, little),
  } as const;
  return readers[type]();
}
