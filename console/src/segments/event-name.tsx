import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { eventName } from "../ui/event-name.ts";
import { NameSelect } from "./editors/name-select.tsx";
import { useVocabulary } from "./queries.ts";

/** An event among those that have arrived, or one that is still to come. */
export function EventName({ value, onChange }: { value: string; onChange(event: string): void }) {
  const say = useSay();
  const formats = useFormats();
  const vocabulary = useVocabulary();
  const known = (vocabulary.data?.events ?? []).map(({ name, label, count }) => ({
    name,
    label: label === null ? eventName(name, formats.language) : formats.say(label),
    hint: formats.compact(count),
  }));
  const missing = known.every((one) => one.name !== value);
  return (
    <NameSelect
      className="event-name"
      label={say("segments.event")}
      value={value}
      known={missing ? [...known, { name: value, label: eventName(value, formats.language) }] : known}
      onChange={onChange}
    />
  );
}
