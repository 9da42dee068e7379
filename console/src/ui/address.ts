import { useCallback } from "react";
import { useSearchParams } from "react-router";

/** The page's filters, kept in its address so that it can be shared; empty values leave the address. */
export function useAddress(): [
  get: (name: string) => string | null,
  set: (changes: Record<string, string | null>) => void,
] {
  const [search, setSearch] = useSearchParams();
  const get = useCallback((name: string) => search.get(name), [search]);
  const set = useCallback(
    (changes: Record<string, string | null>) =>
      setSearch(
        (before) => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changes)) {
            if (value === null || value === "") after.delete(name);
            else after.set(name, value);
          }
          return after;
        },
        { replace: true, preventScrollReset: true },
      ),
    [setSearch],
  );
  return [get, set];
}
