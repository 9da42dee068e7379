import type { Family } from "@stork/contract/families.ts";
import type { Person } from "@stork/contract/people.ts";
import { afterAll, beforeAll } from "vitest";
import { type WholeApp, wholeApp } from "../../whole-app.ts";

/** 12:00 in Shanghai. */
export const now = "2026-06-01T04:00:00.000Z";

/** One app and one brand for every question about families; each tells of its own persons. */
export interface FamiliesWorld {
  readonly app: WholeApp;
  readonly path: string;
  says(userId: string, traits: object): Promise<void>;
  personOf(userId: string): Promise<Person>;
  familyOf(person: string, on?: string): Promise<Family>;
  inStages(...stages: string[]): Promise<number>;
  run(task: string): Promise<void>;
  look(): Promise<void>;
}

export function familiesWorld(): FamiliesWorld {
  let app: WholeApp;
  let path: string;
  let writeKey: string;
  let messages = 0;
  beforeAll(async () => {
    app = await wholeApp({ now });
    ({ path, writeKey } = await app.brand("milk"));
    await app.runTask("look-for-stages");
  });
  afterAll(() => app.close());
  const get = async <Body>(address: string) => (await app.call<Body>("GET", path + address)).body;
  return {
    get app() {
      return app;
    },
    get path() {
      return path;
    },
    says(userId, traits) {
      const timestamp = app.clock.now().toISOString();
      return app.collect(writeKey, [
        { type: "identify", messageId: `m${++messages}`, userId, traits, timestamp },
      ]);
    },
    personOf: (userId) => get(`/persons?identifier=user:${userId}`),
    familyOf: (person, on = "") => get(`/families/${person}${on}`),
    async inStages(...stages) {
      const where = { kind: "stage", in: stages };
      const counted = await app.call<{ persons: number }>("POST", `${path}/segments/count`, { where });
      return counted.body.persons;
    },
    run: (task) => app.runTask(task),
    look: () => app.runTask("look-for-stages"),
  };
}
