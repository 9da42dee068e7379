import type { ReviewPair } from "@stork/contract/identity.ts";
import { Button, Input } from "antd";
import { useState } from "react";
import { useWhoSaid } from "../families/who-said.ts";
import { useSay } from "../i18n/i18n.ts";
import { LinkReasons } from "../linking/waterfall.tsx";
import { useFormats, useHere } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { BoxSkeleton, Notice, ProblemNote, Trouble } from "../ui/states.tsx";
import { useAnswer, useReviewPair } from "./queries.ts";
import { differences, SideCard } from "./side-card.tsx";

/** One question: both persons side by side, what they would be as one, and the answer. */
export function ReviewPairView({
  review,
  place,
  onNext,
}: {
  review: string;
  place: { i: number; n: number };
  onNext: () => void;
}) {
  const say = useSay();
  const formats = useFormats();
  const pair = useReviewPair(review);
  if (pair.isPending) return <BoxSkeleton height={420} />;
  if (pair.isError) return <Trouble error={pair.error} retry={() => void pair.refetch()} />;
  const { item, a, b, together, warnings } = pair.data;
  const differs = differences(a, b);
  const one = item.a.person === item.b.person;
  return (
    <Panel
      title={say(`identity.kind.${item.kind}`)}
      extra={<span className="faint">{say("identity.count", place)}</span>}
      className="review-pair"
    >
      {item.because.map((words) => (
        <p key={words.en}>{formats.say(words)}</p>
      ))}
      <LinkReasons evidence={item.evidence} />
      {warnings.map((warning) => (
        <Notice key={warning.en} tone="warn" title={formats.say(warning)} />
      ))}
      <div className="before-after">
        <SideCard side={a} differs={differs} />
        {!one && <SideCard side={b} differs={differs} />}
      </div>
      {together !== null && (
        <details>
          <summary>{say("identity.together")}</summary>
          <SideCard side={together} />
        </details>
      )}
      <Answers pair={pair.data} onNext={onNext} />
    </Panel>
  );
}

function Answers({ pair: { item }, onNext }: { pair: ReviewPair; onNext: () => void }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const who = useWhoSaid();
  const [reason, setReason] = useState("");
  const answering = useAnswer();
  if (item.answered !== null && item.state !== "later")
    return (
      <p className="soft">
        {say("identity.answeredBy", { at: formats.instant(item.answered.at), who: who(item.answered.who) })}
        {item.answered.reason !== "" && ` · ${item.answered.reason}`}
      </p>
    );
  if (!here.can("identity:write")) return null;
  const send = (answer: "accept" | "reject" | "later") =>
    answering.mutate({ review: item.id, answer, reason: reason.trim() }, { onSuccess: onNext });
  return (
    <div className="review-answers">
      {answering.isError && <ProblemNote error={answering.error} />}
      <Input
        placeholder={say("identity.answerReason")}
        aria-label={say("identity.answerReason")}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <div className="review-buttons">
        <Button type="primary" loading={answering.isPending} onClick={() => send("accept")}>
          {say(`identity.answer.accept.${item.kind}`)}
        </Button>
        <Button disabled={answering.isPending} onClick={() => send("reject")}>
          {say(`identity.answer.reject.${item.kind}`)}
        </Button>
        <Button type="text" disabled={answering.isPending} onClick={() => send("later")}>
          {say("identity.answer.later")}
        </Button>
      </div>
    </div>
  );
}
