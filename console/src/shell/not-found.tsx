import type { Workspace } from "@stork/contract/access.ts";
import { Button } from "antd";
import { Link, useRouteError } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { Teach, Trouble } from "../ui/states.tsx";

export function NotFound() {
  const say = useSay();
  return (
    <Teach
      title={say("shell.notFound.title")}
      text={say("shell.notFound.text")}
      action={
        <Link to="/">
          <Button type="primary">{say("shell.notFound.home")}</Button>
        </Link>
      }
      whole
    />
  );
}

export function UnknownWorkspace({ slug, workspaces }: { slug: string; workspaces: Workspace[] }) {
  const say = useSay();
  return (
    <Teach
      title={say("shell.unknownWorkspace.title", { slug })}
      text={say("shell.unknownWorkspace.text")}
      action={
        <div className="row wrap centre">
          {workspaces.slice(0, 5).map((one) => (
            <Link key={one.id} to={`/w/${one.slug}`}>
              <Button>{one.name}</Button>
            </Link>
          ))}
        </div>
      }
      whole
    />
  );
}

/** A page that broke while drawing, or whose code could not be fetched. */
export function RouteFailed() {
  return <Trouble error={useRouteError()} retry={() => window.location.reload()} whole />;
}
