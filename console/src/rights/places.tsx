import type { PlaceErased } from "@stork/contract/rights.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { Notice } from "../ui/states.tsx";

/** Where something of hers was, how much went, and what a search found after. */
export function Places({ places }: { places: readonly PlaceErased[] }) {
  const say = useSay();
  const formats = useFormats();
  const held = places.filter(({ erased, foundAfter }) => erased + foundAfter > 0);
  const left = places.filter(({ foundAfter }) => foundAfter > 0);
  return (
    <Panel title={say("rights.places")}>
      <p className="soft">{say("rights.placesText")}</p>
      {left.length === 0 ? (
        <Notice
          tone="good"
          title={say("rights.clean", { n: formats.number(places.length), count: places.length })}
        />
      ) : (
        <Notice
          tone="bad"
          title={say("rights.dirty", { n: formats.number(left.length), count: left.length })}
        />
      )}
      <table className="table rights-places">
        <caption className="hidden">{say("rights.places")}</caption>
        <thead>
          <tr>
            <th scope="col">{say("rights.place")}</th>
            <th scope="col" className="num">
              {say("rights.erased")}
            </th>
            <th scope="col" className="num">
              {say("rights.found")}
            </th>
          </tr>
        </thead>
        <tbody>
          {held.map(({ place, words, erased, foundAfter }) => (
            <tr key={place}>
              <td>{formats.say(words)}</td>
              <td className="num">{formats.number(erased)}</td>
              <td className={foundAfter > 0 ? "num bad-text" : "num"}>{formats.number(foundAfter)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="soft">
        {say("rights.emptyPlaces", {
          n: formats.number(places.length - held.length),
          count: places.length - held.length,
        })}
      </p>
    </Panel>
  );
}
