import type { LineageNode } from "@stork/contract/dictionary.ts";
import { Link } from "react-router";
import { useFormats, useHere } from "../shell/session.tsx";
import { entryPath, nameOf } from "./entry-path.ts";

/** A name of the lineage, leading to what it names. */
export function NodeLink({ node }: { node: LineageNode }) {
  const here = useHere();
  const formats = useFormats();
  const path = pathOf(node);
  const name = nameOf(node, formats);
  return path === null ? <span>{name}</span> : <Link to={here.to(path)}>{name}</Link>;
}

/** Where a name leads: an entry's page, a source, a segment, a campaign, a journey; a file's column has none. */
function pathOf({ kind, id }: LineageNode): string | null {
  const own = id.replace(/^\w+:/, "");
  if (kind === "source") return `/data/sources/${own}`;
  if (kind === "segment") return `/segments/${own}`;
  if (kind === "campaign") return `/campaigns/${own}`;
  if (kind === "journey") return `/campaigns/journeys/${own}`;
  if (kind === "column") return null;
  return entryPath(id);
}
