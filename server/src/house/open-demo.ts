import { type DemoParts, makeDemo, openDemoMailbox } from "../demo/demo.job.ts";
import { LiveFeed, liveFeedTasks } from "../demo/live-feed.job.ts";
import { liveFeedRoutes } from "../demo/live-feed.routes.ts";
import { mailboxRoutes } from "../demo/mailbox.routes.ts";
import { organisationId } from "../platform/instance.store.ts";
import type { App } from "../platform/instance.ts";
import { jobs } from "../platform/jobs.ts";
import type { Chosen } from "./choose.ts";
import type { Collected } from "./collect.ts";
import type { House } from "./house.ts";
import type { Reached } from "./reach.ts";

/** A town to try it all on. */
export async function openDemo(
  house: House,
  { commit }: Collected,
  { refresher }: Chosen,
  { messages, learnAges }: Pick<Reached, "messages"> & { learnAges: (slug: string) => Promise<void> },
): Promise<App["ensureDemo"]> {
  let mailbox = await openDemoMailbox({ messages });
  house.closing.push(() => mailbox?.close());
  mailboxRoutes(house.http, () => mailbox);
  const { db, clock, log, http } = house;
  const feed = new LiveFeed({ db, jobs, clock, log, send: sendTo(http) });
  liveFeedRoutes(http, { feed, clock });
  Object.assign(house.tasks, liveFeedTasks(feed));
  const evaluate: DemoParts["evaluate"] = (workspace, segment) => refresher.evaluate(workspace, segment);
  const demo = { messages, commit, master: house.master, organisationId, evaluate };
  return async (tell) => {
    house.tellingHistory = true;
    try {
      mailbox = await makeDemo(demo, mailbox, tell);
    } finally {
      house.tellingHistory = false;
    }
    await learnAges("demo");
  };
}

/** Through the same route as any shop's request, with its write key; only the network is left out. */
const sendTo =
  (http: House["http"]) =>
  async (writeKey: string, batch: readonly object[]): Promise<number> => {
    const authorization = `Basic ${Buffer.from(`${writeKey}:`).toString("base64")}`;
    const answer = await http.inject({
      ...{ method: "POST", url: "/v1/batch", headers: { authorization }, payload: { batch } },
    });
    return answer.statusCode;
  };
