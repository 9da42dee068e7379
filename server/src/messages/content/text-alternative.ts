const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  "#39": "'",
  "#34": '"',
  nbsp: " ",
  copy: "©",
  middot: "·",
};

/** The plain-text form of an HTML message, for readers and programs that show no HTML. */
export function textOf(html: string): string {
  const text = html
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<(head|style|script|title)\b[^>]*>[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/\s+/g, " ")
    .replace(/<a\b[^>]*\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')[^>]*>([^<]*(?:<(?!\/a)[^<]*)*)<\/a\s*>/gi, link)
    .replace(/<img\b[^>]*\balt\s*=\s*"([^"]*)"[^>]*>/gi, "$1")
    .replace(/<li\b[^>]*>/gi, "\n- ")
    .replace(/<(br|hr)\b[^>]*>/gi, "\n")
    .replace(/<\/(p|div|h[1-6]|table|ul|ol|section|blockquote)\s*>/gi, "\n\n")
    .replace(/<\/(tr|li)\s*>/gi, "\n")
    .replace(/<\/t[dh]\s*>/gi, " ")
    .replace(/<[^>]*>/g, "")
    .replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole);
  return text
    .split("\n")
    .map((line) => line.replace(/ +/g, " ").trim())
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function link(_: string, double: string | undefined, single: string | undefined, label: string): string {
  const url = double ?? single ?? "";
  const words = label.replace(/<[^>]*>/g, "").trim();
  return words === "" || /^https?:\/\//i.test(words) ? url : `${words} ( ${url} )`;
}
