import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere, useSession } from "../shell/session.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { Panel } from "../ui/page.tsx";

export function WorkspacePart() {
  const say = useSay();
  const formats = useFormats();
  const session = useSession();
  const { workspace, at } = useHere();
  const address = `${window.location.origin}${at("")}`;
  return (
    <Panel title={say("settings.workspace")}>
      <dl className="facts">
        <dt>{say("settings.name")}</dt>
        <dd>{workspace.name}</dd>
        <dt>{say("settings.slug")}</dt>
        <dd>
          <code>{workspace.slug}</code>
        </dd>
        <dt>{say("settings.timeZone")}</dt>
        <dd>{workspace.timeZone}</dd>
        <dt>{say("settings.createdAt")}</dt>
        <dd>{formats.instant(workspace.createdAt)}</dd>
        <dt>{say("settings.yourRole")}</dt>
        <dd>{say(`shell.role.${workspace.role}`)}</dd>
        <dt>{say("settings.api")}</dt>
        <dd className="row wrap">
          <code>{address}</code> <CopyButton text={address} label={say("ui.copy")} />
          <a href="/api/v1/openapi.json" target="_blank" rel="noreferrer">
            OpenAPI
          </a>
        </dd>
        <dt>{say("settings.version")}</dt>
        <dd>{session.data?.version ?? "—"}</dd>
      </dl>
    </Panel>
  );
}
