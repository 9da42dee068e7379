/** Parts of a whole as one bar; the legend beside it holds the figures, so the bar itself is only for the eye. */
export interface Part {
  id: string;
  tone: "good" | "soft" | "faint" | "warn" | "bad";
  n: number;
  label: string;
}

export function ShareBar({ parts }: { parts: readonly Part[] }) {
  const whole = parts.reduce((sum, one) => sum + one.n, 0);
  return (
    <div className="share-bar" aria-hidden="true">
      {whole > 0 &&
        parts
          .filter((one) => one.n > 0)
          .map((one) => (
            <span
              key={one.id}
              className={`share tone-${one.tone}`}
              style={{ flexGrow: one.n / whole }}
              title={one.label}
            />
          ))}
    </div>
  );
}
