import type { Source } from "@stork/contract/sources.ts";
import { App, Button, Modal } from "antd";
import { useState } from "react";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { useNow } from "../ui/now.ts";
import { Picks } from "../ui/picks.tsx";
import { Notice, ProblemNote } from "../ui/states.tsx";
import { useChangeWriteKey, useEndOldKeys } from "./queries.ts";

const spans = ["now", "day", "week", "month"] as const;
const hours = { now: 0, day: 24, week: 168, month: 720 } as const;

/** The key that lets anybody send; changed where it has become known, without cutting off who still sends by the old one. */
export function WriteKey({ source }: { source: Source }) {
  const say = useSay();
  const [changing, setChanging] = useState(false);
  return (
    <>
      <div className="write-key">
        <span className="soft">{say("sources.writeKey")}</span>
        <code>{source.writeKey}</code>
        <span className="row">
          <CopyButton text={source.writeKey} label={say("sources.copyKey")} />
          <Button size="small" onClick={() => setChanging(true)}>
            {say("sources.changeKey")}
          </Button>
        </span>
      </div>
      {source.oldKeys.length > 0 && <OldKeys source={source} />}
      <ChangeKey key={String(changing)} source={source} open={changing} onClose={() => setChanging(false)} />
    </>
  );
}

/** Until when the old one counts, and whether somebody still sends by it. */
function OldKeys({ source }: { source: Source }) {
  const say = useSay();
  const formats = useFormats();
  const now = useNow();
  const { message } = App.useApp();
  const end = useEndOldKeys(source.id);
  const last = source.oldKeys.at(-1)?.endsAt ?? "";
  const used = source.oldKeys
    .map(({ lastUsedAt }) => lastUsedAt)
    .filter((at) => at !== null)
    .sort()
    .at(-1);
  return (
    <Notice
      tone={used === undefined ? "info" : "warn"}
      title={say("sources.oldKeyUntil", { at: formats.instant(last) })}
      text={
        used === undefined
          ? say("sources.oldKeyUnused")
          : say("sources.oldKeyUsed", { ago: formats.ago(used, now) })
      }
      action={
        <Button
          size="small"
          danger
          loading={end.isPending}
          onClick={() =>
            end.mutate(undefined, { onError: (error: Error) => void message.error(error.message) })
          }
        >
          {say("sources.endOldKey")}
        </Button>
      }
    />
  );
}

function ChangeKey({ source, open, onClose }: { source: Source; open: boolean; onClose(): void }) {
  const say = useSay();
  const { message } = App.useApp();
  const change = useChangeWriteKey(source.id);
  const [span, setSpan] = useState<(typeof spans)[number]>("day");
  return (
    <Modal
      open={open}
      title={say("sources.changeKeyTitle")}
      okText={say("sources.changeKey")}
      cancelText={say("ui.cancel")}
      okButtonProps={{ loading: change.isPending, danger: span === "now" }}
      onCancel={onClose}
      onOk={() =>
        change.mutate(hours[span], {
          onSuccess: () => {
            void message.success(say("sources.keyChanged"));
            onClose();
          },
        })
      }
    >
      <p className="soft change-key-text">{say("sources.changeKeyText")}</p>
      <Picks
        label={say("sources.oldKeyFor")}
        value={span}
        onChange={(next) => next !== null && setSpan(next)}
        options={spans.map((one) => ({ value: one, label: say(`sources.oldKeyFor.${one}`) }))}
      />
      {span === "now" && <p className="wrong change-key-now">{say("sources.oldKeyNowText")}</p>}
      {change.isError && <ProblemNote error={change.error} />}
    </Modal>
  );
}
