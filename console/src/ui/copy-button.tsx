import { CheckOutlined, CopyOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useSay } from "../i18n/i18n.ts";

export function CopyButton({ text, label }: { text: string; label: string }) {
  const say = useSay();
  const [done, setDone] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
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
