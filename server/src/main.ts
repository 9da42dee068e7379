import { answerRights } from "./house/answer-rights.ts";
import { choose } from "./house/choose.ts";
import { collect } from "./house/collect.ts";
import { explain } from "./house/explain.ts";
import { guessAges } from "./house/guess-ages.ts";
import type { House } from "./house/house.ts";
import { keep } from "./house/keep.ts";
import { keepPrivacy } from "./house/keep-privacy.ts";
import { know } from "./house/know.ts";
import { lead } from "./house/lead.ts";
import { linkAlike } from "./house/link-alike.ts";
import { measure } from "./house/measure.ts";
import { openDemo } from "./house/open-demo.ts";
import { raise } from "./house/raise.ts";
import { reach } from "./house/reach.ts";
import { tellOthers } from "./house/tell-others.ts";
import { watchOver } from "./house/watch-over.ts";
import { openDoor } from "./platform/door.ts";
import type { App, Ground } from "./platform/instance.ts";

/** The one place where the rooms meet, in their order; each is handed what it needs of those before it. */
export async function buildApp(ground: Ground): Promise<App> {
  const { http, signInLink } = await openDoor(ground);
  const house: House = {
    ...ground,
    db: ground.postgres.db,
    http,
    tasks: {},
    closing: [],
    tellingHistory: false,
  };
  const known = await know(house);
  const collected = await collect(house, known);
  linkAlike(house, known, collected);
  const chosen = choose(house, known, collected);
  raise(house, known, collected, chosen);
  const learnAges = await guessAges(house, known, collected, chosen);
  const reached = await reach(house, known, chosen);
  tellOthers(house, known, collected);
  lead(house, known, collected, chosen);
  measure(house, known);
  watchOver(house, known, collected, reached);
  explain(house, collected);
  await keep(house, chosen);
  await answerRights(house, known, chosen);
  await keepPrivacy(house, known, chosen);
  const ensureDemo = await openDemo(house, collected, chosen, { messages: reached.messages, learnAges });
  return {
    http,
    tasks: house.tasks,
    signInLink,
    ensureDemo,
    async stop() {
      for (const close of house.closing.toReversed()) await close();
    },
  };
}
