import type { QuarantineFilter } from "@stork/contract/quarantine.ts";
import { App, Button, Input, Modal } from "antd";
import { useState } from "react";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { ProblemNote } from "../ui/states.tsx";
import { type Meant, useDropMany, useReplayMany } from "./queries.ts";

/** What may be done to many at once: to those chosen, or else to all that the filter finds. */
export function BulkBar({
  chosen,
  total,
  filter,
  onDone,
}: {
  chosen: ReadonlySet<string>;
  total: number;
  filter: QuarantineFilter;
  onDone(): void;
}) {
  const say = useSay();
  const formats = useFormats();
  const [doing, setDoing] = useState<"replay" | "drop" | null>(null);
  const n = chosen.size > 0 ? chosen.size : total;
  const meant: Meant = chosen.size > 0 ? { ids: [...chosen] } : { filter };
  const count = formats.number(n);
  return (
    <span className="push row wrap">
      {chosen.size > 0 && <span className="soft">{say("quarantine.chosen", { n: count })}</span>}
      <Button size="small" onClick={() => setDoing("replay")}>
        {say(chosen.size > 0 ? "quarantine.replayChosen" : "quarantine.replayAll", { n: count })}
      </Button>
      <Button size="small" type="text" danger onClick={() => setDoing("drop")}>
        {say(chosen.size > 0 ? "quarantine.dropChosen" : "quarantine.dropAll")}
      </Button>
      <ReplayMany
        key={doing === "replay" ? "r" : "-"}
        open={doing === "replay"}
        meant={meant}
        count={count}
        onClose={(done) => {
          setDoing(null);
          if (done) onDone();
        }}
      />
      <DropMany
        open={doing === "drop"}
        meant={meant}
        count={count}
        onClose={(done) => {
          setDoing(null);
          if (done) onDone();
        }}
      />
    </span>
  );
}

interface Asked {
  open: boolean;
  meant: Meant;
  count: string;
  onClose(done: boolean): void;
}

function ReplayMany({ open, meant, count, onClose }: Asked) {
  const say = useSay();
  const formats = useFormats();
  const { message } = App.useApp();
  const replay = useReplayMany();
  const [field, setField] = useState("");
  const [value, setValue] = useState("");
  const run = () =>
    replay.mutate(
      { meant, changes: field.trim() === "" ? {} : { [field.trim()]: value } },
      {
        onSuccess: ({ taken, refused, left }) => {
          // None of them taken is no success.
          void message[taken > 0 ? "success" : "warning"](
            say("quarantine.replayedMany", {
              taken: formats.number(taken),
              refused: formats.number(refused),
              left: formats.number(left),
            }),
          );
          onClose(true);
        },
      },
    );
  return (
    <Modal
      open={open}
      title={say("quarantine.replayTitle", { n: count })}
      okText={say("quarantine.replay")}
      cancelText={say("ui.cancel")}
      onCancel={() => onClose(false)}
      okButtonProps={{ loading: replay.isPending }}
      onOk={run}
    >
      <p className="soft">{say("quarantine.replayText")}</p>
      <div className="same-change">
        <Input
          value={field}
          aria-label={say("quarantine.field")}
          placeholder={say("quarantine.fieldPlaceholder")}
          onChange={(event) => setField(event.target.value)}
        />
        <Input
          value={value}
          aria-label={say("quarantine.newValue")}
          placeholder={say("quarantine.newValue")}
          onChange={(event) => setValue(event.target.value)}
        />
      </div>
      {replay.isError && <ProblemNote error={replay.error} />}
    </Modal>
  );
}

function DropMany({ open, meant, count, onClose }: Asked) {
  const say = useSay();
  const formats = useFormats();
  const { message } = App.useApp();
  const drop = useDropMany();
  const [note, setNote] = useState("");
  return (
    <Modal
      open={open}
      title={say("quarantine.dropTitle", { n: count })}
      okText={say("quarantine.drop")}
      cancelText={say("ui.cancel")}
      onCancel={() => onClose(false)}
      okButtonProps={{ danger: true, disabled: note.trim() === "", loading: drop.isPending }}
      onOk={() =>
        drop.mutate(
          { meant, note: note.trim() },
          {
            onSuccess: ({ dropped }) => {
              void message.success(say("quarantine.droppedMany", { n: formats.number(dropped) }));
              setNote("");
              onClose(true);
            },
          },
        )
      }
    >
      <p className="soft">{say("quarantine.dropText")}</p>
      <Input.TextArea
        rows={3}
        maxLength={500}
        value={note}
        aria-label={say("quarantine.note")}
        placeholder={say("quarantine.notePlaceholder")}
        onChange={(event) => setNote(event.target.value)}
      />
      {drop.isError && <ProblemNote error={drop.error} />}
    </Modal>
  );
}
