import type { FamilyRow } from "@stork/contract/people.ts";
import { Input } from "antd";
import { useDeferredValue, useState } from "react";
import { useSay } from "../i18n/i18n.ts";
import { useFamilies } from "./queries.ts";

/** Finds another person by name, telephone or any identifier, and holds on to one. */
export function FindPerson({
  not,
  chosen,
  onChoose,
}: {
  /** Those who are no answer. */
  not: readonly string[];
  chosen: FamilyRow | null;
  onChoose(person: FamilyRow): void;
}) {
  const say = useSay();
  // May be somebody's number: it never goes into the address.
  const [typed, setTyped] = useState("");
  const query = useDeferredValue(typed.trim());
  const found = useFamilies(query.length >= 2 ? query : "", null, null);
  const others =
    query.length < 2 || found.isPlaceholderData
      ? []
      : (found.data?.pages.flatMap(({ items }) => items) ?? [])
          .filter((one) => !not.includes(one.person))
          .slice(0, 5);
  return (
    <div className="find-person">
      <Input
        allowClear
        autoFocus
        autoComplete="off"
        placeholder={say("families.findOther")}
        aria-label={say("families.findOther")}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {query.length >= 2 && others.length === 0 && !found.isFetching && (
        <p className="soft">{say("families.findNone")}</p>
      )}
      {others.length > 0 && (
        <div className="found" role="radiogroup" aria-label={say("families.findOther")}>
          {others.map((one) => (
            <label key={one.person}>
              <input
                type="radio"
                name="person"
                checked={chosen?.person === one.person}
                onChange={() => onChoose(one)}
              />
              <span>
                {one.name ?? say("families.unnamed")} <small className="soft">{one.phone ?? one.city}</small>
              </span>
            </label>
          ))}
        </div>
      )}
    </div>
  );
}
