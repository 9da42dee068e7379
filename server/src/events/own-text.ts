/** A piece of a text keeps the whole of it alive (a file's last megabyte, a delivery): what is remembered is copied. */
export const ownText = (text: string): string =>
  text.length < 13 ? text : Buffer.from(text, "utf16le").toString("utf16le");
