import type { CountAnswer } from "@stork/contract/segments.ts";
import { expect } from "vitest";
import type { WholeApp } from "./whole-app.ts";

/** What stories ask of a brand over and over. `of` is asked at each call: a brand is there once its app is open. */
export function brandCalls(of: () => { app: WholeApp; path: string }) {
  return {
    async get<Body>(way: string): Promise<Body> {
      const { app, path } = of();
      const reply = await app.call<Body>("GET", path + way);
      expect(reply.status, JSON.stringify(reply.body)).toBe(200);
      return reply.body;
    },
    /** Answers the id of what was made. */
    async make(way: string, body: object): Promise<string> {
      const { app, path } = of();
      const reply = await app.call<{ id: string }>("POST", path + way, body);
      expect(reply.status, JSON.stringify(reply.body)).toBe(201);
      return reply.body.id;
    },
    async count(where: object): Promise<CountAnswer> {
      const { app, path } = of();
      return (await app.call<CountAnswer>("POST", `${path}/segments/count`, { where })).body;
    },
  };
}
