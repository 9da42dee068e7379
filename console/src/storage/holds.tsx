import type { KindOfData, LegalHold, StoredKind } from "@stork/contract/storage.ts";
import { App, Button, Form, Input, Modal, Select } from "antd";
import { useState } from "react";
import type { z } from "zod";
import { useWhoSaid } from "../families/who-said.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { ProblemNote } from "../ui/states.tsx";
import { usePlaceHold, useReleaseHold } from "./queries.ts";

type Kinds = readonly z.infer<typeof KindOfData>[];
type Hold = z.infer<typeof LegalHold>;

/** What must not be deleted, whatever the policies say, and why. */
export function Holds({ holds, kinds }: { holds: Hold[]; kinds: Kinds }) {
  const say = useSay();
  const here = useHere();
  const [placing, setPlacing] = useState(false);
  const standing = holds.filter((one) => one.releasedAt === null);
  return (
    <Panel
      title={say("storage.holds")}
      extra={
        here.can("rights:write") && (
          <Button size="small" onClick={() => setPlacing(true)}>
            {say("storage.placeHold")}
          </Button>
        )
      }
    >
      {standing.length === 0 ? (
        <p className="soft">{say("storage.noHolds")}</p>
      ) : (
        <ul className="lines-list">
          {standing.map((hold) => (
            <HoldLine key={hold.id} hold={hold} kinds={kinds} />
          ))}
        </ul>
      )}
      <PlaceHold open={placing} kinds={kinds} onClose={() => setPlacing(false)} />
    </Panel>
  );
}

function HoldLine({ hold, kinds }: { hold: Hold; kinds: Kinds }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const { modal, message } = App.useApp();
  const release = useReleaseHold();
  const who = useWhoSaid();
  const kind = kinds.find((one) => one.kind === hold.kind);
  const span =
    hold.from === null && hold.to === null
      ? say("storage.allTime")
      : `${hold.from === null ? "…" : formats.date(hold.from)} – ${hold.to === null ? "…" : formats.date(hold.to)}`;
  const ask = () =>
    void modal.confirm({
      title: say("storage.releaseTitle"),
      content: say("storage.releaseText"),
      okText: say("storage.release"),
      cancelText: say("ui.cancel"),
      okButtonProps: { danger: true },
      onOk: () => release.mutateAsync(hold.id).catch((error: Error) => void message.error(error.message)),
    });
  return (
    <li>
      <div>
        <b>{hold.reason}</b>
        <p className="faint">
          {[
            kind === undefined ? say("storage.allKinds") : formats.say(kind.label),
            span,
            who(hold.placedBy),
            formats.date(formats.dayOf(hold.placedAt)),
          ].join(" · ")}
        </p>
      </div>
      {here.can("rights:write") && (
        <Button size="small" type="text" onClick={ask}>
          {say("storage.release")}
        </Button>
      )}
    </li>
  );
}

interface Fields {
  kind: StoredKind | "";
  from: string;
  to: string;
  reason: string;
}

function PlaceHold({ open, kinds, onClose }: { open: boolean; kinds: Kinds; onClose(): void }) {
  const say = useSay();
  const formats = useFormats();
  const place = usePlaceHold();
  const [form] = Form.useForm<Fields>();
  return (
    <Modal
      open={open}
      title={say("storage.placeHold")}
      okText={say("storage.placeHold")}
      cancelText={say("ui.cancel")}
      okButtonProps={{ loading: place.isPending }}
      onCancel={onClose}
      onOk={() => form.submit()}
      afterOpenChange={(shown) => shown && form.getFieldInstance("reason")?.focus()}
      destroyOnHidden
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ kind: "", from: "", to: "", reason: "" }}
        onFinish={({ kind, from, to, reason }) =>
          place.mutate(
            {
              kind: kind === "" ? null : kind,
              from: from === "" ? null : from,
              to: to === "" ? null : to,
              reason: reason.trim(),
            },
            { onSuccess: onClose },
          )
        }
      >
        <Form.Item
          name="reason"
          label={say("storage.reason")}
          rules={[{ required: true, whitespace: true, message: say("storage.reasonRule") }]}
        >
          <Input.TextArea rows={2} maxLength={500} placeholder={say("storage.reasonPlaceholder")} />
        </Form.Item>
        <Form.Item name="kind" label={say("storage.kind")}>
          <Select
            options={[
              { value: "", label: say("storage.allKinds") },
              ...kinds.map((one) => ({ value: one.kind, label: formats.say(one.label) })),
            ]}
          />
        </Form.Item>
        <div className="grid-2">
          <Form.Item name="from" label={say("storage.from")} extra={say("storage.openEnd")}>
            <Input type="date" />
          </Form.Item>
          <Form.Item
            name="to"
            label={say("storage.to")}
            dependencies={["from"]}
            rules={[
              ({ getFieldValue }) => ({
                validator: (_rule, to: string) =>
                  to === "" || getFieldValue("from") <= to
                    ? Promise.resolve()
                    : Promise.reject(new Error(say("storage.toRule"))),
              }),
            ]}
          >
            <Input type="date" />
          </Form.Item>
        </div>
        {place.isError && <ProblemNote error={place.error} />}
      </Form>
    </Modal>
  );
}
