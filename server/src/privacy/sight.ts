import type { Scope } from "@stork/contract/access.ts";
import { maskAddress, maskIdentifier, maskName, maskTrait } from "./masking.ts";

/**
 * What personal data is looked at for, and what it takes to see it whole then. Lists, pages and pictures never show it
 * whole, to nobody: whoever must see it says so, one person or item at a time, and the look is written down.
 */
export const whatItTakes = {
  /** Lists, searches, pages, previews, live tails. */
  glance: null,
  /** A page of one person whose masks were lifted by a button, or a program's reading of one person. */
  reveal: "people:reveal",
  /** A refused item, to put right what is wrong with it. */
  mend: "people:reveal",
  /** A file as it was sent, with everybody in it. */
  original: "people:reveal",
  /** An export that a second person let out. */
  export: "exports:write",
  /** Everything that is held of a person, to be handed to herself. */
  copy: "rights:write",
} as const satisfies Record<string, Scope | null>;
export type LookFor = keyof typeof whatItTakes;

/** How values are shown to somebody for a purpose: the one place where that is decided. */
export interface Sight {
  readonly whole: boolean;
  identifier(namespace: string, value: string): string;
  name(name: string): string;
  address(address: unknown): unknown;
  trait(key: string, value: unknown): unknown;
}

export function sightOf(scopes: ReadonlySet<Scope>, purpose: LookFor): Sight {
  const needed = whatItTakes[purpose];
  return needed !== null && scopes.has(needed) ? whole : masked;
}

export const masked: Sight = {
  whole: false,
  identifier: maskIdentifier,
  name: maskName,
  address: maskAddress,
  trait: maskTrait,
};

/** For what a look that was written down is about, and for nothing else. */
export const whole: Sight = {
  whole: true,
  identifier: (_namespace, value) => value,
  name: (name) => name,
  address: (address) => address,
  trait: (_key, value) => value,
};
