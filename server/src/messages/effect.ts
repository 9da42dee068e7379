/** What a channel wants done in the outside world, as data. */
export type Effect = SmtpEffect | HttpEffect;

export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
}

export interface SmtpEffect {
  readonly via: "smtp";
  readonly server: SmtpServer;
  readonly mail: {
    readonly from: { readonly name: string; readonly address: string };
    readonly to: string;
    readonly subject: string;
    readonly html: string;
    readonly text: string;
    readonly messageId: string;
    readonly date: Date;
    readonly headers: Readonly<Record<string, string>>;
  };
}

export interface HttpEffect {
  readonly via: "http";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What came back. */
export type Answer =
  | { readonly came: "accepted"; readonly text: string }
  /** A reply that says no, and to which step of the exchange. */
  | {
      readonly came: "refused";
      readonly step: "connect" | "sign-in" | "sender" | "recipient" | "content" | "request";
      readonly code: number;
      readonly text: string;
      readonly retryAfterSeconds?: number | undefined;
    }
  /** No conversation at all: the message cannot have arrived. */
  | { readonly came: "unreachable"; readonly text: string }
  /** The connection ended after the message was handed over. */
  | { readonly came: "nothing" }
  /** The send log would not let it go. */
  | { readonly came: "withdrawn" };
