/** A change of who is who, by persons and nodes as they are today. */
export type Change =
  | { readonly kind: "merge"; readonly a: number; readonly b: number; readonly rule?: "manual" | "review" }
  | { readonly kind: "split"; readonly person: number; readonly nodes: readonly number[] }
  | { readonly kind: "never-same"; readonly a: number; readonly b: number }
  | { readonly kind: "link"; readonly person: number; readonly node: number }
  | { readonly kind: "share"; readonly node: number }
  | { readonly kind: "unshare"; readonly node: number };
export type ChangeKind = Change["kind"];
export type ChangeOf<Kind extends ChangeKind> = Extract<Change, { kind: Kind }>;

export interface EdgeKey {
  readonly a: number;
  readonly b: number;
  readonly rule: string;
}

/** What a decision did, so that it can be undone: edges made, edges that had another state, the two sides. */
export interface Done {
  readonly made: readonly EdgeKey[];
  /** With the state they had before. */
  readonly cut: readonly (EdgeKey & { readonly state: string })[];
  /** Of a merge: who was one and who the other before; later ties between them are parted when it is undone. */
  readonly one: readonly number[];
  readonly other: readonly number[];
  /** Whose persons are to be worked out anew. */
  readonly touched: readonly number[];
  /** Of a merge: what had been told of both by then; null where that was too much to keep. */
  readonly told?: Told | null;
  /** Of an undone merge of which too much had been told meanwhile to judge it at once: whether a job has by now. */
  readonly again?: "waiting" | "done" | "too-much";
}

/** What is known of some nodes at one moment. */
export interface Told {
  readonly ties: readonly EdgeKey[];
  /** Nodes with a larger number were not seen yet. */
  readonly newest: number;
}

export const nothingDone: Done = { made: [], cut: [], one: [], other: [], touched: [] };
