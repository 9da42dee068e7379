import type { ConsentText } from "@stork/contract/privacy.ts";

/** The day up to which a yes counts: the first that any text after the one agreed to gave. Texts all ask again. */
export function countsUntil(
  texts: readonly Pick<ConsentText, "version" | "from" | "againUntil">[],
  { version, at }: { version: number | null; at: Date },
): string {
  const later = texts.filter((text) =>
    version === null ? text.from !== null && new Date(text.from) > at : text.version > version,
  );
  return later.reduce((first, { againUntil }) => {
    const day = againUntil ?? first;
    return first === "" || day < first ? day : first;
  }, "");
}
