/** How many things wait for a person, by tab; a tab without a number has none. */
export type Badges = Partial<Record<string, number>>;

export function useBadges(): Badges {
  return {};
}
