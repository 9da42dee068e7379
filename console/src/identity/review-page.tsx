import { type ReviewItem, ReviewKind, ReviewState } from "@stork/contract/identity.ts";
import { Segmented } from "antd";
import { Link } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { useAddress } from "../ui/address.ts";
import { Page } from "../ui/page.tsx";
import { RowsSkeleton, Teach, Trouble } from "../ui/states.tsx";
import { useReviews } from "./queries.ts";
import { ReviewPairView } from "./review-pair.tsx";
import "./identity.css";

const states = ["open", "accepted", "rejected"] as const;

/** What a person has to decide: who is who where the rules or a suggestion are not sure. */
export function ReviewPage() {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const [get, set] = useAddress();
  const kind = ReviewKind.safeParse(get("kind")).data ?? null;
  const state = states.find((one) => one === ReviewState.safeParse(get("state")).data) ?? "open";
  const reviews = useReviews(state, kind);
  const counts = new Map(reviews.data?.counts.map((one) => [one.kind, one.open]));
  const label = (one: ReviewKind) => {
    const open = counts.get(one) ?? 0;
    return open === 0
      ? say(`identity.kind.${one}`)
      : `${say(`identity.kind.${one}`)} ${formats.number(open)}`;
  };
  return (
    <Page
      title={say("identity.reviewTitle")}
      name={say("identity.review")}
      sub={say("identity.reviewSub")}
      back={<Link to={here.to("/families")}>← {say("shell.families")}</Link>}
      actions={
        <>
          <Link to={here.to("/families/linking")}>{say("linking.short")}</Link>
          <Link to={here.to("/families/rules")}>{say("identity.rules")}</Link>
        </>
      }
      filters={
        <>
          <Segmented
            className="identity-kinds"
            value={kind ?? ""}
            onChange={(chosen) => set({ kind: chosen || null, item: null })}
            options={[
              { value: "", label: say("identity.all") },
              ...ReviewKind.options.map((one) => ({ value: one, label: label(one) })),
            ]}
          />
          <Segmented
            value={state}
            onChange={(chosen) => set({ state: chosen === "open" ? null : chosen, item: null })}
            options={states.map((one) => ({ value: one, label: say(`identity.state.${one}`) }))}
          />
        </>
      }
    >
      {reviews.isPending ? (
        <RowsSkeleton rows={6} />
      ) : reviews.isError ? (
        <Trouble error={reviews.error} retry={() => void reviews.refetch()} />
      ) : reviews.data.items.length === 0 ? (
        <Teach title={say("identity.reviewEmpty")} text={say("identity.reviewEmptyText")} />
      ) : (
        <Queue items={reviews.data.items} chosen={get("item")} onChoose={(item) => set({ item })} />
      )}
    </Page>
  );
}

function Queue({
  items,
  chosen,
  onChoose,
}: {
  items: readonly ReviewItem[];
  chosen: string | null;
  onChoose: (id: string | null) => void;
}) {
  const say = useSay();
  const formats = useFormats();
  const at = Math.max(
    0,
    items.findIndex(({ id }) => id === chosen),
  );
  const current = items[at] as ReviewItem;
  return (
    <div className="review">
      <ol className="review-list panel">
        {items.map((item) => (
          <li key={item.id}>
            <button
              type="button"
              className={item.id === current.id ? "chosen" : ""}
              aria-current={item.id === current.id}
              onClick={() => onChoose(item.id)}
            >
              <span>
                {item.a.name ?? say("identity.unnamed")} · {item.b.name ?? say("identity.unnamed")}
              </span>
              <small>
                {say(`identity.kind.${item.kind}`)}
                {item.score !== null && ` ${formats.percent(Math.min(item.score, 0.999))}`}
              </small>
            </button>
          </li>
        ))}
      </ol>
      <ReviewPairView
        key={current.id}
        review={current.id}
        place={{ i: at + 1, n: items.length }}
        onNext={() => onChoose(items[at + 1]?.id ?? items[at - 1]?.id ?? null)}
      />
    </div>
  );
}
