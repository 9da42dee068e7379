import { Modal } from "antd";
import { useWhoSaid } from "../families/who-said.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { RowsSkeleton, Trouble } from "../ui/states.tsx";
import { useHistory } from "./queries.ts";

/** What was said of a child's dates, by whom and when; the first counts. */
export function ChildHistory({
  person,
  child,
  onClose,
}: {
  person: string;
  child: string;
  onClose: () => void;
}) {
  const say = useSay();
  const formats = useFormats();
  const whoSaid = useWhoSaid();
  const history = useHistory(person, child, true);
  return (
    <Modal open title={say("children.historyTitle")} footer={null} onCancel={onClose}>
      {history.isPending ? (
        <RowsSkeleton rows={3} />
      ) : history.isError ? (
        <Trouble error={history.error} retry={() => void history.refetch()} />
      ) : (
        <ul className="evidence">
          {history.data.items.map((word, i) => (
            <li key={`${word.at}${word.replacedAt}`} className={i === 0 ? "" : "soft"}>
              <span>
                {word.removed
                  ? say("children.wordRemoved")
                  : word.bornOn !== null
                    ? say("families.bornOn", { date: formats.date(word.bornOn) })
                    : word.dueOn !== null
                      ? say("families.dueOn", { date: formats.date(word.dueOn) })
                      : "—"}
                {i === 0 && <b> · {say("children.counts")}</b>}
              </span>
              <small>
                {whoSaid(word.by)} · {formats.instant(word.at)}
              </small>
            </li>
          ))}
        </ul>
      )}
    </Modal>
  );
}
