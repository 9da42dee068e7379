/** What a masked mainland number still shows: 138****1234 and +8613856781234 both give 138…1234. Others give null. */
export function phoneEnds(text: string): string | null {
  const found = /^(?:\+86)?(1\d{2})[\d*]{4}(\d{4})$/.exec(text.replaceAll(/\s/g, ""));
  return found === null ? null : `${found[1]}…${found[2]}`;
}
