import { type ApiKey, scopes } from "@stork/contract/access.ts";
import { App, Button, Checkbox, Form, Input, Modal, Popconfirm, Tag } from "antd";
import { useState } from "react";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { Listing } from "../ui/listing.tsx";
import { useNow } from "../ui/now.ts";
import { Notice, ProblemNote, RowsSkeleton, Teach, Trouble } from "../ui/states.tsx";
import { useKeyActions, useKeys } from "./queries.ts";

/** Keys for programs; a key is shown once. */
export function Keys() {
  const say = useSay();
  const here = useHere();
  const keys = useKeys();
  const [making, setMaking] = useState(false);
  const make = here.can("settings:write") && (
    <Button type="primary" className="push" onClick={() => setMaking(true)}>
      {say("settings.makeKey")}
    </Button>
  );
  if (keys.isPending) return <RowsSkeleton rows={3} />;
  if (keys.isError) return <Trouble error={keys.error} retry={() => void keys.refetch()} />;
  return (
    <>
      {keys.data.items.length === 0 ? (
        <Teach title={say("settings.noKeys")} text={say("settings.noKeysText")} action={make} />
      ) : (
        <>
          <div className="row">
            <p className="soft">{say("settings.keysHelp")}</p>
            {make}
          </div>
          <Rows items={keys.data.items} />
        </>
      )}
      <MakeKey open={making} onClose={() => setMaking(false)} />
    </>
  );
}

function Rows({ items }: { items: ApiKey[] }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const now = useNow();
  const { message } = App.useApp();
  const { revoke } = useKeyActions();
  const used = (row: ApiKey) =>
    row.lastUsedAt === null ? say("settings.neverUsed") : formats.ago(row.lastUsedAt, now);
  const out = (row: ApiKey) =>
    here.can("settings:write") ? (
      <Popconfirm
        title={say("settings.revokeTitle", { name: row.name })}
        okText={say("settings.revoke")}
        cancelText={say("ui.cancel")}
        onConfirm={() => revoke.mutate(row.id, { onError: (error) => void message.error(error.message) })}
      >
        <Button size="small" type="text" danger>
          {say("settings.revoke")}
        </Button>
      </Popconfirm>
    ) : null;
  return (
    <Listing
      label={say("settings.keys")}
      rows={items}
      keyOf={(row) => row.id}
      columns={[
        {
          id: "name",
          title: say("settings.name"),
          render: (row) => (
            <>
              <b>{row.name}</b>
              <span className="row-sub">
                <code>{row.prefix}…</code>
              </span>
            </>
          ),
        },
        { id: "scopes", title: say("settings.scopes"), render: (row) => <Scopes row={row} /> },
        { id: "used", title: say("settings.lastUsed"), numeric: true, render: used },
        { id: "out", title: "", numeric: true, render: out },
      ]}
      card={(row) => (
        <div>
          <span className="card-line">
            <strong>{row.name}</strong>
            <code>{row.prefix}…</code>
          </span>
          <span className="card-line soft">
            <span>{used(row)}</span>
            {out(row)}
          </span>
        </div>
      )}
    />
  );
}

function Scopes({ row }: { row: ApiKey }) {
  return (
    <span className="scope-tags">
      {row.scopes.map((scope) => (
        <Tag key={scope}>{scope}</Tag>
      ))}
    </span>
  );
}

function MakeKey({ open, onClose }: { open: boolean; onClose(): void }) {
  const say = useSay();
  const { make } = useKeyActions();
  const made = make.data;
  const close = () => {
    make.reset();
    onClose();
  };
  return (
    <Modal
      open={open}
      onCancel={close}
      footer={null}
      title={say("settings.makeKey")}
      destroyOnHidden
      mask={{ closable: made === undefined }}
    >
      {made === undefined ? (
        <Form<Parameters<typeof make.mutate>[0]>
          layout="vertical"
          requiredMark={false}
          initialValues={{ scopes: ["people:read", "segments:read"] }}
          onFinish={(fields) => make.mutate(fields)}
        >
          <Form.Item
            name="name"
            label={say("settings.name")}
            rules={[{ required: true, max: 80, message: say("settings.nameRule") }]}
          >
            <Input autoFocus placeholder={say("settings.keyPlaceholder")} />
          </Form.Item>
          <Form.Item
            name="scopes"
            label={say("settings.scopes")}
            rules={[{ required: true, message: say("settings.scopesRule") }]}
          >
            <Checkbox.Group
              className="scope-choices"
              options={scopes.map((scope) => ({ value: scope, label: say(`settings.scope.${scope}`) }))}
            />
          </Form.Item>
          {make.isError && <ProblemNote error={make.error} />}
          <Button type="primary" htmlType="submit" loading={make.isPending} block>
            {say("settings.makeKey")}
          </Button>
        </Form>
      ) : (
        <div className="spaced">
          <Notice tone="good" title={say("settings.keyMade")} text={say("settings.keyMadeText")} />
          <pre className="code wrap-code">{made.key}</pre>
          <CopyButton text={made.key} label={say("ui.copy")} />
        </div>
      )}
    </Modal>
  );
}
