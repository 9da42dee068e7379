import type { KindOfData, StorageOverview } from "@stork/contract/storage.ts";
import { App, Button } from "antd";
import { useState } from "react";
import type { z } from "zod";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { Page, Panel } from "../ui/page.tsx";
import { BoxSkeleton, Notice, Trouble } from "../ui/states.tsx";
import { Archives } from "./archives.tsx";
import { Backups } from "./backups.tsx";
import { Change } from "./change.tsx";
import { Holds } from "./holds.tsx";
import { PolicyDrawer } from "./policy-drawer.tsx";
import { policySentence } from "./policy-sentence.ts";
import { useRunNow, useStorage } from "./queries.ts";
import { Runs } from "./runs.tsx";
import { TotalPanel } from "./total-panel.tsx";
import "./storage.css";

/** How long is it kept, where, at what cost a year; what must not be deleted; and can it be brought back. */
export function StoragePage() {
  const say = useSay();
  const here = useHere();
  const storage = useStorage();
  return (
    <Page
      title={say("storage.title")}
      sub={say("storage.sub")}
      actions={
        storage.data !== undefined && here.can("settings:write") && <RunNow busy={storage.data.busy} />
      }
    >
      {storage.isPending ? (
        <>
          <BoxSkeleton height={160} />
          <BoxSkeleton height={320} />
        </>
      ) : storage.isError ? (
        <Trouble error={storage.error} retry={() => void storage.refetch()} />
      ) : (
        <Told data={storage.data} />
      )}
    </Page>
  );
}

function RunNow({ busy }: { busy: boolean }) {
  const say = useSay();
  const { modal, message } = App.useApp();
  const run = useRunNow();
  const ask = () =>
    void modal.confirm({
      title: say("storage.runTitle"),
      content: say("storage.runText"),
      okText: say("storage.run"),
      cancelText: say("ui.cancel"),
      onOk: () => run.mutateAsync(undefined).catch((error: Error) => void message.error(error.message)),
    });
  return (
    <Button onClick={ask} loading={busy || run.isPending}>
      {say(busy ? "storage.busy" : "storage.run")}
    </Button>
  );
}

function Told({ data }: { data: StorageOverview }) {
  const say = useSay();
  return (
    <>
      {data.busy && <Notice tone="info" title={say("storage.busy")} text={say("storage.busyText")} />}
      <TotalPanel data={data} />
      <Kinds kinds={data.kinds} />
      <div className="grid-2">
        <Holds holds={data.holds} kinds={data.kinds} />
        <Backups backups={data.backups} />
      </div>
      <Archives archives={data.archives} kinds={data.kinds} />
      <Runs runs={data.runs} kinds={data.kinds} />
    </>
  );
}

type Kind = z.infer<typeof KindOfData>;

function Kinds({ kinds }: { kinds: Kind[] }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const [editing, setEditing] = useState<Kind | null>(null);
  return (
    <Panel title={say("storage.policies")}>
      <ul className="stored-kinds">
        {kinds.map((kind) => (
          <li key={kind.kind}>
            <div>
              <b>{formats.say(kind.label)}</b>
              <p className="soft">{formats.say(kind.what)}</p>
              <p>
                {policySentence(kind.policy, kind.tiers, say)}
                {kind.isDefault && <span className="faint"> {say("storage.default")}</span>}
              </p>
            </div>
            <Change
              name={say("storage.size")}
              before={formats.bytes(kind.now.bytes)}
              after={formats.bytes(kind.after.bytes)}
            />
            <Change
              name={say("storage.yearly")}
              before={formats.money(kind.now.yearlyFen)}
              after={formats.money(kind.after.yearlyFen)}
            />
            {here.can("settings:write") && (
              <Button
                size="small"
                aria-label={`${say("storage.change")} ${formats.say(kind.label)}`}
                onClick={() => setEditing(kind)}
              >
                {say("storage.change")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {editing !== null && (
        <PolicyDrawer key={editing.kind} kind={editing} onClose={() => setEditing(null)} />
      )}
    </Panel>
  );
}
