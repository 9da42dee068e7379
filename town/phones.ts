/** Forty mobile prefixes of the mainland's four operators. */
const prefixes = [
  130, 131, 132, 133, 134, 135, 136, 137, 138, 139, 150, 151, 152, 153, 155, 156, 157, 158, 159, 180, 181,
  182, 183, 184, 185, 186, 187, 188, 189, 191, 193, 195, 196, 198, 199, 173, 175, 176, 177, 178,
];
const space = 40_000_000;

/** Numbers a family can have: mother, father, grandmother, the mother's second one. */
export const phonesPerFamily = 4;
export const mostFamilies = space / phonesPerFamily;

/**
 * The phone in a slot of a family. Valid mainland mobiles, yet plain to see: the four digits after the prefix all
 * begin with 00. A permutation of the whole space (multiplication by a number prime to it), so no two families share one.
 */
export function phoneOf(seed: number, family: number, slot: number): string {
  return numbered(seed, family * phonesPerFamily + slot, "00");
}

/** The number somebody had before the present one: it begins with 01 after the prefix. */
export function formerPhoneOf(seed: number, family: number, slot: number): string {
  return numbered(seed, family * phonesPerFamily + slot, "01");
}

/** Numbers of no family (a store's, a courier's, staff's): they begin with 02 after the prefix. */
export function servicePhoneOf(seed: number, number: number): string {
  return numbered(seed, number, "02");
}

function numbered(seed: number, number: number, mark: string): string {
  const shift = (((seed * 7_919) % space) + space) % space;
  const n = (((number + shift) % space) * 71_933_371) % space;
  return `${prefixes[Math.floor(n / 1_000_000)]}${mark}${String(n % 1_000_000).padStart(6, "0")}`;
}

export const maskedPhone = (phone: string): string => `${phone.slice(0, 3)}****${phone.slice(7)}`;
