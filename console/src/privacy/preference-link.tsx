import { App, Button, Modal } from "antd";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { usePreferenceLink } from "./queries.ts";

/** A link for staff to pass on to her; made anew each time, and kept nowhere. */
export function PreferencePage({ person }: { person: string }) {
  const say = useSay();
  const formats = useFormats();
  const { message } = App.useApp();
  const link = usePreferenceLink(person);
  const copy = async (url: string) => {
    await navigator.clipboard.writeText(url);
    void message.success(say("privacy.copied"));
  };
  return (
    <>
      <Button
        type="link"
        size="small"
        className="flush push"
        loading={link.isPending}
        onClick={() => link.mutate(undefined, { onError: (error) => void message.error(error.message) })}
      >
        {say("privacy.link")}
      </Button>
      <Modal
        open={link.data !== undefined}
        title={say("privacy.linkTitle")}
        okText={say("privacy.copy")}
        cancelText={say("ui.close")}
        onOk={() => void copy(link.data?.url ?? "")}
        onCancel={() => link.reset()}
      >
        <p className="soft">
          {link.data !== undefined && say("privacy.linkText", { at: formats.instant(link.data.expiresAt) })}
        </p>
        <p className="preference-url">{link.data?.url}</p>
      </Modal>
    </>
  );
}
