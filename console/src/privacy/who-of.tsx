import { useSay } from "../i18n/i18n.ts";

/** A person in a list: masked name and telephone. */
export function WhoOf({ face }: { face: { name: string | null; phone: string | null } }) {
  const say = useSay();
  return (
    <>
      {face.name ?? say("families.unnamed")}
      {face.phone !== null && <span className="soft"> {face.phone}</span>}
    </>
  );
}
