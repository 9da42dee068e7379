import { Navigate } from "react-router";
import { PageSkeleton, Trouble } from "../ui/states.tsx";
import { lastWorkspace } from "./last-workspace.ts";
import { NewWorkspacePage } from "./new-workspace.tsx";
import { useSession } from "./session.tsx";

/** `/`: on to the workspace last looked at, or to the first there is. */
export function FirstWorkspace() {
  const session = useSession();
  if (session.isPending) return <PageSkeleton />;
  if (session.isError) return <Trouble error={session.error} retry={() => void session.refetch()} whole />;
  const { user, workspaces } = session.data;
  if (user === null) return <Navigate to="/sign-in" replace />;
  const last = lastWorkspace();
  const chosen = workspaces.find((one) => one.slug === last) ?? workspaces[0];
  if (chosen === undefined) return <NewWorkspacePage />;
  return <Navigate to={`/w/${chosen.slug}`} replace />;
}
