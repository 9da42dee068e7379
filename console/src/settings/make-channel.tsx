import { NewChannel } from "@stork/contract/campaigns.ts";
import { Button, Form, Input, InputNumber, Modal, Segmented, Switch } from "antd";
import { useState } from "react";
import { useSay } from "../i18n/i18n.ts";
import { CopyButton } from "../ui/copy-button.tsx";
import { Notice, ProblemNote } from "../ui/states.tsx";
import { useChannelActions } from "./queries.ts";

type Kind = "email" | "webhook";

/** A new way out: an SMTP server, or a web address that is called. */
export function MakeChannel({ open, onClose }: { open: boolean; onClose(): void }) {
  const say = useSay();
  const [kind, setKind] = useState<Kind>("email");
  const { make } = useChannelActions();
  const secret = make.data?.secret;
  const close = () => {
    make.reset();
    onClose();
  };
  const store = ({ name, ...settings }: { name: string } & Record<string, unknown>) => {
    const given = Object.fromEntries(
      Object.entries(settings).filter(([, value]) => value !== undefined && value !== ""),
    );
    make.mutate(NewChannel.parse({ kind, name, settings: given }), {
      onSuccess: (made) => made.secret === undefined && close(),
    });
  };
  return (
    <Modal open={open} onCancel={close} footer={null} title={say("settings.makeChannel")} destroyOnHidden>
      {secret === undefined ? (
        <>
          <Segmented<Kind>
            block
            value={kind}
            onChange={setKind}
            options={(["email", "webhook"] as const).map((one) => ({
              value: one,
              label: say(`settings.channel.${one}`),
            }))}
          />
          <Form
            key={kind}
            className="channel-form"
            layout="vertical"
            requiredMark={false}
            initialValues={{ port: 465, secure: true }}
            onFinish={store}
          >
            <Form.Item
              name="name"
              label={say("settings.name")}
              rules={[{ required: true, max: 80, message: say("settings.nameRule") }]}
            >
              <Input autoFocus placeholder={say(`settings.channelPlaceholder.${kind}`)} />
            </Form.Item>
            {kind === "email" ? <SmtpFields /> : <WebhookFields />}
            {make.isError && <ProblemNote error={make.error} />}
            <Button type="primary" htmlType="submit" loading={make.isPending} block>
              {say("settings.makeChannel")}
            </Button>
          </Form>
        </>
      ) : (
        <div className="spaced">
          <Notice tone="good" title={say("settings.channelMade")} text={say("settings.channelSecretText")} />
          <pre className="code wrap-code">{secret}</pre>
          <CopyButton text={secret} label={say("ui.copy")} />
        </div>
      )}
    </Modal>
  );
}

function SmtpFields() {
  const say = useSay();
  const required = [{ required: true, message: say("settings.required") }];
  return (
    <>
      <Form.Item name="from" label={say("settings.from")} extra={say("settings.fromHelp")} rules={required}>
        <Input placeholder="育见 <hello@brand.cn>" />
      </Form.Item>
      <div className="form-row">
        <Form.Item name="host" label={say("settings.host")} rules={required}>
          <Input placeholder="smtp.brand.cn" />
        </Form.Item>
        <Form.Item name="port" label={say("settings.port")} rules={required}>
          <InputNumber min={1} max={65_535} precision={0} />
        </Form.Item>
        <Form.Item name="secure" label="TLS" valuePropName="checked">
          <Switch />
        </Form.Item>
      </div>
      <div className="form-row">
        <Form.Item name="user" label={say("settings.user")}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name="password" label={say("settings.smtpPassword")}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      </div>
    </>
  );
}

function WebhookFields() {
  const say = useSay();
  return (
    <>
      <Form.Item
        name="url"
        label={say("settings.url")}
        rules={[{ required: true, type: "url", message: say("settings.urlRule") }]}
      >
        <Input placeholder="https://sms.brand.cn/send" />
      </Form.Item>
      <Form.Item name="secret" label={say("settings.secret")} extra={say("settings.secretHelp")}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </>
  );
}
