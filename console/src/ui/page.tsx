import type { ReactNode } from "react";
import { useSay } from "../i18n/i18n.ts";
import { useHere } from "../shell/session.tsx";

/** One question a page: the title asks it in the user's words, one sentence below says what is here. */
export function Page({
  title,
  sub,
  name,
  actions,
  filters,
  back,
  children,
}: {
  title: ReactNode;
  sub?: ReactNode;
  /** What the browser's tab says; the title when it is text. */
  name?: string;
  actions?: ReactNode;
  filters?: ReactNode;
  back?: ReactNode;
  children: ReactNode;
}) {
  const say = useSay();
  const { workspace } = useHere();
  const tab = name ?? (typeof title === "string" ? title : "");
  return (
    <div className="page">
      <title>{`${tab} · ${workspace.name} · ${say("shell.brand")}`}</title>
      {back !== undefined && <div className="page-back">{back}</div>}
      <div className="page-head">
        <div>
          <h1>{title}</h1>
          {sub !== undefined && <p className="soft">{sub}</p>}
        </div>
        {actions !== undefined && <div className="page-actions">{actions}</div>}
      </div>
      {filters !== undefined && <div className="page-filters">{filters}</div>}
      {children}
    </div>
  );
}

/** A white box with a heading. */
export function Panel({
  title,
  extra,
  children,
  className,
}: {
  title?: ReactNode;
  extra?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <section className={className === undefined ? "panel" : `panel ${className}`}>
      {(title !== undefined || extra !== undefined) && (
        <div className="panel-head">
          <h2>{title}</h2>
          {extra !== undefined && <div className="panel-extra">{extra}</div>}
        </div>
      )}
      {children}
    </section>
  );
}
