import { type DemoParts, makeDemo, openDemoMailbox } from "../demo/demo.job.ts";
import { mailboxRoutes } from "../demo/mailbox.routes.ts";
import { organisationId } from "../platform/instance.store.ts";
import type { App } from "../platform/instance.ts";
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
