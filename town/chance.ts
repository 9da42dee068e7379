/** A source of uniform numbers in [0, 1). Every draw in the town comes from one of these, never from Math.random. */
export type Chance = () => number;

function mix(word: number, value: number): number {
  let h = Math.imul(word ^ value, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function spread(path: readonly (number | string)[], salt: number): number {
  let word = salt;
  for (const part of path) {
    if (typeof part === "number") {
      // Both halves, so that seeds above 2^32 do not repeat those below.
      word = mix(mix(word, part >>> 0), Math.floor(part / 2 ** 32) + 0x9e3779b9);
    } else {
      for (let i = 0; i < part.length; i++) word = mix(word, part.charCodeAt(i) + 0x51ed27);
    }
  }
  return mix(word, 0x2545f491);
}

/**
 * The stream that belongs to a path such as (seed, family, "births"). Streams are independent of each other and of the
 * order in which they are opened, so that a family is the same whether it is made alone or among ten million.
 * xoshiro128** (Blackman and Vigna 2018), its state filled by a multiplicative hash of the path.
 */
export function chanceOf(...path: (number | string)[]): Chance {
  let a = spread(path, 0x243f6a88);
  let b = spread(path, 0x13198a2e);
  let c = spread(path, 0xa4093822);
  let d = spread(path, 0x299f31d0) | 1;
  return () => {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result / 4294967296;
  };
}

export const yes = (chance: Chance, probability: number): boolean => chance() < probability;

/** A whole number from `from` to `to`, both included. */
export const whole = (chance: Chance, from: number, to: number): number =>
  from + Math.floor(chance() * (to - from + 1));

export const between = (chance: Chance, from: number, to: number): number => from + chance() * (to - from);

export function pick<T>(chance: Chance, list: readonly T[]): T {
  const item = list[Math.floor(chance() * list.length)];
  if (item === undefined) throw new RangeError("cannot pick from an empty list");
  return item;
}

/** Box–Muller; the second value of the pair is thrown away so that a draw always costs two numbers. */
export const normal = (chance: Chance, mean: number, deviation: number): number =>
  mean + deviation * Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());

export const exponential = (chance: Chance, mean: number): number => -mean * Math.log(1 - chance());

/** Kumaraswamy (1980): a share in [0, 1] shaped like a beta distribution, from one draw. */
export const share = (chance: Chance, a: number, b: number): number =>
  (1 - (1 - chance()) ** (1 / b)) ** (1 / a);

export type Wheel<T> = { readonly items: readonly T[]; readonly upTo: Float64Array };

export function wheelOf<T>(items: readonly T[], weight: (item: T) => number): Wheel<T> {
  const upTo = new Float64Array(items.length);
  let sum = 0;
  items.forEach((item, i) => {
    sum += weight(item);
    upTo[i] = sum;
  });
  return { items, upTo };
}

/** Draws an item in proportion to its weight. */
export function spin<T>(chance: Chance, { items, upTo }: Wheel<T>): T {
  const target = chance() * (upTo[upTo.length - 1] ?? 0);
  let low = 0;
  let high = upTo.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((upTo[middle] as number) > target) high = middle;
    else low = middle + 1;
  }
  return items[low] as T;
}

const alphabet = "0123456789abcdefghijklmnopqrstuvwxyz";

/** An identifier of letters and digits; twelve of them (62 bits) do not repeat in a town of any size we make. */
export function code(chance: Chance, length: number): string {
  let text = "";
  for (let left = length; left > 0; left -= 6) {
    let word = Math.floor(chance() * 2176782336);
    for (let i = Math.min(6, left); i > 0; i--) {
      text += alphabet[word % 36];
      word = Math.floor(word / 36);
    }
  }
  return text;
}

export function digits(chance: Chance, length: number): string {
  let text = String(1 + Math.floor(chance() * 9));
  while (text.length < length)
    text += Math.floor(chance() * 1e6)
      .toString()
      .padStart(6, "0");
  return text.slice(0, length);
}
