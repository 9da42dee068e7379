import { type Member, Role } from "@stork/contract/access.ts";
import { App, Button, Form, Input, Modal, Popconfirm, Select } from "antd";
import { useState } from "react";
import type { z } from "zod";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere, useSession } from "../shell/session.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { Listing } from "../ui/listing.tsx";
import { Notice, ProblemNote, RowsSkeleton, Trouble } from "../ui/states.tsx";
import { useMemberActions, useMembers } from "./queries.ts";

/** Who may come in, and as what. */
export function Members() {
  const say = useSay();
  const here = useHere();
  const members = useMembers();
  const [adding, setAdding] = useState(false);
  const manage = here.can("settings:write");
  if (members.isPending) return <RowsSkeleton rows={4} />;
  if (members.isError) return <Trouble error={members.error} retry={() => void members.refetch()} />;
  return (
    <>
      <div className="row">
        <p className="soft">{say("settings.membersHelp")}</p>
        {manage && (
          <Button className="push" type="primary" onClick={() => setAdding(true)}>
            {say("settings.addMember")}
          </Button>
        )}
      </div>
      <Rows items={members.data.items} manage={manage} />
      <Roles />
      <AddMember open={adding} onClose={() => setAdding(false)} />
    </>
  );
}

function Rows({ items, manage }: { items: Member[]; manage: boolean }) {
  const say = useSay();
  const formats = useFormats();
  const me = useSession().data?.user?.id;
  const { message } = App.useApp();
  const { change, remove } = useMemberActions();
  const failed = (error: Error) => void message.error(error.message);
  const role = (row: Member) =>
    manage ? (
      <Select
        aria-label={say("settings.roleOf", { name: row.name })}
        className="role"
        value={row.role}
        onChange={(to) =>
          change.mutate(
            { id: row.id, role: to },
            { onError: failed, onSuccess: () => void message.success(say("ui.saved")) },
          )
        }
        options={Role.options.map((one) => ({ value: one, label: say(`shell.role.${one}`) }))}
      />
    ) : (
      say(`shell.role.${row.role}`)
    );
  const out = (row: Member) =>
    manage && row.id !== me ? (
      <Popconfirm
        title={say("settings.removeTitle", { name: row.name })}
        okText={say("settings.removeMember")}
        cancelText={say("ui.cancel")}
        onConfirm={() => remove.mutate(row.id, { onError: failed })}
      >
        <Button size="small" type="text" danger>
          {say("settings.removeMember")}
        </Button>
      </Popconfirm>
    ) : null;
  return (
    <Listing
      label={say("settings.members")}
      rows={items}
      keyOf={(row) => row.id}
      columns={[
        { id: "name", title: say("settings.name"), render: (row) => <b>{row.name}</b> },
        { id: "email", title: say("shell.signIn.email"), render: (row) => row.email },
        { id: "role", title: say("settings.role"), render: role },
        {
          id: "joined",
          title: say("settings.joined"),
          numeric: true,
          render: (row) => formats.date(formats.dayOf(row.joinedAt)),
        },
        { id: "out", title: "", numeric: true, render: out },
      ]}
      card={(row) => (
        <div>
          <span className="card-line">
            <strong>{row.name}</strong>
            {role(row)}
          </span>
          <span className="card-line soft">
            <span>{row.email}</span>
            {out(row)}
          </span>
        </div>
      )}
    />
  );
}

function Roles() {
  const say = useSay();
  return (
    <details className="roles">
      <summary>{say("settings.rolesHelp")}</summary>
      <dl className="facts">
        {Role.options.map((role) => (
          <div className="fact" key={role}>
            <dt>{say(`shell.role.${role}`)}</dt>
            <dd>{say(`settings.role.${role}`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function AddMember({ open, onClose }: { open: boolean; onClose(): void }) {
  const say = useSay();
  const { add } = useMemberActions();
  const link = add.data?.signInLink;
  const close = () => {
    add.reset();
    onClose();
  };
  return (
    <Modal open={open} onCancel={close} footer={null} title={say("settings.addMember")} destroyOnHidden>
      {link === undefined ? (
        <Form<{ name: string; email: string; role: z.infer<typeof Role> }>
          layout="vertical"
          requiredMark={false}
          initialValues={{ role: "marketer" }}
          onFinish={(fields) => add.mutate(fields)}
        >
          <Form.Item
            name="name"
            label={say("settings.name")}
            rules={[{ required: true, max: 80, message: say("settings.nameRule") }]}
          >
            <Input autoFocus />
          </Form.Item>
          <Form.Item
            name="email"
            label={say("shell.signIn.email")}
            rules={[{ required: true, type: "email", message: say("shell.signIn.emailRule") }]}
          >
            <Input inputMode="email" />
          </Form.Item>
          <Form.Item name="role" label={say("settings.role")}>
            <Select
              options={Role.options.map((role) => ({ value: role, label: say(`shell.role.${role}`) }))}
            />
          </Form.Item>
          {add.isError && <ProblemNote error={add.error} />}
          <Button type="primary" htmlType="submit" loading={add.isPending} block>
            {say("settings.addMember")}
          </Button>
        </Form>
      ) : (
        <div className="spaced">
          <Notice tone="good" title={say("settings.invited")} text={say("settings.invitedText")} />
          <pre className="code wrap-code">{link}</pre>
          <CopyButton text={link} label={say("ui.copy")} />
        </div>
      )}
    </Modal>
  );
}
