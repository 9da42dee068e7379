/** What it is, and what it will be; one figure where nothing changes. */
export function Change({ name, before, after }: { name: string; before: string; after: string }) {
  return (
    <span className="before-after">
      <span className="faint">{name}</span>
      <span>
        <b>{before}</b>
        {after !== before && <span className="good-text"> → {after}</span>}
      </span>
    </span>
  );
}
