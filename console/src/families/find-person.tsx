import type { FamilyRow } from "@stork/contract/people.ts";
import { Input } from "antd";
import { useSay } from "../i18n/i18n.ts";
import { useOthers } from "./find-others.ts";

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
  const { typed, type, others, none } = useOthers(not);
  return (
    <div className="find-person">
      <Input
        allowClear
        autoFocus
        autoComplete="off"
        placeholder={say("families.findOther")}
        aria-label={say("families.findOther")}
        value={typed}
        onChange={(event) => type(event.target.value)}
      />
      {none && <p className="soft">{say("families.findNone")}</p>}
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
