import type { Backup } from "@stork/contract/storage.ts";
import { Button } from "antd";
import type { z } from "zod";
import { useWhoSaid } from "../families/who-said.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { Panel } from "../ui/page.tsx";

const command = "npm run -s stork -- backup stork.tar";

/** When everything was last saved, and how to save it now. */
export function Backups({ backups }: { backups: z.infer<typeof Backup>[] }) {
  const say = useSay();
  const formats = useFormats();
  const here = useHere();
  const who = useWhoSaid();
  return (
    <Panel
      title={say("storage.backups")}
      extra={
        here.workspace.role === "owner" && (
          <Button href="/api/v1/backup" download>
            {say("storage.backupNow")}
          </Button>
        )
      }
    >
      <p className="soft panel-lead">{say("storage.backupText")}</p>
      <p className="backup-command">
        <code>{command}</code> <CopyButton text={command} label={say("ui.copy")} />
      </p>
      {backups.length === 0 ? (
        <p className="status warn">{say("storage.noBackups")}</p>
      ) : (
        <ul className="lines-list">
          {backups.slice(0, 5).map((one) => (
            <li key={one.id}>
              <div>
                <span
                  className={
                    one.problem === null
                      ? one.finishedAt === null
                        ? "status busy"
                        : "status good"
                      : "status bad"
                  }
                >
                  {formats.instant(one.startedAt)}
                </span>
                <p className="faint">
                  {one.problem === null
                    ? [
                        who(one.by),
                        say("storage.rowsN", { n: formats.compact(one.rows), count: one.rows }),
                      ].join(" · ")
                    : formats.say(one.problem)}
                </p>
              </div>
              <b className="nowrap">{formats.bytes(one.bytes)}</b>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
