import { type Delivery, Delivery as DeliverySchema, type Webhook } from "@stork/contract/webhooks.ts";
import { Button } from "antd";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { useAddress } from "../ui/address.ts";
import { Listing } from "../ui/listing.tsx";
import { useNow } from "../ui/now.ts";
import { Panel } from "../ui/page.tsx";
import { Picks } from "../ui/picks.tsx";
import { RowsSkeleton, Teach, Trouble } from "../ui/states.tsx";
import { DeliveryDrawer } from "./delivery-drawer.tsx";
import { About, Answer, NextTry, StateWord } from "./delivery-parts.tsx";
import { useDeliveries } from "./queries.ts";

const states = ["waiting", "delivered", "failed", "withheld"] as const satisfies Delivery["state"][];

/** What was sent and what came back; the state and the one that is open are in the address. */
export function Log({ webhook }: { webhook: Webhook }) {
  const say = useSay();
  const formats = useFormats();
  const [get, set] = useAddress();
  const state = DeliverySchema.shape.state.safeParse(get("state")).data ?? null;
  const log = useDeliveries(webhook.id, state);
  const rows = log.data?.pages.flatMap((page) => page.items) ?? [];
  const opened = get("delivery");
  return (
    <section className="webhook-log" aria-label={say("webhooks.log")}>
      <div className="row wrap">
        <h2>{say("webhooks.log")}</h2>
        <span className="faint">
          {say("webhooks.logText")} {say("ui.timeZone", { zone: formats.timeZone })}
        </span>
      </div>
      <Picks
        label={say("webhooks.state")}
        value={state}
        onChange={(next) => set({ state: next, delivery: null })}
        options={[
          { value: null, label: say("webhooks.state.all") },
          ...states.map((one) => ({ value: one, label: say(`webhooks.state.${one}`) })),
        ]}
      />
      {log.isPending ? (
        <RowsSkeleton rows={6} />
      ) : log.isError ? (
        <Trouble error={log.error} retry={() => void log.refetch()} />
      ) : rows.length === 0 ? (
        <Nothing narrowed={state !== null} onAll={() => set({ state: null })} />
      ) : (
        <Rows
          rows={rows}
          webhook={webhook}
          onOpen={(id) => set({ delivery: id })}
          more={{
            has: log.hasNextPage,
            loading: log.isFetchingNextPage,
            load: () => void log.fetchNextPage(),
          }}
        />
      )}
      <DeliveryDrawer
        webhook={webhook}
        opened={opened}
        pending={log.isPending}
        delivery={rows.find((one) => one.id === opened)}
        onClose={() => set({ delivery: null })}
      />
    </section>
  );
}

function Nothing({ narrowed, onAll }: { narrowed: boolean; onAll(): void }) {
  const say = useSay();
  return narrowed ? (
    <Teach
      title={say("webhooks.noneSuch")}
      text={say("webhooks.noneSuchText")}
      action={<Button onClick={onAll}>{say("webhooks.showAll")}</Button>}
    />
  ) : (
    <Panel>
      <p className="soft">
        <b>{say("webhooks.noLog")}</b> {say("webhooks.noLogText")}
      </p>
    </Panel>
  );
}

function Rows({
  rows,
  webhook,
  onOpen,
  more,
}: {
  rows: Delivery[];
  webhook: Webhook;
  onOpen(id: string): void;
  more: { has: boolean; loading: boolean; load(): void };
}) {
  const say = useSay();
  const formats = useFormats();
  const now = useNow();
  const open = (row: Delivery) => (
    <button type="button" className="webhook-open" onClick={() => onOpen(row.id)}>
      <About delivery={row} />
    </button>
  );
  return (
    <Listing
      label={say("webhooks.log")}
      rows={rows}
      keyOf={(row) => row.id}
      more={more}
      columns={[
        { id: "what", title: say("webhooks.what"), render: open },
        { id: "state", title: say("webhooks.state"), render: (row) => <StateWord delivery={row} /> },
        { id: "answer", title: say("webhooks.lastAnswer"), render: (row) => <Answer delivery={row} /> },
        {
          id: "attempts",
          title: say("webhooks.attempts"),
          numeric: true,
          render: (row) => formats.number(row.attempts),
        },
        {
          id: "next",
          title: say("webhooks.next"),
          numeric: true,
          render: (row) => <NextTry delivery={row} paused={webhook.pausedAt !== null} />,
        },
        {
          id: "at",
          title: say("webhooks.at"),
          numeric: true,
          render: (row) => <span className="nowrap">{formats.instant(row.createdAt)}</span>,
        },
      ]}
      card={(row) => (
        <div>
          <span className="card-line">
            {open(row)}
            <StateWord delivery={row} />
          </span>
          <span className="card-line soft">
            <span>{row.attempts > 1 ? say("webhooks.times", { n: row.attempts }) : null}</span>
            <span className="nowrap">{formats.ago(row.createdAt, now)}</span>
          </span>
        </div>
      )}
    />
  );
}
