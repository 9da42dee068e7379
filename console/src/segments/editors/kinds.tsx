import type { Condition, ConditionKind } from "@stork/contract/segments.ts";
import type { ComponentType } from "react";
import { ChildAgeEditor } from "./child-age.tsx";
import { DidEditor } from "./did.tsx";
import type { EditorProps } from "./editor.ts";
import { MemberEditor } from "./member.tsx";
import { StageEditor } from "./stage.tsx";
import { TraitEditor } from "./trait.tsx";

type Leaf = Exclude<ConditionKind, "all" | "any" | "not">;
export type LeafCondition = Extract<Condition, { kind: Leaf }>;

/** The editor of each kind of condition that holds no others; forgetting one does not compile. */
export const editors: { [K in Leaf]: ComponentType<EditorProps<Extract<Condition, { kind: K }>>> } = {
  stage: StageEditor,
  childAge: ChildAgeEditor,
  did: DidEditor,
  trait: TraitEditor,
  member: MemberEditor,
};

/** In the order in which they are offered. */
export const leafKinds = Object.keys(editors) as Leaf[];
