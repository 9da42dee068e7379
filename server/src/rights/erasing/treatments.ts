/** What happens to the rows of a table that speak of a person. */
export type Treatment = "delete" | "unname" | "cut" | "last" | "keep";

/**
 * Tables of state that are not simply emptied of her, each with its reason. Every other table with a column that names a
 * person, a node or a child loses its rows, so that a table added later is no hiding place.
 */
export const treatments: Readonly<Record<string, { how: Treatment; why: string }>> = {
  // Whoever reads the graph needs its nodes until the end.
  node: { how: "last", why: "after everything that leads to it" },
  child: { how: "last", why: "after everything that leads to it" },
  // Who looked, at what and when is kept for those who look over the lookers; at whom is not.
  reveal_log: { how: "unname", why: "the log of looks stays without her number" },
  // One row holds thousands of persons of an import under way.
  trait_again: { how: "cut", why: "her entries are taken out of lists that are others' as well" },
  // The request itself is part of the proof.
  rights_request: { how: "unname", why: "the request stays as proof, without her number and her words" },
};

/** By their names, what columns point to. Numbers of nodes, persons and children are never used again. */
export const nodeColumns: readonly string[] = ["node", "person", "carer", "a", "b"];
export const childColumns: readonly string[] = ["child"];
/** Whose word counts at a row that is somebody else's: emptied, the row stays. */
export const pointerColumns: readonly string[] = ["said_node"];
export const nodeListColumns: readonly string[] = ["nodes"];
