import { type Campaign, MessageState, type MessagesPage } from "@stork/contract/campaigns.ts";
import { Select } from "antd";
import type { z } from "zod";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { useAddress } from "../ui/address.ts";
import { Listing } from "../ui/listing.tsx";
import { Paged } from "../ui/paged.tsx";
import { Teach } from "../ui/states.tsx";
import { useMessages } from "./queries.ts";

type Row = z.infer<typeof MessagesPage>["items"][number];
const tones: Record<MessageState, string> = {
  planned: "quiet",
  sending: "busy",
  sent: "good",
  held: "warn",
  parked: "bad",
  unknown: "warn",
  holdout: "quiet",
};

/** The send log: everybody of the audience, with the state and why. */
export function Messages({ campaign }: { campaign: Campaign }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const [get, set] = useAddress();
  const state = MessageState.safeParse(get("state")).data ?? null;
  const messages = useMessages(campaign.id, state, campaign.status === "running");
  const why = (row: Row) => (row.reason === null ? "" : formats.say(row.reason));
  return (
    <div className="column">
      <Select
        className="state-filter"
        aria-label={say("campaigns.filterState")}
        value={state ?? ""}
        onChange={(next) => set({ tab: "messages", state: next })}
        options={[
          { value: "", label: say("campaigns.allStates") },
          ...MessageState.options.map((one) => ({ value: one, label: say(`campaigns.state.${one}`) })),
        ]}
      />
      <Paged
        query={messages}
        empty={<Teach title={say("campaigns.noMessages")} text={say("campaigns.noMessagesText")} />}
      >
        {(rows, more) => (
          <Listing
            label={say("campaigns.messages")}
            rows={rows}
            keyOf={(row) => row.id}
            to={(row) => here.to(`/families/${row.person}`)}
            exportName={`campaign-${campaign.id}`}
            more={more}
            columns={[
              {
                id: "name",
                title: say("families.name"),
                render: (row) => row.name ?? say("families.unnamed"),
                plain: (row) => row.name,
              },
              {
                id: "to",
                title: say("campaigns.to"),
                render: (row) => row.to ?? "—",
                plain: (row) => row.to,
              },
              {
                id: "state",
                title: say("campaigns.status"),
                render: (row) => <State state={row.state} />,
                plain: (row) => row.state,
              },
              {
                id: "reason",
                title: say("campaigns.reason"),
                render: (row) => <span className="soft">{why(row) || "—"}</span>,
                plain: why,
              },
              {
                id: "attempts",
                title: say("campaigns.attempts"),
                numeric: true,
                optional: true,
                render: (row) => row.attempts,
                plain: (row) => row.attempts,
              },
              {
                id: "at",
                title: say("campaigns.at"),
                numeric: true,
                render: (row) => (row.at === null ? "—" : formats.instant(row.at)),
                plain: (row) => row.at,
              },
            ]}
            card={(row) => (
              <>
                <span className="card-line">
                  <strong>{row.name ?? say("families.unnamed")}</strong>
                  <State state={row.state} />
                </span>
                <span className="card-line soft">
                  <span>{row.to ?? "—"}</span>
                  <span>{why(row) || (row.at === null ? "" : formats.instant(row.at))}</span>
                </span>
              </>
            )}
          />
        )}
      </Paged>
    </div>
  );
}

function State({ state }: { state: string }) {
  const say = useSay();
  const known = MessageState.safeParse(state).data;
  return known === undefined ? (
    <span>{state}</span>
  ) : (
    <span className={`status ${tones[known]}`}>{say(`campaigns.state.${known}`)}</span>
  );
}
