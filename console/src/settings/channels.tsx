import type { Channel } from "@stork/contract/campaigns.ts";
import { App, Button, Popconfirm } from "antd";
import { useState } from "react";
import { type Say, useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { Notice, RowsSkeleton, Teach, Trouble } from "../ui/states.tsx";
import { MakeChannel } from "./make-channel.tsx";
import { useChannelActions, useChannels } from "./queries.ts";

/** The ways in which messages leave; every message still passes the one gate. */
export function Channels() {
  const say = useSay();
  const here = useHere();
  const channels = useChannels();
  const [making, setMaking] = useState(false);
  const make = here.can("settings:write") && (
    <Button type="primary" className="push" onClick={() => setMaking(true)}>
      {say("settings.makeChannel")}
    </Button>
  );
  if (channels.isPending) return <RowsSkeleton rows={3} />;
  if (channels.isError) return <Trouble error={channels.error} retry={() => void channels.refetch()} />;
  return (
    <>
      {channels.data.items.length === 0 ? (
        <Teach title={say("settings.noChannels")} text={say("settings.noChannelsText")} action={make} />
      ) : (
        <>
          <div className="row">
            <p className="soft">{say("settings.channelsHelp")}</p>
            {make}
          </div>
          {channels.data.items.map((channel) => (
            <ChannelCard key={channel.id} channel={channel} />
          ))}
        </>
      )}
      <MakeChannel open={making} onClose={() => setMaking(false)} />
    </>
  );
}

function ChannelCard({ channel }: { channel: Channel }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const { message } = App.useApp();
  const { remove, test } = useChannelActions();
  const shown = Object.entries(channel.settings).filter(([, value]) => value !== null && value !== "");
  const answer = test.data;
  return (
    <Panel
      title={`${channel.name} · ${say(`campaigns.kind.${channel.kind}`)}`}
      extra={
        <>
          {here.can("campaigns:write") && (
            <Button
              size="small"
              loading={test.isPending}
              onClick={() =>
                test.mutate(channel.id, { onError: (error) => void message.error(error.message) })
              }
            >
              {say("settings.test")}
            </Button>
          )}
          {here.can("settings:write") && (
            <Popconfirm
              title={say("settings.removeChannelTitle", { name: channel.name })}
              okText={say("ui.delete")}
              cancelText={say("ui.cancel")}
              onConfirm={() =>
                remove.mutate(channel.id, { onError: (error) => void message.error(error.message) })
              }
            >
              <Button size="small" type="text" danger>
                {say("ui.delete")}
              </Button>
            </Popconfirm>
          )}
        </>
      }
    >
      <dl className="facts">
        {shown.map(([key, value]) => (
          <div className="fact" key={key}>
            <dt>{settingName(key, say)}</dt>
            <dd>{typeof value === "boolean" ? say(value ? "ui.yes" : "ui.no") : String(value)}</dd>
          </div>
        ))}
        <dt>{say("settings.secret")}</dt>
        <dd>{say(channel.hasSecret ? "settings.secretKept" : "settings.secretNone")}</dd>
      </dl>
      {answer !== undefined && (
        <Notice
          tone={answer.ok ? "good" : "bad"}
          title={say(answer.ok ? "settings.testOk" : "settings.testFailed")}
          text={[answer.reason === null ? "" : formats.say(answer.reason), answer.detail ?? ""]
            .filter((line) => line !== "")
            .join("\n")}
        />
      )}
    </Panel>
  );
}

const named = ["host", "port", "user", "from", "url"] as const;

function settingName(key: string, say: Say): string {
  const known = named.find((one) => one === key);
  return known === undefined ? (key === "secure" ? "TLS" : key) : say(`settings.${known}`);
}
