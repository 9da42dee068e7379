import { Suspense, useEffect, useState } from "react";
import { Navigate, Outlet, useLocation, useParams } from "react-router";
import { PageSkeleton, Trouble } from "../ui/states.tsx";
import { Behind } from "./behind.tsx";
import { BottomBar } from "./bottom-bar.tsx";
import { rememberWorkspace } from "./last-workspace.ts";
import { UnknownWorkspace } from "./not-found.tsx";
import { Rail } from "./rail.tsx";
import { Search } from "./search.tsx";
import { HereProvider, useSession } from "./session.tsx";
import { TopBar } from "./top-bar.tsx";
import "./shell.css";

/** The frame around every page of a workspace: rail, top bar, search; and the way to the sign-in page and back. */
export function Frame() {
  const { workspace: slug = "" } = useParams();
  const session = useSession();
  const location = useLocation();
  const [searching, setSearching] = useState(false);
  const workspace = session.data?.workspaces.find((one) => one.slug === slug || one.id === slug);

  useEffect(() => {
    if (workspace !== undefined) rememberWorkspace(workspace.slug);
  }, [workspace]);
  useEffect(() => {
    const open = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        setSearching((was) => !was);
      }
    };
    window.addEventListener("keydown", open);
    return () => window.removeEventListener("keydown", open);
  }, []);

  if (session.isPending) return <FrameSkeleton />;
  if (session.isError) return <Trouble error={session.error} retry={() => void session.refetch()} whole />;
  if (session.data.user === null)
    return <Navigate to={`/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`} replace />;
  if (workspace === undefined) return <UnknownWorkspace slug={slug} workspaces={session.data.workspaces} />;

  return (
    <HereProvider workspace={workspace}>
      <div className="frame">
        <Rail />
        <div className="frame-main">
          <TopBar session={session.data} onSearch={() => setSearching(true)} />
          <main className="frame-page" id="page" tabIndex={-1}>
            <Behind />
            <Suspense fallback={<PageSkeleton />}>
              <Outlet />
            </Suspense>
          </main>
        </div>
        <BottomBar />
        <Search open={searching} onClose={() => setSearching(false)} workspaces={session.data.workspaces} />
      </div>
    </HereProvider>
  );
}

function FrameSkeleton() {
  return (
    <div className="frame" aria-busy="true">
      <div className="rail" />
      <div className="frame-main">
        <div className="top-bar" />
        <main className="frame-page">
          <PageSkeleton />
        </main>
      </div>
    </div>
  );
}
