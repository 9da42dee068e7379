import type { AddressInfo } from "node:net";
import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";
import type { Clock } from "../platform/clock.ts";

export interface ReceivedMail {
  id: number;
  to: string;
  subject: string;
  html: string;
  receivedAt: Date;
}

/** A mail server for the demo on this machine only: what a campaign sends can be looked at, and nobody is written to. */
export interface Mailbox {
  port: number;
  /** Newest first; the newest few hundred are kept, in memory. */
  newest(limit: number): ReceivedMail[];
  total(): number;
  close(): Promise<void>;
}

const mostKept = 1_000;

/** Opens at a port (0: any free one); null when the port is taken. */
export async function openMailbox(port: number, clock: Clock): Promise<Mailbox | null> {
  const kept: ReceivedMail[] = [];
  let total = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    disableReverseLookup: true,
    logger: false,
    size: 5 * 1024 * 1024,
    onData(stream, session, done) {
      const to = session.envelope.rcptTo[0]?.address ?? "";
      read(stream)
        .then((raw) => PostalMime.parse(raw))
        .then((mail) => {
          total += 1;
          kept.push({
            id: total,
            to,
            subject: mail.subject ?? "",
            html: mail.html ?? "",
            receivedAt: clock.now(),
          });
          if (kept.length > mostKept) kept.shift();
          done();
        }, done);
    },
  });
  // A broken connection is the sender's to notice.
  server.on("error", () => {});
  const open = await new Promise<boolean>((resolve) => {
    server.server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => resolve(true));
  });
  if (!open) return null;
  return {
    port: (server.server.address() as AddressInfo).port,
    newest: (limit) => kept.slice(-limit).reverse(),
    total: () => total,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function read(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
