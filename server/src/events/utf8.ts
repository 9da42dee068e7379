/** A text as it stands in bytes: what is only handed on, to an engine, need not be made a string and bytes again. */
export interface Utf8 {
  readonly bytes: Buffer;
  readonly from: number;
  readonly to: number;
}

export type Text = string | Utf8;

export const textOf = (text: Text): string =>
  typeof text === "string" ? text : text.bytes.toString("utf8", text.from, text.to);
