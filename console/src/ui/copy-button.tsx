import { CheckOutlined, CopyOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useSay } from "../i18n/i18n.ts";

export function CopyButton({ text, label }: { text: string; label: string }) {
  const say = useSay();
  const [done, setDone] = useState(false);
  const copy = async () => {
    if (!(await copied(text))) return;
    setDone(true);
    setTimeout(() => setDone(false), 1500);
  };
  return (
    <Button
      size="small"
      icon={done ? <CheckOutlined /> : <CopyOutlined />}
      onClick={() => void copy()}
      aria-label={label}
    >
      <span aria-live="polite">{say(done ? "ui.copied" : "ui.copy")}</span>
    </Button>
  );
}

/** A browser offers its clipboard on secure pages alone; a house on a plain address in the office has the older way. */
async function copied(text: string): Promise<boolean> {
  if (window.isSecureContext) {
    const isWritten = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    if (isWritten) return true;
  }
  const active = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.style.position = "fixed";
  field.style.opacity = "0";
  // Beside the button: a drawer keeps the focus within itself.
  (active?.parentElement ?? document.body).append(field);
  field.select();
  const isCopied = document.execCommand("copy");
  field.remove();
  if (active instanceof HTMLElement) active.focus();
  return isCopied;
}
