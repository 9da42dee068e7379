import type { Import } from "@stork/contract/imports.ts";
import { App, Button, Modal, Tooltip } from "antd";
import { useState } from "react";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { ProblemNote } from "../ui/states.tsx";
import { useImportAction } from "./queries.ts";

/** Stop what runs; take back what is done, after saying what that means. */
export function ImportActions({ data }: { data: Import }) {
  const running = data.status === "waiting" || data.status === "running";
  return (
    <>
      {running && <Cancel data={data} />}
      {!running && data.status !== "undone" && data.status !== "undoing" && <Undo data={data} />}
    </>
  );
}

function Cancel({ data }: { data: Import }) {
  const say = useSay();
  const formats = useFormats();
  const { modal, message } = App.useApp();
  const action = useImportAction(data.id);
  const ask = () =>
    void modal.confirm({
      title: say("imports.cancelTitle"),
      content: say("imports.cancelText", { n: formats.number(data.kept), count: data.kept }),
      okText: say("imports.cancel"),
      cancelText: say("imports.goOn"),
      okButtonProps: { danger: true },
      onOk: () =>
        action.mutateAsync({ kind: "cancel" }).catch((error: Error) => void message.error(error.message)),
    });
  return (
    <Button danger loading={action.isPending} onClick={ask}>
      {say("imports.cancel")}
    </Button>
  );
}

function Undo({ data }: { data: Import }) {
  const say = useSay();
  const formats = useFormats();
  const action = useImportAction(data.id);
  const [asking, setAsking] = useState(false);
  const why = data.undo.reason === null ? undefined : formats.say(data.undo.reason);
  return (
    <>
      <Tooltip title={data.undo.possible ? undefined : why}>
        <Button danger disabled={!data.undo.possible} onClick={() => setAsking(true)}>
          {say("imports.undo")}
        </Button>
      </Tooltip>
      <Modal
        open={asking}
        title={say("imports.undoTitle")}
        onCancel={() => setAsking(false)}
        okText={say("imports.undo")}
        cancelText={say("ui.cancel")}
        okButtonProps={{ danger: true, loading: action.isPending }}
        onOk={() => action.mutate({ kind: "undo" }, { onSuccess: () => setAsking(false) })}
      >
        <ul className="undo-list">
          <li>{say("imports.undoAdded", { n: formats.number(data.added), count: data.added })}</li>
          {data.changed > 0 && (
            <li>{say("imports.undoChanged", { n: formats.number(data.changed), count: data.changed })}</li>
          )}
          {data.repeated > 0 && (
            <li>{say("imports.undoRepeated", { n: formats.number(data.repeated), count: data.repeated })}</li>
          )}
          {data.inQuarantine > 0 && (
            <li>
              {say("imports.undoQuarantine", {
                n: formats.number(data.inQuarantine),
                count: data.inQuarantine,
              })}
            </li>
          )}
          <li>{say("imports.undoStays")}</li>
          <li>{say("imports.undoAfter")}</li>
        </ul>
        {action.isError && <ProblemNote error={action.error} />}
      </Modal>
    </>
  );
}
