import type { RecentEvent } from "@stork/contract/sources.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { eventName } from "../ui/event-name.ts";

/** Rows that show what is wrong with a field, the field marked. */
export function Examples({ examples, field }: { examples: RecentEvent[]; field: string }) {
  const say = useSay();
  const formats = useFormats();
  if (examples.length === 0) return <p className="soft">{say("quality.noExamples")}</p>;
  // products[].brand lies within products.
  const outer = /^[^.[]*/.exec(field)?.[0];
  return (
    <ul className="example-rows">
      {examples.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two events may be alike in everything
        <li key={at}>
          <time>{formats.instant(one.at)}</time>
          <b>{one.name === "" ? one.type : eventName(one.name, formats.language)}</b>
          <code>{one.identifier}</code>
          <span className="example-properties">
            {Object.entries(one.properties).map(([key, value]) => (
              <span key={key} className={key === outer ? "hit" : undefined}>
                {key}=<b>{typeof value === "object" ? JSON.stringify(value) : String(value)}</b>
              </span>
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}
