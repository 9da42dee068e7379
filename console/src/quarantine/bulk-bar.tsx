import type { QuarantineFilter } from "@stork/contract/quarantine.ts";
import { App, AutoComplete, Button, Input, Modal } from "antd";
import { useState } from "react";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { useNarrow } from "../ui/narrow.ts";
import { ProblemNote } from "../ui/states.tsx";
import { blamedFirst } from "./blamed-first.ts";
import { type Meant, useDropMany, useItem, useReplayMany } from "./queries.ts";

/** What may be done to many at once: to those chosen, or else to all that the filter finds. */
export function BulkBar({
  chosen,
  first,
  total,
  filter,
  alike,
  onAlike,
  onDone,
}: {
  chosen: ReadonlySet<string>;
  /** One of those meant: it says which fields they have. */
  first: string;
  total: number;
  filter: QuarantineFilter;
  /** How many wait for the same reason as all those chosen; null where that is no other choice. */
  alike: number | null;
  onAlike(): void;
  onDone(): void;
}) {
  const say = useSay();
  const formats = useFormats();
  const [doing, setDoing] = useState<"replay" | "drop" | null>(null);
  const n = chosen.size > 0 ? chosen.size : total;
  const meant: Meant = chosen.size > 0 ? { ids: [...chosen] } : { filter };
  const count = formats.number(n);
  const size = useNarrow() ? "middle" : "small";
  return (
    <span className={chosen.size > 0 ? "push row wrap bulk-bar some" : "push row wrap bulk-bar"}>
      {chosen.size > 0 && <span className="soft">{say("quarantine.chosen", { n: count })}</span>}
      {alike !== null && (
        <Button size={size} type="link" onClick={onAlike}>
          {say("quarantine.alike", { n: formats.number(alike) })}
        </Button>
      )}
      <Button size={size} onClick={() => setDoing("replay")}>
        {say(chosen.size > 0 ? "quarantine.replayChosen" : "quarantine.replayAll", { n: count })}
      </Button>
      <Button size={size} type="text" danger onClick={() => setDoing("drop")}>
        {say(chosen.size > 0 ? "quarantine.dropChosen" : "quarantine.dropAll")}
      </Button>
      <ReplayMany
        key={doing === "replay" ? "r" : "-"}
        open={doing === "replay"}
        meant={meant}
        first={first}
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

function ReplayMany({ open, meant, first, count, onClose }: Asked & { first: string }) {
  const say = useSay();
  const formats = useFormats();
  const { message } = App.useApp();
  const replay = useReplayMany();
  const like = useItem(open ? first : null);
  const [field, setField] = useState("");
  const [value, setValue] = useState("");
  const run = () =>
    replay.mutate(
      { meant, changes: field.trim() === "" ? {} : { [field.trim()]: value } },
      {
        onSuccess: ({ taken, refused, left }) => {
          // None of them taken is no success.
          const counts = { replayedMany: taken, replayedRefused: refused, replayedLeft: left } as const;
          const told = (["replayedMany", "replayedRefused", "replayedLeft"] as const)
            .filter((name) => name === "replayedMany" || counts[name] > 0)
            .map((name) =>
              say(`quarantine.${name}`, { n: formats.number(counts[name]), count: counts[name] }),
            );
          void message[taken > 0 ? "success" : "warning"](told.join(say("quarantine.and")));
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
        <AutoComplete
          value={field}
          aria-label={say("quarantine.field")}
          placeholder={say("quarantine.fieldPlaceholder")}
          options={blamedFirst(like.data?.fields ?? []).map(({ name }) => ({ value: name }))}
          showSearch={{ filterOption: true }}
          onChange={setField}
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
