import type { Mail } from "./messages-world.ts";

/** The letter as its reader sees it: transfer encodings undone, all parts one after another. */
export function letterOf({ raw }: Mail): string {
  const parts = [
    ...raw.matchAll(
      /^Content-Transfer-Encoding: ([\w-]+)[\s\S]*?\r?\n\r?\n([\s\S]*?)(?=\r?\n--|$(?![\s\S]))/gim,
    ),
  ];
  const decoded = parts.map(([, encoding = "", body = ""]) => {
    if (/base64/i.test(encoding)) return Buffer.from(body, "base64").toString();
    return /quoted/i.test(encoding) ? unquoted(body) : body;
  });
  return decoded.length === 0 ? unquoted(raw) : decoded.join("\n");
}

function unquoted(text: string): string {
  const bytes = text
    .replace(/=\r?\n/g, "")
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString();
}

/** The path of the tracked (t) or the unsubscribing (u) link in a letter. */
export const linkIn = (mail: Mail, kind: "t" | "u"): string => {
  const found = letterOf(mail).match(new RegExp(`/${kind}/[\\w-]{23}`))?.[0];
  if (found === undefined) throw new Error(`no /${kind}/ link in the letter to ${mail.to}`);
  return found;
};
