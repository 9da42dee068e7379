import type { Person } from "@stork/contract/people.ts";
import type { Silence } from "@stork/contract/privacy.ts";
import { App, Button, Modal } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { type Say, useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { useKeepSilence } from "./queries.ts";
import "./privacy.css";

/** The mark that staff see first, so that nobody asks about the baby; with what was stopped one click away. */
export function QuietMark({ person }: { person: Person }) {
  const say = useSay();
  const formats = useFormats();
  const here = useHere();
  const silence = person.silences.at(-1);
  if (silence === undefined) return null;
  return (
    <section className="quiet-mark" role="status">
      <b>{say("privacy.quietMark")}</b>
      <p>
        {say("privacy.quietSince", {
          date: formats.date(formats.dayOf(silence.since)),
          why: whySilent(silence, say),
        })}{" "}
        <Link to={here.to(`/families/${person.id}/silences/${silence.id}`)}>{say("privacy.proof")}</Link>
      </p>
    </section>
  );
}

export function whySilent({ why, sign }: Silence, say: Say): string {
  if (sign === null) return say(`privacy.why.${why}`);
  const { kind, days, items } = sign;
  return say("privacy.bySign", { sign: say(`privacy.sign.${kind}`, { days, items, count: days }) });
}

/** One press, no reason; with several children the one that is meant may be chosen. */
export function QuietButton({ person }: { person: Person }) {
  const say = useSay();
  const formats = useFormats();
  const here = useHere();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const keep = useKeepSilence(person.id);
  if (!here.can("privacy:write")) return null;
  const children = person.children.filter(({ source }) => source === "stated");
  const press = (child: string | null) =>
    keep.mutate(child, {
      onSuccess: () => {
        setOpen(false);
        void message.success(say("privacy.quietDone"));
      },
      onError: (error) => void message.error(error.message),
    });
  return (
    <>
      <Button onClick={() => setOpen(true)}>{say("privacy.quiet")}</Button>
      <Modal open={open} title={say("privacy.quietTitle")} footer={null} onCancel={() => setOpen(false)}>
        <p className="soft">{say("privacy.quietText")}</p>
        <div className="quiet-choices">
          {children.length > 1 &&
            children.map((child) => (
              <Button key={child.id} block loading={keep.isPending} onClick={() => press(child.id)}>
                {say("privacy.quietChild", { child: formats.age(child.ageDays) })}
              </Button>
            ))}
          <Button type="primary" block loading={keep.isPending} onClick={() => press(null)}>
            {say(children.length > 1 ? "privacy.quietAll" : "privacy.quiet")}
          </Button>
        </div>
      </Modal>
    </>
  );
}
