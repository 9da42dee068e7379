import type { ImportPreview, PreviewedFile } from "@stork/contract/imports.ts";
import { Button, Form, Input } from "antd";
import { useState } from "react";
import { asProblem } from "../api/problem.ts";
import { useSay } from "../i18n/i18n.ts";
import { type Choice, useUnlock } from "./queries.ts";

/** A file asks for a password: it is given here, as often as it takes, and opens every file that it fits. */
export function UnlockFile({
  upload,
  file,
  choice,
  onOpened,
}: {
  upload: string;
  file: PreviewedFile;
  choice: Choice;
  onOpened(preview: ImportPreview): void;
}) {
  const say = useSay();
  const unlock = useUnlock(upload);
  const [password, setPassword] = useState("");
  const [othersOpened, setOthersOpened] = useState(false);
  const parts = file.locked?.parts ?? [];
  const wrong = unlock.isError
    ? asProblem(unlock.error).message
    : othersOpened
      ? say("imports.openedOthers")
      : undefined;
  const go = () => {
    setOthersOpened(false);
    unlock.mutate(
      { password, choice },
      {
        onSuccess: (preview) => {
          setOthersOpened(preview.files.some((one) => one.name === file.name && one.locked !== undefined));
          onOpened(preview);
        },
      },
    );
  };
  return (
    <section className="unlock" aria-label={say("imports.locked")}>
      <p>
        <strong>{say("imports.locked")}</strong>
      </p>
      {parts.length > 0 && (
        <p className="soft">
          {say("imports.lockedParts", {
            names: parts.slice(0, 5).join(say("imports.listComma")),
            n: parts.length,
            count: parts.length,
          })}
        </p>
      )}
      <Form layout="vertical" onFinish={go}>
        <Form.Item
          label={say("imports.password")}
          help={wrong}
          {...(wrong === undefined ? {} : { validateStatus: "error" as const })}
        >
          <span className="row wrap">
            <Input.Password
              className="unlock-input"
              autoComplete="off"
              autoFocus
              aria-label={say("imports.password")}
              aria-invalid={wrong !== undefined}
              value={password}
              maxLength={1024}
              onChange={(event) => setPassword(event.target.value)}
            />
            <Button type="primary" htmlType="submit" loading={unlock.isPending} disabled={password === ""}>
              {say("imports.unlock")}
            </Button>
          </span>
        </Form.Item>
      </Form>
      <p className="faint">{say("imports.lockedText")}</p>
    </section>
  );
}
