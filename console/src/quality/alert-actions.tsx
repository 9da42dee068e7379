import type { QualityAlert } from "@stork/contract/quality.ts";
import { App, Button, Input, Modal } from "antd";
import type { TextAreaRef } from "antd/es/input/TextArea";
import { useRef, useState } from "react";
import { useSay } from "../i18n/i18n.ts";
import { useNow } from "../ui/now.ts";
import { Picks } from "../ui/picks.tsx";
import { ProblemNote } from "../ui/states.tsx";
import { useAlertAction } from "./queries.ts";

const spans = ["hour", "day", "week"] as const;
const hours = { hour: 1, day: 24, week: 168 } as const;

/** Somebody looks after it; or it is known and may be quiet for a while, with the reason. */
export function AlertActions({ alert }: { alert: QualityAlert }) {
  const say = useSay();
  const { message } = App.useApp();
  const action = useAlertAction(alert.id);
  const [snoozing, setSnoozing] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  // The button that opened the question is gone once it is snoozed; what can be done next is in its place.
  const refocus = () => document.activeElement === document.body && first.current?.focus();
  const failed = (error: Error) => void message.error(error.message);
  if (alert.state === "resolved") return null;
  if (alert.state === "snoozed" || alert.state === "acknowledged")
    return (
      <>
        <Button
          ref={first}
          loading={action.isPending}
          onClick={() => action.mutate({ kind: "reopen" }, { onError: failed })}
        >
          {say("quality.reopen")}
        </Button>
        {alert.state === "acknowledged" && (
          <Button onClick={() => setSnoozing(true)}>{say("quality.snooze")}</Button>
        )}
        <Snooze alert={alert} open={snoozing} onClose={() => setSnoozing(false)} onClosed={refocus} />
      </>
    );
  return (
    <>
      <Button
        ref={first}
        type="primary"
        loading={action.isPending}
        onClick={() => action.mutate({ kind: "acknowledge", note: "" }, { onError: failed })}
      >
        {say("quality.acknowledge")}
      </Button>
      <Button onClick={() => setSnoozing(true)}>{say("quality.snooze")}</Button>
      <Snooze alert={alert} open={snoozing} onClose={() => setSnoozing(false)} onClosed={refocus} />
    </>
  );
}

interface Asking {
  alert: QualityAlert;
  open: boolean;
  onClose(): void;
  /** When it is gone from sight, too. */
  onClosed(): void;
}

function Snooze({ alert, open, onClose, onClosed }: Asking) {
  const say = useSay();
  const now = useNow();
  const action = useAlertAction(alert.id);
  const [span, setSpan] = useState<(typeof spans)[number]>("day");
  const [note, setNote] = useState("");
  const noteField = useRef<TextAreaRef>(null);
  return (
    <Modal
      open={open}
      afterOpenChange={(shown) => (shown ? noteField.current?.focus() : onClosed())}
      title={say("quality.snoozeTitle")}
      okText={say("quality.snooze")}
      cancelText={say("ui.cancel")}
      onCancel={onClose}
      okButtonProps={{ disabled: note.trim() === "", loading: action.isPending }}
      onOk={() =>
        action.mutate(
          {
            kind: "snooze",
            until: new Date(now + hours[span] * 3_600_000).toISOString(),
            note: note.trim(),
          },
          { onSuccess: onClose },
        )
      }
    >
      <p className="soft snooze-text">{say("quality.snoozeText")}</p>
      <Picks
        label={say("quality.snoozeFor")}
        value={span}
        onChange={(next) => next !== null && setSpan(next)}
        options={spans.map((one) => ({ value: one, label: say(`quality.snooze.${one}`) }))}
      />
      <Input.TextArea
        ref={noteField}
        className="snooze-note"
        rows={2}
        maxLength={500}
        value={note}
        aria-label={say("quality.snoozeNote")}
        placeholder={say("quality.snoozeNote")}
        onChange={(event) => setNote(event.target.value)}
      />
      {action.isError && <ProblemNote error={action.error} />}
    </Modal>
  );
}
