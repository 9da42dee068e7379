import type { Tasks } from "../platform/jobs.ts";
import { type Changes, judgeAgainTask } from "./change.store.ts";
import { judgeTheRest } from "./decide.store.ts";
import { rejudge } from "./rejudge.store.ts";
import { bumpEpoch } from "./rule-book.store.ts";

export const rejudgeTask = "identity.rejudge";

/**
 * After a workspace's rules changed: what is there is held against the new ones. After a merge of very much was undone:
 * what was told meanwhile is judged as of two.
 */
export const identityTasks = (changes: Changes): Tasks => ({
  async [rejudgeTask](payload) {
    const { workspace } = payload as { workspace: number };
    await changes.work(workspace, async (tx, rules, at) => {
      const { shaped, effect } = await rejudge(tx, workspace, rules, at);
      return { shaped, answer: effect };
    });
  },
  async [judgeAgainTask](payload) {
    const { workspace, decision } = payload as { workspace: number; decision: number };
    await changes.work(workspace, async (tx, rules, at) => {
      const shaped = await judgeTheRest(tx, workspace, decision, rules, at);
      await bumpEpoch(tx, workspace);
      return { shaped: shaped === null ? [] : [shaped], answer: null };
    });
  },
});
