import type { TimelineEntry } from "@stork/contract/people.ts";
import { Button, Skeleton } from "antd";
import type { z } from "zod";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { eventName } from "../ui/event-name.ts";
import { Panel } from "../ui/page.tsx";
import { Trouble } from "../ui/states.tsx";
import { useTimeline } from "./queries.ts";

type Entry = z.infer<typeof TimelineEntry>;

/** What happened, newest first, by day; older days are fetched when asked for, so a long life stays quick. */
export function TimelinePanel({ person }: { person: string }) {
  const say = useSay();
  const formats = useFormats();
  const timeline = useTimeline(person);
  const entries = timeline.data?.pages.flatMap((page) => page.items) ?? [];
  const days = Map.groupBy(entries, (entry) => formats.dayOf(entry.at));
  return (
    <Panel
      title={say("families.timeline")}
      extra={<span className="faint">{say("ui.timeZone", { zone: formats.timeZone })}</span>}
    >
      {timeline.isPending ? (
        <Skeleton active paragraph={{ rows: 8 }} />
      ) : timeline.isError ? (
        <Trouble error={timeline.error} retry={() => void timeline.refetch()} />
      ) : entries.length === 0 ? (
        <p className="soft">{say("families.noTimeline")}</p>
      ) : (
        <ol className="timeline">
          {[...days].map(([on, list]) => (
            <li key={on}>
              <h3>{formats.date(on)}</h3>
              <ul>
                {list.map((entry) => (
                  <Line key={entry.id} entry={entry} />
                ))}
              </ul>
            </li>
          ))}
        </ol>
      )}
      {timeline.hasNextPage && (
        <div className="centre">
          <Button onClick={() => void timeline.fetchNextPage()} loading={timeline.isFetchingNextPage}>
            {say("ui.loadMore")}
          </Button>
        </div>
      )}
    </Panel>
  );
}

function Line({ entry }: { entry: Entry }) {
  const say = useSay();
  const formats = useFormats();
  const order = entry.name === "Order Completed" || entry.name === "Order Refunded";
  return (
    <li className={order ? "order" : undefined}>
      <time dateTime={entry.at}>{formats.time(entry.at).slice(0, 5)}</time>
      <span className="timeline-what">
        <span className={order ? "strong" : undefined}>{eventName(entry.name, formats.language)}</span>
        <span className="soft"> {about(entry)}</span>
        {entry.markWords.map((words, i) => (
          <span className="mark" key={entry.marks[i]}>
            {formats.say(words)}
          </span>
        ))}
        <small>{entry.source}</small>
      </span>
      {entry.amountFen !== null && (
        <span className={order ? "num strong" : "num soft"}>
          <span>{formats.money(entry.name === "Order Refunded" ? -entry.amountFen : entry.amountFen)}</span>
          {entry.quantity !== null && entry.quantity > 1 && (
            <small>
              {say("families.quantity", { n: formats.number(entry.quantity), count: entry.quantity })}
            </small>
          )}
        </span>
      )}
    </li>
  );
}

/** The one property that tells most: of an order, what was in it. */
function about(entry: Entry): string {
  const products = entry.properties["products"];
  if (Array.isArray(products) && products.length > 0) {
    const names = products
      .map((one: unknown) => (one as { name?: unknown } | null)?.name)
      .filter((name) => typeof name === "string");
    return names.slice(0, 2).join("、") + (names.length > 2 ? ` +${names.length - 2}` : "");
  }
  for (const key of ["name", "product", "sku", "productName", "query", "path", "title", "category"]) {
    const value = entry.properties[key];
    if (typeof value === "string" && value !== "") return value;
  }
  return "";
}
