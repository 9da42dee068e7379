import { type OwedAnswer, type Purpose, purposeFacts } from "@stork/contract/privacy.ts";
import { Drawer } from "antd";
import { Link } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { LoadMore, Paged } from "../ui/paged.tsx";
import { useOwing } from "./queries.ts";
import { WhoOf } from "./who-of.tsx";

/** Who agreed to an older text and has not decided on the one that asks again. */
export function Owing({ purpose, close }: { purpose: Purpose; close(): void }) {
  const say = useSay();
  const formats = useFormats();
  const owing = useOwing(purpose);
  return (
    <Drawer
      open
      size={520}
      title={say("privacy.owingTitle", { purpose: formats.say(purposeFacts[purpose].name) })}
      onClose={close}
    >
      <p className="soft words-version">{say("privacy.owingText")}</p>
      <Paged query={owing} skeleton={5} empty={<p className="soft words-none">{say("privacy.owingNone")}</p>}>
        {(rows, more) => (
          <>
            <ul className="words">
              {rows.map((one) => (
                <Answer key={`${one.person} ${one.child} ${one.channel}`} owed={one} />
              ))}
            </ul>
            <LoadMore more={more} />
          </>
        )}
      </Paged>
    </Drawer>
  );
}

function Answer({ owed }: { owed: OwedAnswer }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const { version, channel, child, until } = owed;
  const at = formats.instant(owed.at);
  const agreed =
    version === null
      ? say("privacy.owingUnknown", { at })
      : version === 0
        ? say("privacy.owingStandard", { at })
        : say("privacy.owingOld", { version, at });
  const about = [
    ...(channel === null ? [] : [say(`privacy.channel.${channel}`)]),
    ...(child === null ? [] : [say("privacy.aboutOne")]),
  ];
  return (
    <li>
      <div className="consent-row">
        <Link to={here.to(`/families/${owed.person}`)}>
          <WhoOf face={owed} />
        </Link>
      </div>
      <small className="soft">{[agreed, ...about].join(" · ")}</small>
      <small className="words-now">{say("privacy.againUntilDay", { day: formats.date(until) })}</small>
    </li>
  );
}
