import { Button } from "antd";
import { useWhoSaid } from "../families/who-said.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { BoxSkeleton, Trouble } from "../ui/states.tsx";
import { useDecisions } from "./queries.ts";

/** What was decided of this person by hand, and taking it back. */
export function History({ person, onUndo }: { person: string; onUndo: (decision: string) => void }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const who = useWhoSaid();
  const decisions = useDecisions(person);
  if (decisions.isPending) return <BoxSkeleton height={160} />;
  if (decisions.isError) return <Trouble error={decisions.error} retry={() => void decisions.refetch()} />;
  return (
    <Panel title={say("identity.history")}>
      {decisions.data.items.length === 0 ? (
        <p className="soft">{say("identity.noHistory")}</p>
      ) : (
        <ul className="identity-history">
          {decisions.data.items.map((one) => (
            <li key={one.id} className={one.undone === null ? "" : "undone"}>
              <div>
                <strong>{formats.say(one.words)}</strong>
                <p>{one.reason}</p>
                <small>{say("identity.by", { at: formats.instant(one.at), who: who(one.who) })}</small>
                {one.undone !== null && (
                  <small>
                    {say("identity.undone", {
                      ...{
                        at: formats.instant(one.undone.at),
                        who: who(one.undone.who),
                        reason: one.undone.reason,
                      },
                    })}
                  </small>
                )}
                {one.again !== null && <small>{say(`identity.again.${one.again}`)}</small>}
              </div>
              {one.undoable && here.can("identity:write") && (
                <Button size="small" onClick={() => onUndo(one.id)}>
                  {say("identity.undo")}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
