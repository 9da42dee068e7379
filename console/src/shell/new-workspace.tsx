import { NewWorkspace, Workspace } from "@stork/contract/access.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Modal } from "antd";
import { useNavigate } from "react-router";
import { api } from "../api/client.ts";
import { useSay } from "../i18n/i18n.ts";
import { ProblemNote } from "../ui/states.tsx";
import { sessionKey } from "./session.tsx";
import "./sign-in.css";

interface Fields {
  name: string;
  slug: string;
}

/** Shown at `/` to somebody who is signed in and has no workspace yet. */
export function NewWorkspacePage() {
  const say = useSay();
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <h1>{say("shell.newWorkspace.title")}</h1>
        <p className="soft">{say("shell.newWorkspace.sub")}</p>
        <NewWorkspaceForm />
      </div>
    </main>
  );
}

export function NewWorkspaceModal({ open, onClose }: { open: boolean; onClose(): void }) {
  const say = useSay();
  return (
    <Modal
      open={open}
      onCancel={onClose}
      footer={null}
      title={say("shell.newWorkspace.title")}
      destroyOnHidden
    >
      <p className="soft">{say("shell.newWorkspace.sub")}</p>
      <NewWorkspaceForm onDone={onClose} />
    </Modal>
  );
}

function NewWorkspaceForm({ onDone }: { onDone?: () => void }) {
  const say = useSay();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const make = useMutation({
    mutationFn: (fields: Fields) => api.post("/api/v1/workspaces", Workspace, NewWorkspace.parse(fields)),
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: sessionKey });
      onDone?.();
      await navigate(`/w/${made.slug}`);
    },
  });
  return (
    <Form<Fields> layout="vertical" requiredMark={false} onFinish={(fields) => make.mutate(fields)}>
      <Form.Item
        name="name"
        label={say("shell.newWorkspace.name")}
        rules={[{ required: true, max: 80, message: say("shell.newWorkspace.nameRule") }]}
      >
        <Input autoFocus placeholder={say("shell.newWorkspace.namePlaceholder")} />
      </Form.Item>
      <Form.Item
        name="slug"
        label={say("shell.newWorkspace.slug")}
        extra={say("shell.newWorkspace.slugHelp")}
        rules={[
          {
            required: true,
            pattern: /^[a-z0-9][a-z0-9-]{0,62}$/,
            message: say("shell.newWorkspace.slugRule"),
          },
        ]}
      >
        <Input addonBefore="/w/" placeholder="my-brand" />
      </Form.Item>
      {make.isError && <ProblemNote error={make.error} />}
      <Button type="primary" htmlType="submit" loading={make.isPending} block>
        {say("shell.newWorkspace.make")}
      </Button>
    </Form>
  );
}
