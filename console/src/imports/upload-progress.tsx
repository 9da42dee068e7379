import { Button, Progress } from "antd";
import { useEffect } from "react";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { duration } from "./duration.ts";
import type { Uploading } from "./queries.ts";

/** How much of the files is there and how long the rest will take; then they are looked at, which takes a moment. */
export function UploadProgress({ uploading, onStop }: { uploading: Uploading; onStop(): void }) {
  const say = useSay();
  const formats = useFormats();
  const { sent, total, secondsLeft } = uploading;
  const isUp = total > 0 && sent >= total;
  // Closing the page would break it off: the browser asks first.
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, []);
  return (
    <Panel className="running">
      <p>{say(isUp ? "imports.reading" : "imports.uploading")}</p>
      <Progress
        percent={total === 0 ? 0 : Math.floor((sent / total) * 100)}
        status="active"
        aria-label={say("imports.uploading")}
      />
      <p className="soft running-line" aria-live="off">
        {total > 0 && <span>{`${formats.bytes(sent)} / ${formats.bytes(total)}`}</span>}
        {!isUp && <span>{say("imports.stayHere")}</span>}
        {secondsLeft !== null && !isUp && (
          <span>{say("imports.left", { time: duration(secondsLeft, formats.language === "en") })}</span>
        )}
        <Button size="small" onClick={onStop}>
          {say("imports.stopUpload")}
        </Button>
      </p>
    </Panel>
  );
}
