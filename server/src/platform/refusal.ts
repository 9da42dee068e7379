import type { Words } from "@stork/contract/common.ts";

/** A declared way of declining a request; each room lists its own in refusals.ts. `{name}` in the text is filled from params. */
export interface RefusalKind {
  code: string;
  status: number;
  /** Whether the same request may succeed later. */
  retry: boolean;
  text: Words;
}

/** What is wrong with one part of a request; a plain message is in the caller's language already, or in none. */
export interface Detail {
  path: string;
  message: string | Words;
}

/** Thrown to decline a request; the one mapper in platform/http.ts turns it into problem+json. Params must hold no personal data. */
export class Refusal extends Error {
  readonly kind: RefusalKind;
  readonly params: Record<string, string | number>;
  readonly errors: Detail[] | undefined;

  constructor(kind: RefusalKind, params: Record<string, string | number> = {}, errors?: Detail[]) {
    super(kind.code);
    this.name = "Refusal";
    this.kind = kind;
    this.params = params;
    this.errors = errors;
  }
}

/** The text of a refusal in one language, params filled in. */
export function say(text: string, params: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}
