import { useQueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { asProblem } from "../api/problem.ts";
import { useSay } from "../i18n/i18n.ts";
import { Notice } from "../ui/states.tsx";

interface Asked {
  state: { data: unknown; error: unknown };
}

/** Whether asking again failed for a reason that may pass, while an earlier answer is there. */
const isBehind = ({ state: { data, error } }: Asked): boolean => {
  if (data === undefined || error === null) return false;
  const { status } = asProblem(error);
  return status === 0 || status >= 500;
};

/**
 * What was shown stays shown while the server restarts: a page, and the form somebody is filling in, must not give way to
 * an error because it asked again.
 */
export function keepShown(query: Asked & { setState(state: { status: "success" }): void }): void {
  if (isBehind(query)) query.setState({ status: "success" });
}

/** Says that what is shown is no longer new. */
export function Behind() {
  const say = useSay();
  const queries = useQueryClient();
  const cache = queries.getQueryCache();
  const behind = useSyncExternalStore(
    (changed) => cache.subscribe(changed),
    () => cache.getAll().some((query) => query.isActive() && isBehind(query)),
  );
  if (!behind) return null;
  return (
    <div className="behind">
      <Notice tone="warn" title={say("shell.behind")} text={say("shell.behindText")} />
    </div>
  );
}
