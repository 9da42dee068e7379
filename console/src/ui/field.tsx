import type { ReactNode } from "react";

/** One question of a form: its label, its control, what is wrong with the answer, and what helps. */
export function Field({
  label,
  id,
  problem,
  help,
  children,
}: {
  label: string;
  id: string;
  problem?: string | null;
  help?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="field">
      <label htmlFor={id} className="field-label">
        {label}
      </label>
      {children}
      {problem !== null && problem !== undefined && <p className="wrong">{problem}</p>}
      {help !== undefined && <p className="faint">{help}</p>}
    </div>
  );
}

/** A field whose answer is the id of something. */
export interface Choice {
  id: string;
  value: string;
  problem: string | null;
  onChange(id: string): void;
}
