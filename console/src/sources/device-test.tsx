import type { ConnectionReport, DeviceReading } from "@stork/contract/devices.ts";
import { Button, Input } from "antd";
import { useState } from "react";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { useSettled } from "../ui/settled.ts";
import { Notice, ProblemNote } from "../ui/states.tsx";
import type { DeviceDraft } from "./device-templates.ts";
import { useReading, useTestConnection } from "./queries.ts";

interface Message {
  topic: string;
  payload: string;
}

type Probe = Message & { topics: DeviceDraft["topics"] };

/** What can be asked about; null while something is still to be filled in. */
const readable = (probe: Probe): Probe | null =>
  probe.topics.length > 0 && probe.topic !== "" && probe.topics.every((one) => one?.pattern && one.event)
    ? probe
    : null;

/** Reads one message as the source would, while the mapping is being written. */
export function MappingTest({
  topics,
  message,
  onMessage,
}: {
  topics: DeviceDraft["topics"];
  message: Message;
  onMessage(next: Message): void;
}) {
  const say = useSay();
  const probe = useSettled(JSON.stringify({ topics, ...message }), 350);
  const reading = useReading(readable(JSON.parse(probe)));
  return (
    <Panel title={say("sources.device.try")} className="device-test">
      <div className="field">
        <label className="field-label" htmlFor="try-topic">
          {say("sources.device.tryTopic")}
        </label>
        <Input
          id="try-topic"
          className="mono"
          value={message.topic}
          onChange={(event) => onMessage({ ...message, topic: event.target.value })}
        />
      </div>
      <div className="field">
        <label className="field-label" htmlFor="try-payload">
          {say("sources.device.tryPayload")}
        </label>
        <Input.TextArea
          id="try-payload"
          rows={3}
          className="mono"
          value={message.payload}
          onChange={(event) => onMessage({ ...message, payload: event.target.value })}
        />
      </div>
      <div className="device-reading" aria-live="polite">
        {reading.isError ? (
          <ProblemNote error={reading.error} />
        ) : reading.data === undefined ? (
          <p className="faint">{say("sources.device.tryHelp")}</p>
        ) : (
          <Reading reading={reading.data} />
        )}
      </div>
    </Panel>
  );
}

function Reading({ reading }: { reading: DeviceReading }) {
  const say = useSay();
  const formats = useFormats();
  if (reading.outcome === "refused")
    return <Notice tone="warn" title={say("sources.device.notRead")} text={formats.say(reading.reason)} />;
  return (
    <>
      <p>
        <span className="status good">{say("sources.device.becomes", { name: reading.name })}</span>
      </p>
      <dl className="facts">
        {reading.identifiers.map((one) => (
          <div className="fact" key={`${one.namespace}:${one.value}`}>
            <dt>{one.namespace}</dt>
            <dd>{one.value}</dd>
          </div>
        ))}
        {Object.entries(reading.properties).map(([key, value]) => (
          <div className="fact" key={key}>
            <dt>{key}</dt>
            <dd>{typeof value === "object" ? JSON.stringify(value) : String(value)}</dd>
          </div>
        ))}
        <div className="fact">
          <dt>{say("sources.fact.at")}</dt>
          <dd>{formats.instant(reading.at)}</dd>
        </div>
      </dl>
    </>
  );
}

/** Connects as the source would, listens for a moment, says what it saw; nothing is kept. */
export function ConnectionTest({
  device,
  source,
  onSample,
}: {
  device(): Promise<DeviceDraft | null>;
  source?: string;
  onSample?(message: Message): void;
}) {
  const say = useSay();
  const test = useTestConnection();
  const [report, setReport] = useState<ConnectionReport | null>(null);
  const run = async () => {
    const settings = await device();
    if (settings === null) return;
    setReport(null);
    test.mutate({ device: settings, ...(source === undefined ? {} : { source }) }, { onSuccess: setReport });
  };
  return (
    <div className="connection-test" aria-live="polite">
      <Button onClick={() => void run()} loading={test.isPending}>
        {say(test.isPending ? "sources.device.testing" : "sources.device.test")}
      </Button>
      {test.isError && <ProblemNote error={test.error} />}
      {report !== null && <Report report={report} onSample={onSample} />}
    </div>
  );
}

function Report({
  report,
  onSample,
}: {
  report: ConnectionReport;
  onSample: ((message: Message) => void) | undefined;
}) {
  const say = useSay();
  const formats = useFormats();
  if (!report.connected)
    return (
      <Notice
        tone="bad"
        title={say("sources.device.notConnected")}
        text={report.trouble === null ? "" : formats.say(report.trouble)}
      />
    );
  const { samples } = report;
  return (
    <>
      <Notice
        tone={report.refusedPatterns.length > 0 ? "warn" : "good"}
        title={say("sources.device.connected")}
        text={
          report.refusedPatterns.length > 0
            ? say("sources.device.refusedPatterns", { patterns: report.refusedPatterns.join(", ") })
            : samples.length === 0
              ? say("sources.device.heardNothing")
              : say("sources.device.heard", { n: samples.length, count: samples.length })
        }
      />
      <ul className="samples">
        {samples.slice(0, 5).map((one) => (
          <li key={`${one.topic} ${one.payload}`}>
            <code>{one.topic}</code>
            <span className={one.reading.outcome === "event" ? "status good" : "status warn"}>
              {one.reading.outcome === "event" ? one.reading.name : formats.say(one.reading.reason)}
            </span>
            {onSample !== undefined && (
              <Button
                size="small"
                type="text"
                onClick={() => onSample({ topic: one.topic, payload: one.payload })}
              >
                {say("sources.device.useSample")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
