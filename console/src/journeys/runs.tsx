import { type JourneyDetail, type JourneyRun, RunState } from "@stork/contract/journeys.ts";
import { Select } from "antd";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { useAddress } from "../ui/address.ts";
import { type Column, Listing } from "../ui/listing.tsx";
import { Paged } from "../ui/paged.tsx";
import { Teach } from "../ui/states.tsx";
import { useRuns } from "./queries.ts";

const tones: Record<RunState, string> = { waiting: "busy", done: "good", exited: "quiet" };

/** Who is or was in it, newest first; the filter is in the address. */
export function Runs({ journey }: { journey: JourneyDetail }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const [get, set] = useAddress();
  const [step, reason] = [get("step"), get("reason")];
  const state = RunState.safeParse(get("state")).data ?? null;
  const runs = useRuns(journey.id, { state, step, reason });
  const columns = useRunColumns();
  const options = [
    { value: "", label: say("journeys.all") },
    ...RunState.options.map((one) => ({ value: one, label: say(`journeys.run.${one}`) })),
    ...(step === null ? [] : [{ value: "step", label: say("journeys.atStep", { n: Number(step) + 1 }) }]),
    ...(reason === null ? [] : [{ value: "reason", label: labelOf(journey, reason, formats.say) }]),
  ];
  const chosen = reason !== null ? "reason" : step !== null ? "step" : (state ?? "");
  return (
    <div className="column">
      <Select
        className="journey-filter"
        aria-label={say("journeys.filter")}
        value={chosen}
        options={options}
        onChange={(next) => set({ state: next === "" ? null : next, step: null, reason: null })}
      />
      <Paged
        query={runs}
        skeleton={4}
        empty={<Teach title={say("journeys.noRuns")} text={say("journeys.noRunsText")} />}
      >
        {(rows, more) => (
          <Listing
            label={say("journeys.runs")}
            rows={rows}
            keyOf={(row) => row.id}
            to={(row) => here.to(`/families/${row.person}`)}
            exportName={`journey-${journey.id}`}
            more={more}
            columns={columns}
            card={(row) => (
              <>
                <span className="card-line">
                  <strong>{row.name ?? say("families.unnamed")}</strong>
                  <State state={row.state} />
                </span>
                <span className="card-line soft">
                  <span>
                    {row.reason === null
                      ? say("journeys.atStep", { n: row.step + 1 })
                      : formats.say(row.reason)}
                  </span>
                  <span className="nowrap">{formats.instant(row.dueAt ?? row.endedAt ?? row.enteredAt)}</span>
                </span>
              </>
            )}
          />
        )}
      </Paged>
    </div>
  );
}

const labelOf = (
  { exits }: JourneyDetail,
  reason: string,
  speak: (words: JourneyDetail["exits"][number]["label"]) => string,
): string => {
  const found = exits.find((one) => one.reason === reason);
  return found === undefined ? reason : speak(found.label);
};

function useRunColumns(): Column<JourneyRun>[] {
  const say = useSay();
  const formats = useFormats();
  const at = (instant: string | null) => (instant === null ? "—" : formats.instant(instant));
  return [
    {
      id: "name",
      title: say("families.name"),
      render: (row) => row.name ?? say("families.unnamed"),
      plain: (row) => row.name,
    },
    {
      id: "state",
      title: say("journeys.status"),
      render: (row) => <State state={row.state} />,
      plain: (row) => row.state,
    },
    {
      id: "step",
      title: say("journeys.where"),
      render: (row) => say("journeys.atStep", { n: row.step + 1 }),
      plain: (row) => row.step + 1,
    },
    {
      id: "reason",
      title: say("journeys.why"),
      render: (row) => <span className="soft">{row.reason === null ? "—" : formats.say(row.reason)}</span>,
      plain: (row) => (row.reason === null ? null : formats.say(row.reason)),
    },
    {
      id: "entered",
      title: say("journeys.enteredAt"),
      numeric: true,
      render: (row) => at(row.enteredAt),
      plain: (row) => row.enteredAt,
    },
    {
      id: "due",
      title: say("journeys.next"),
      numeric: true,
      render: (row) => at(row.dueAt),
      plain: (row) => row.dueAt,
    },
  ];
}

function State({ state }: { state: RunState }) {
  const say = useSay();
  return <span className={`status ${tones[state]}`}>{say(`journeys.run.${state}`)}</span>;
}
