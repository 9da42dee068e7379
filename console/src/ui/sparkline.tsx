/** A small line of bars, one a step; what was refused stands in red on top. Says its meaning in words, for it has no axis. */
export function Sparkline({
  values,
  refused,
  label,
  width = 128,
  height = 28,
}: {
  values: readonly number[];
  refused?: readonly number[];
  label: string;
  width?: number;
  height?: number;
}) {
  const most = Math.max(1, ...values.map((value, at) => value + (refused?.[at] ?? 0)));
  const step = width / Math.max(1, values.length);
  const tall = (value: number) => (value === 0 ? 0 : Math.max(1.5, (value / most) * (height - 1)));
  return (
    <svg
      className="sparkline"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <title>{label}</title>
      <line x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} className="sparkline-floor" />
      {values.map((value, at) => {
        const bad = refused?.[at] ?? 0;
        const goodTall = tall(value);
        const badTall = tall(bad);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
          <g key={at}>
            {value > 0 && (
              <rect x={at * step} y={height - goodTall} width={Math.max(1, step - 0.6)} height={goodTall} />
            )}
            {bad > 0 && (
              <rect
                className="sparkline-bad"
                x={at * step}
                y={height - goodTall - badTall}
                width={Math.max(1, step - 0.6)}
                height={badTall}
              />
            )}
          </g>
        );
      })}
    </svg>
  );
}
