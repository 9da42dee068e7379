import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import MailComposer from "nodemailer/lib/mail-composer";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import type { Answer, SmtpEffect, SmtpServer } from "./effect.ts";

/** Asked at the point of no return: commits that the message is now being handed over, or says that it must not be. */
export type HandOver = () => Promise<boolean>;

interface SmtpFailure extends Error {
  code?: string | undefined;
  command?: string | undefined;
  response?: string | undefined;
  responseCode?: number | undefined;
}

interface Line {
  readonly connection: SMTPConnection;
  broken: boolean;
  used: boolean;
  idleTimer?: NodeJS.Timeout;
}

const patience = {
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 30_000,
  dnsTimeout: 10_000,
};
const idleMs = 5000;

/**
 * Mails over kept connections. A message exists for its receiver from the final dot on (RFC 5321, 4.1.1.4), so the
 * body is streamed without it, the hand-over is committed, and only then does the dot follow. A process that dies
 * before the commit has sent nothing; one that dies after it may have, and the send log says so.
 */
export interface Smtp {
  send(effect: SmtpEffect, handOver: HandOver): Promise<Answer>;
  close(): void;
}

export function createSmtp(): Smtp {
  const idle = new Map<string, Line[]>();
  const drop = (line: Line): void => {
    line.broken = true;
    clearTimeout(line.idleTimer);
    line.connection.close();
  };
  const take = (key: string): Line | undefined => {
    const line = idle.get(key)?.pop();
    clearTimeout(line?.idleTimer);
    return line?.broken ? take(key) : line;
  };
  const giveBack = (key: string, line: Line): void => {
    if (line.broken) return;
    line.used = true;
    line.idleTimer = setTimeout(() => {
      idle.set(key, idle.get(key)?.filter((other) => other !== line) ?? []);
      drop(line);
    }, idleMs).unref();
    idle.set(key, [...(idle.get(key) ?? []), line]);
  };
  return {
    async send(effect, handOver) {
      const key = keyOf(effect.server);
      const raw = await compose(effect).catch(() => null);
      if (raw === null)
        return { came: "refused", step: "content", code: 554, text: "cannot be written as a mail" };
      for (;;) {
        const line = take(key) ?? (await dial(effect.server));
        if ("came" in line) return line;
        const { answer, asked } = await converse(line.connection, effect, raw, handOver);
        if (answer.came === "accepted") giveBack(key, line);
        else drop(line);
        // A kept connection that the server had closed meanwhile says nothing about the server: try a fresh one.
        if (answer.came === "unreachable" && !asked && line.used) continue;
        return answer;
      }
    },
    close: () => {
      for (const line of [...idle.values()].flat()) drop(line);
      idle.clear();
    },
  };
}

function dial(server: SmtpServer): Promise<Line | Answer> {
  const { host, port, secure, user, password } = server;
  const connection = new SMTPConnection({ host, port, secure, ...patience, tls: { servername: host } });
  const line: Line = { connection, broken: false, used: false };
  return new Promise((resolve) => {
    const fail = (error: SmtpFailure): void => {
      line.broken = true;
      // First: closing says "closed", which would hide why.
      resolve(failure(error));
      connection.close();
    };
    // Stays for the connection's life: an error between two messages only means that this line is dead.
    connection.on("error", fail);
    connection.on("end", () => fail(new Error("closed")));
    connection.connect((error) => {
      if (error) return fail(error);
      if (user === undefined) return resolve(line);
      connection.login({ user, pass: password ?? "" }, (refused) =>
        refused ? fail(refused) : resolve(line),
      );
    });
  });
}

function converse(
  connection: SMTPConnection,
  { mail }: SmtpEffect,
  raw: Buffer,
  handOver: HandOver,
): Promise<{ answer: Answer; asked: boolean }> {
  let stage: "body" | "asked" | "withdrawn" | "handed" = "body";
  async function* body(): AsyncGenerator<Buffer> {
    yield raw;
    stage = "asked";
    stage = (await handOver()) ? "handed" : "withdrawn";
    if (stage === "withdrawn") throw new Error("withdrawn");
  }
  return new Promise((resolve) => {
    const done = (answer: Answer): void => resolve({ answer, asked: stage !== "body" });
    const envelope = { from: mail.from.address, to: [mail.to] };
    connection.send(envelope, Readable.from(body()), (error, info) => {
      if (!error) return done({ came: "accepted", text: clean(info?.response ?? "") });
      if (stage === "withdrawn") return done({ came: "withdrawn" });
      const answer = failure(error);
      done(stage === "handed" && answer.came === "unreachable" ? { came: "nothing" } : answer);
    });
  });
}

/** nodemailer says in `command` which step was answered; without a reply there was no conversation. */
function failure(error: SmtpFailure): Answer {
  const code = error.responseCode ?? 0;
  const text = clean(error.response ?? error.message);
  const command = error.command ?? "";
  if (error.code === "EAUTH" || error.code === "ENOAUTH")
    return { came: "refused", step: "sign-in", code, text };
  if (code < 400) return { came: "unreachable", text };
  const step = command.startsWith("MAIL")
    ? "sender"
    : command.startsWith("RCPT")
      ? "recipient"
      : command.startsWith("DATA")
        ? "content"
        : "connect";
  return { came: "refused", step, code, text };
}

const compose = ({ mail }: SmtpEffect): Promise<Buffer> => {
  const { messageId, date, headers, from, to, subject, html, text } = mail;
  const composer = new MailComposer({
    from: { ...from },
    // As an object, so that no value can be read as two addresses.
    to: { name: "", address: to },
    subject,
    html,
    text,
    messageId,
    date,
    headers,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
};

/** Servers quote addresses in their replies; the send log keeps none. */
const clean = (reply: string): string =>
  reply
    .replace(/\S+@\S+/g, "…")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 200);

const keyOf = ({ host, port, secure, user, password }: SmtpServer): string =>
  createHash("sha256")
    .update(JSON.stringify([host, port, secure, user, password]))
    .digest("base64");
