import type { Silence, SilenceProof } from "@stork/contract/privacy.ts";
import { App, Button, Input, Modal } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { useWhoSaid } from "../families/who-said.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { Page, Panel } from "../ui/page.tsx";
import { BoxSkeleton, Trouble } from "../ui/states.tsx";
import { useEndSilence, useProof } from "./queries.ts";
import { whySilent } from "./quiet.tsx";
import "./privacy.css";

/** What a silence stopped, and that nothing left after it. */
export function ProofPage() {
  const say = useSay();
  const formats = useFormats();
  const here = useHere();
  const { person = "", silence: id = "" } = useParams();
  const proof = useProof(id);
  const silence = proof.data?.silence;
  return (
    <Page
      name={say("privacy.proofTitle")}
      title={say("privacy.proofTitle")}
      sub={
        silence === undefined
          ? "\u00a0"
          : say("privacy.proofSub", { date: formats.instant(silence.since), why: whySilent(silence, say) })
      }
      back={<Link to={here.to(`/families/${person}`)}>← {say("families.family")}</Link>}
      actions={silence !== undefined && here.can("privacy:write") && <End silence={silence} />}
    >
      {proof.isPending ? (
        <BoxSkeleton height={320} />
      ) : proof.isError ? (
        <Trouble error={proof.error} retry={() => void proof.refetch()} />
      ) : (
        <Proof proof={proof.data} />
      )}
    </Page>
  );
}

function Proof({ proof: { stopped, leaked } }: { proof: SilenceProof }) {
  const say = useSay();
  const formats = useFormats();
  return (
    <Panel>
      <p className="proof-word">
        <span className={leaked === 0 ? "status good" : "status bad"}>
          {leaked === 0 ? say("privacy.nothingLeaked") : say("privacy.leaked", { n: leaked, count: leaked })}
        </span>
      </p>
      {stopped.length === 0 ? (
        <p className="soft">{say("privacy.noneStopped")}</p>
      ) : (
        <div className="proof-table">
          <table className="table">
            <thead>
              <tr>
                <th>{say("privacy.what")}</th>
                <th>{say("privacy.where")}</th>
                <th className="number">{say("privacy.times")}</th>
                <th>{say("privacy.firstAt")}</th>
                <th>{say("privacy.lastAt")}</th>
              </tr>
            </thead>
            <tbody>
              {stopped.map(({ kind, ref, name, times, firstAt, lastAt }) => (
                <tr key={`${kind}-${ref}`}>
                  <td>{say(`privacy.stopped.${kind}`)}</td>
                  <td>{name || say("ui.none")}</td>
                  <td className="number">{formats.number(times)}</td>
                  <td>{formats.instant(firstAt)}</td>
                  <td>{formats.instant(lastAt)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}

function End({ silence }: { silence: Silence }) {
  const say = useSay();
  const formats = useFormats();
  const whoSaid = useWhoSaid();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const end = useEndSilence(silence.id);
  if (silence.endedAt !== null)
    return (
      <span className="soft">
        {say("privacy.ended", { date: formats.instant(silence.endedAt) })} · {whoSaid(silence.endedBy ?? "")}
      </span>
    );
  if (silence.why === "tap") return <span className="soft">{say("privacy.hersToEnd")}</span>;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{say("privacy.end")}</Button>
      <Modal
        open={open}
        title={say("privacy.endTitle")}
        okText={say("privacy.end")}
        cancelText={say("ui.cancel")}
        okButtonProps={{ disabled: reason.trim().length < 2 }}
        confirmLoading={end.isPending}
        onCancel={() => setOpen(false)}
        onOk={() =>
          end.mutate(reason.trim(), {
            onSuccess: () => setOpen(false),
            onError: (error) => void message.error(error.message),
          })
        }
      >
        <p className="soft">{say("privacy.endText")}</p>
        <Input
          aria-label={say("privacy.endReason")}
          placeholder={say("privacy.endReason")}
          maxLength={300}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </Modal>
    </>
  );
}
