import { SmileOutlined } from "@ant-design/icons";
import { type ConsentRequest, purposeFacts } from "@stork/contract/privacy.ts";
import { App, Button, Segmented } from "antd";
import { Link } from "react-router";
import { useWhoSaid } from "../families/who-said.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { useAddress } from "../ui/address.ts";
import { type Column, Listing } from "../ui/listing.tsx";
import { Page } from "../ui/page.tsx";
import { RowsSkeleton, Teach, Trouble } from "../ui/states.tsx";
import { useAnswerRequest, useConsentRequests } from "./queries.ts";
import { WhoOf } from "./who-of.tsx";
import "./privacy.css";

const shows = ["open", "answered"] as const;

/** Children who turned 14: the guardian's word has ended by itself, and the young person is to be asked. */
export function Turned14Page() {
  const say = useSay();
  const [get, set] = useAddress();
  const show = get("show") === "answered" ? "answered" : "open";
  const requests = useConsentRequests(show);
  const columns = useColumns(show);
  return (
    <Page
      name={say("privacy.turned14Name")}
      title={say("privacy.turned14Title")}
      sub={say("privacy.turned14Sub")}
      filters={
        <Segmented
          value={show}
          onChange={(value) => set({ show: value === "open" ? null : value })}
          options={shows.map((value) => ({ value, label: say(`privacy.turned14.${value}`) }))}
        />
      }
    >
      {requests.isPending ? (
        <RowsSkeleton rows={4} />
      ) : requests.isError ? (
        <Trouble error={requests.error} retry={() => void requests.refetch()} />
      ) : requests.data.items.length === 0 ? (
        <Teach
          icon={<SmileOutlined />}
          title={say(show === "open" ? "privacy.turned14Empty" : "privacy.turned14NoneAnswered")}
          text={say("privacy.turned14EmptyText")}
        />
      ) : (
        <Listing
          label={say("privacy.turned14Name")}
          columns={columns}
          rows={requests.data.items}
          keyOf={(row) => row.id}
          card={(row) => <Card request={row} />}
        />
      )}
    </Page>
  );
}

function Family({ request }: { request: ConsentRequest }) {
  const here = useHere();
  return (
    <Link to={here.to(`/families/${request.person}`)}>
      <WhoOf face={request} />
    </Link>
  );
}

function Ended({ request }: { request: ConsentRequest }) {
  const formats = useFormats();
  return (
    <>
      {request.purposes
        .map((one) => formats.say(purposeFacts[one].name))
        .join(formats.language === "en" ? ", " : "、")}
    </>
  );
}

function Card({ request }: { request: ConsentRequest }) {
  const say = useSay();
  const formats = useFormats();
  return (
    <div className="two-facts">
      <strong>
        <Family request={request} />
      </strong>
      <span className="soft">{say("privacy.turned14On", { date: formats.date(request.since) })}</span>
      <span>
        {say("privacy.endedPurposes")}
        {formats.language === "en" ? ": " : "："}
        <Ended request={request} />
      </span>
      <Answer request={request} />
    </div>
  );
}

function Answer({ request }: { request: ConsentRequest }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const whoSaid = useWhoSaid();
  const { modal, message } = App.useApp();
  const answer = useAnswerRequest();
  if (request.answer !== null)
    return (
      <span>
        <span className={request.answer === "granted" ? "status good" : "status bad"}>
          {say(request.answer === "granted" ? "privacy.agreed" : "privacy.declined")}
        </span>{" "}
        <small className="soft">
          {request.answeredAt !== null && formats.instant(request.answeredAt)} ·{" "}
          {whoSaid(request.answeredBy ?? "")}
        </small>
      </span>
    );
  if (!here.can("privacy:write")) return <span className="status warn">{say("privacy.turned14.open")}</span>;
  const ask = (state: "granted" | "withdrawn") =>
    void modal.confirm({
      title: say(state === "granted" ? "privacy.agreedTitle" : "privacy.declinedTitle"),
      content: say(state === "granted" ? "privacy.agreedText" : "privacy.declinedText"),
      okText: say("privacy.save"),
      cancelText: say("ui.cancel"),
      onOk: () =>
        answer
          .mutateAsync({ id: request.id, state })
          .then(() => void message.success(say("privacy.saved")))
          .catch((error: Error) => void message.error(error.message)),
    });
  return (
    <span className="row wrap">
      <Button size="small" onClick={() => ask("granted")}>
        {say("privacy.agreed")}
      </Button>
      <Button size="small" onClick={() => ask("withdrawn")}>
        {say("privacy.declined")}
      </Button>
    </span>
  );
}

function useColumns(show: (typeof shows)[number]): Column<ConsentRequest>[] {
  const say = useSay();
  const formats = useFormats();
  return [
    { id: "who", title: say("privacy.family"), render: (row) => <Family request={row} /> },
    { id: "since", title: say("privacy.turned14Day"), render: (row) => formats.date(row.since) },
    { id: "ended", title: say("privacy.endedPurposes"), render: (row) => <Ended request={row} /> },
    {
      id: "answer",
      title: say(show === "open" ? "privacy.takeDown" : "privacy.answer"),
      render: (row) => <Answer request={row} />,
    },
  ];
}
