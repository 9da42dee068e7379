const nameKeys = [
  ...["name", "姓名", "realname", "truename", "fullname", "receivername", "收货人", "nickname", "昵称"],
];

const nicknames = ["nickname", "昵称"];

/** Every name that was said, a family's and a given one together; a nickname is a word like any other. */
export function namesSaid(
  traits: readonly { readonly key: string; readonly value: unknown }[],
): readonly string[] {
  const real = traits.filter(({ key }) => !nicknames.includes(plain(key)));
  const own = real.flatMap(({ key, value }) =>
    typeof value === "string" && nameKeys.includes(plain(key)) ? value.trim() : [],
  );
  return [...new Set([...own, displayName(real) ?? ""])].filter((name) => name !== "");
}

const plain = (key: string): string => key.toLowerCase().replaceAll(/[\s_.-]/g, "");

/** The name to show, of the traits in the vault, newest last; null when nobody said one. */
export function displayName(
  traits: readonly { readonly key: string; readonly value: unknown }[],
): string | null {
  const said = new Map<string, string>();
  for (const { key, value } of traits) {
    if (typeof value === "string" && value.trim() !== "") said.set(plain(key), value.trim());
  }
  const parts = [said.get("lastname"), said.get("firstname")].filter((part) => part !== undefined);
  const joined = parts.join(parts.every((part) => /^\p{Script=Han}+$/u.test(part)) ? "" : " ");
  const first = nameKeys.map((key) => said.get(key)).find((name) => name !== undefined);
  if (first !== undefined && !nicknames.some((key) => said.get(key) === first)) return first;
  return joined === "" ? (first ?? null) : joined;
}
