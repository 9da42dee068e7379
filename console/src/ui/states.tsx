import { Button, Skeleton } from "antd";
import type { ReactNode } from "react";
import { asProblem } from "../api/problem.ts";
import { useSay } from "../i18n/i18n.ts";

/** Trouble in three parts: what happened, why, what to do. */
export function Trouble({
  error,
  retry,
  whole = false,
}: {
  error: unknown;
  retry?: () => void;
  whole?: boolean;
}) {
  const say = useSay();
  const problem = asProblem(error);
  const missing = problem.status === 404;
  const forbidden = problem.status === 403;
  if (forbidden)
    return <Teach title={say("ui.noPermission")} text={say("ui.noPermissionText")} whole={whole} />;
  const todo = missing
    ? "ui.todo.missing"
    : problem.status === 0
      ? "ui.todo.unreachable"
      : problem.status >= 500
        ? "ui.todo.server"
        : "ui.todo.other";
  return (
    <section className={whole ? "state whole" : "state"} role="alert">
      <h2>{problem.message}</h2>
      <p>{problem.detail ?? (problem.status >= 500 ? say("ui.why.server") : "")}</p>
      <p className="soft">{say(todo)}</p>
      {retry !== undefined && !missing && (
        <Button type="primary" onClick={retry}>
          {say("ui.retry")}
        </Button>
      )}
      <code className="faint">{problem.code}</code>
    </section>
  );
}

/** A short notice about a request that was declined, beside the button that sent it. */
export function ProblemNote({ error }: { error: unknown }) {
  const problem = asProblem(error);
  const lines = problem.errors.map((one) => `${one.path}: ${one.message}`);
  return (
    <Notice tone="bad" title={problem.message} text={[problem.detail, ...lines].filter(Boolean).join("\n")} />
  );
}

export function Notice({
  tone,
  title,
  text,
  action,
}: {
  tone: "info" | "warn" | "bad" | "good";
  title: ReactNode;
  text?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={`notice ${tone}`} role={tone === "bad" ? "alert" : "status"}>
      <div>
        <strong>{title}</strong>
        {text !== undefined && text !== "" && <p>{text}</p>}
      </div>
      {action}
    </div>
  );
}

/** Nothing here yet: says what will be here and how to begin. */
export function Teach({
  title,
  text,
  action,
  whole = false,
  icon,
}: {
  title: ReactNode;
  text: ReactNode;
  action?: ReactNode;
  whole?: boolean;
  icon?: ReactNode;
}) {
  return (
    <section className={whole ? "state whole" : "state"}>
      {icon !== undefined && (
        <span className="state-icon" aria-hidden="true">
          {icon}
        </span>
      )}
      <h2>{title}</h2>
      <p className="soft">{text}</p>
      {action}
    </section>
  );
}

export function NoPermission() {
  const say = useSay();
  return <Teach title={say("ui.noPermission")} text={say("ui.noPermissionText")} />;
}

export function PageSkeleton() {
  return (
    <div className="page" aria-busy="true">
      <Skeleton active title={{ width: 220 }} paragraph={{ rows: 1, width: 360 }} />
      <RowsSkeleton rows={6} />
    </div>
  );
}

/** Rows of a table or list before they come, as tall as they will be. */
export function RowsSkeleton({ rows = 8 }: { rows?: number }) {
  return (
    <div className="panel skeleton-rows" aria-busy="true">
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <div key={row}>
          <span style={{ width: `${28 - (row % 3) * 6}%` }} />
          <span style={{ width: "14%" }} />
          <span style={{ width: "18%" }} />
          <span style={{ width: "10%" }} />
        </div>
      ))}
    </div>
  );
}

export function BoxSkeleton({ height }: { height: number }) {
  return <div className="panel box-skeleton" style={{ height }} aria-busy="true" />;
}
