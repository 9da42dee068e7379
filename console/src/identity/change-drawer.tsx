import type { Decision } from "@stork/contract/identity.ts";
import { Button, Checkbox, Drawer, Input } from "antd";
import { useState } from "react";
import { useWhoSaid } from "../families/who-said.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { useNarrow } from "../ui/narrow.ts";
import { BoxSkeleton, Notice, ProblemNote } from "../ui/states.tsx";
import { useDecide, usePreview, type Wanted } from "./queries.ts";
import { SideCard } from "./side-card.tsx";

/** What a change would do, before and after side by side; done only with a reason. */
export function ChangeDrawer({
  wanted,
  onClose,
  onDone,
}: {
  wanted: Wanted | null;
  onClose: () => void;
  onDone: (persons: readonly string[]) => void;
}) {
  const say = useSay();
  const narrow = useNarrow();
  return (
    <Drawer
      title={say("identity.preview")}
      open={wanted !== null}
      onClose={onClose}
      placement={narrow ? "bottom" : "right"}
      size={narrow ? "90%" : 860}
      destroyOnHidden
    >
      {wanted !== null && <Preview wanted={wanted} onDone={onDone} />}
    </Drawer>
  );
}

function Preview({
  wanted: asked,
  onDone,
}: {
  wanted: Wanted;
  onDone: (persons: readonly string[]) => void;
}) {
  const say = useSay();
  const formats = useFormats();
  const [reason, setReason] = useState("");
  const [otherSide, setOtherSide] = useState<readonly string[]>([]);
  const wanted = asked.kind === "undo" ? { ...asked, otherSide } : asked;
  const preview = usePreview(wanted);
  const decide = useDecide();
  if (preview.isPending) return <BoxSkeleton height={360} />;
  if (preview.isError) return <ProblemNote error={preview.error} />;
  const { before, after, warnings, meanwhile = [] } = preview.data;
  const same = before.length === after.length && before.every(({ id }, i) => id === after[i]?.id);
  return (
    <div className="change-preview">
      {warnings.map((warning) => (
        <Notice key={warning.en} tone="warn" title={formats.say(warning)} />
      ))}
      {same && wanted.kind === "never-same" ? (
        <p className="soft">{say("identity.noChange")}</p>
      ) : (
        <div className="before-after">
          <section aria-label={say("identity.before")}>
            <h4>{say("identity.before")}</h4>
            {before.map((side) => (
              <SideCard key={side.id} side={side} />
            ))}
          </section>
          <section aria-label={say("identity.after")}>
            <h4>{say("identity.after")}</h4>
            {after.map((side) => (
              <SideCard key={side.id} side={side} />
            ))}
          </section>
        </div>
      )}
      {meanwhile.length > 0 && (
        <Meanwhile decisions={meanwhile} otherSide={otherSide} onChange={setOtherSide} />
      )}
      {decide.isError && <ProblemNote error={decide.error} />}
      <Input.TextArea
        autoSize={{ minRows: 2, maxRows: 4 }}
        maxLength={500}
        placeholder={say("identity.reason")}
        aria-label={say("identity.reason")}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Button
        type="primary"
        danger={wanted.kind === "split"}
        disabled={reason.trim() === ""}
        loading={decide.isPending}
        onClick={() =>
          decide.mutate({ wanted, reason: reason.trim() }, { onSuccess: ({ persons }) => onDone(persons) })
        }
      >
        {say(`identity.do.${wanted.kind}`)}
      </Button>
    </div>
  );
}

/** Who else was merged into the two while they were one: nobody but staff knows which of them was meant. */
function Meanwhile({
  decisions,
  otherSide,
  onChange,
}: {
  decisions: readonly Decision[];
  otherSide: readonly string[];
  onChange: (otherSide: readonly string[]) => void;
}) {
  const say = useSay();
  const formats = useFormats();
  const who = useWhoSaid();
  return (
    <fieldset className="meanwhile">
      <legend>{say("identity.meanwhile")}</legend>
      <p className="soft">{say("identity.meanwhileText")}</p>
      {decisions.map((one) => (
        <Checkbox
          key={one.id}
          checked={otherSide.includes(one.id)}
          onChange={({ target }) =>
            onChange(target.checked ? [...otherSide, one.id] : otherSide.filter((id) => id !== one.id))
          }
        >
          {say("identity.meantOther", { reason: one.reason })}
          <small>{say("identity.by", { at: formats.instant(one.at), who: who(one.who) })}</small>
        </Checkbox>
      ))}
    </fieldset>
  );
}
