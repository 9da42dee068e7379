/** What a request of the Sensors protocol carries, from its query or its form. */
export interface Envelope {
  /** As it was written: base64, perhaps of gzip. */
  text: string;
  gzip: boolean;
  /** The checksum the sender gives of `text`. */
  crc: number | null;
  token: string | null;
}

export type Trouble = "no-data" | "bad-checksum" | "encrypted" | "not-base64";

/** Query first: that is where SDKs put the project and the token, also when they post. */
export function readEnvelope(query: URLSearchParams, form: URLSearchParams | null): Envelope | Trouble {
  const value = (name: string): string | null => form?.get(name) ?? query.get(name);
  const written = value("data_list") ?? value("data");
  if (written === null || written === "") return "no-data";
  // A plus that was not escaped arrives as a space.
  const text = written.replaceAll(" ", "+");
  const gzip = value("gzip");
  // 9: sealed by the SDK's encryption plug-in for a server that holds the key.
  if (gzip === "9") return "encrypted";
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(text.replaceAll(/[\r\n]/g, ""))) return "not-base64";
  const crc = value("crc") ?? /(?:^|&)crc=(-?\d+)/.exec(value("ext") ?? "")?.[1] ?? null;
  const stated = crc === null || crc === "" ? null : Number(crc);
  if (stated !== null && stated !== checksum(text)) return "bad-checksum";
  const token = query.get("token") ?? form?.get("token") ?? null;
  return { text, gzip: gzip === "1", crc: stated, token };
}

/** Java's String.hashCode, which every SDK computes over the base64 text. */
function checksum(text: string): number {
  let sum = 0;
  for (let i = 0; i < text.length; i += 1) sum = (Math.imul(sum, 31) + text.charCodeAt(i)) | 0;
  return sum;
}
