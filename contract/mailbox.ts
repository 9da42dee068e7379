import { z } from "zod";
import { Instant } from "./common.ts";

/** A mail that the demo's own mailbox received, newest first; the address is masked. */
export const DemoMail = z.object({
  id: z.string(),
  to: z.string(),
  subject: z.string(),
  html: z.string(),
  receivedAt: Instant,
});
export type DemoMail = z.infer<typeof DemoMail>;
export const DemoMailbox = z.object({ items: z.array(DemoMail), total: z.number() });
export type DemoMailbox = z.infer<typeof DemoMailbox>;
