import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import type { Notification } from "@stork/contract/quality.ts";
import { App, Button, Checkbox, Form, Input, Select } from "antd";
import { Link } from "react-router";
import type { z } from "zod";
import { useSay } from "../i18n/i18n.ts";
import { useHere } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { BoxSkeleton, ProblemNote, Teach, Trouble } from "../ui/states.tsx";
import { useAlertChannels, useNotifications, useSetNotifications } from "./queries.ts";

type One = z.infer<typeof Notification>;

/** Who is told outside of the console, by which channel, from which severity. */
export function NotificationsForm() {
  const say = useSay();
  const here = useHere();
  const { message } = App.useApp();
  const notifications = useNotifications();
  const channels = useAlertChannels();
  const set = useSetNotifications();
  if (notifications.isPending || channels.isPending) return <BoxSkeleton height={240} />;
  if (notifications.isError)
    return <Trouble error={notifications.error} retry={() => void notifications.refetch()} />;
  if (channels.isError) return <Trouble error={channels.error} retry={() => void channels.refetch()} />;
  if (channels.data.items.length === 0)
    return (
      <Teach
        title={say("quality.noChannels")}
        text={say("quality.noChannelsText")}
        action={
          <Link to={here.to("/settings/channels")}>
            <Button>{say("quality.toChannels")}</Button>
          </Link>
        }
      />
    );
  const editable = here.can("settings:write");
  if (!editable && notifications.data.items.length === 0)
    return <Teach title={say("quality.notifiesNobody")} text={say("quality.notifiesNobodyText")} />;
  const isMail = (id: string | undefined) =>
    channels.data.items.find((one) => one.id === id)?.kind === "email";
  return (
    <Panel title={say("quality.notify")}>
      <p className="soft panel-lead">{say("quality.notifyText")}</p>
      <Form<{ items: One[] }>
        disabled={!editable}
        initialValues={{ items: notifications.data.items }}
        onFinish={({ items }) =>
          set.mutate(
            items.map((one) => ({ ...one, to: isMail(one.channel) && one.to ? one.to : null })),
            { onSuccess: () => void message.success(say("ui.saved")) },
          )
        }
      >
        <Form.List name="items">
          {(fields, { add, remove }) => (
            <>
              {fields.map(({ key, name }) => (
                <div key={key} className="notify-line">
                  <Form.Item name={[name, "channel"]} rules={[{ required: true, message: "" }]}>
                    <Select
                      aria-label={say("quality.channel")}
                      placeholder={say("quality.channel")}
                      options={channels.data.items.map((one) => ({ value: one.id, label: one.name }))}
                    />
                  </Form.Item>
                  <Form.Item name={[name, "to"]} rules={[{ type: "email", message: say("quality.toRule") }]}>
                    <Input aria-label={say("quality.to")} placeholder={say("quality.to")} />
                  </Form.Item>
                  <Form.Item name={[name, "severity"]}>
                    <Select
                      aria-label={say("quality.severity")}
                      options={(["warning", "critical"] as const).map((one) => ({
                        value: one,
                        label: say(`quality.notify.${one}`),
                      }))}
                    />
                  </Form.Item>
                  <Form.Item name={[name, "language"]}>
                    <Select
                      aria-label={say("shell.language")}
                      options={[
                        { value: "zh", label: "中文" },
                        { value: "en", label: "English" },
                      ]}
                    />
                  </Form.Item>
                  <Form.Item name={[name, "resolved"]} valuePropName="checked">
                    <Checkbox>{say("quality.alsoResolved")}</Checkbox>
                  </Form.Item>
                  <Button
                    type="text"
                    icon={<DeleteOutlined />}
                    aria-label={`${say("ui.delete")} ${name + 1}`}
                    onClick={() => remove(name)}
                  />
                </div>
              ))}
              {editable && (
                <Button
                  type="dashed"
                  icon={<PlusOutlined />}
                  onClick={() => add({ to: null, severity: "critical", resolved: true, language: "zh" })}
                >
                  {say("quality.addNotify")}
                </Button>
              )}
            </>
          )}
        </Form.List>
        {set.isError && <ProblemNote error={set.error} />}
        {editable && (
          <Button type="primary" htmlType="submit" loading={set.isPending} className="notify-save">
            {say("ui.save")}
          </Button>
        )}
      </Form>
    </Panel>
  );
}
