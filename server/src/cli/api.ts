import { Trouble } from "../platform/trouble.ts";
import { type FilesToSend, sendFiles } from "./upload.ts";

/** The HTTP API as the owner: commands ask nothing of the engines themselves, so a running server is never gone around. */
export interface Api {
  url: string;
  call<Body>(method: string, path: string, body?: unknown): Promise<Body>;
  /** Sends files with what is said of them; tells how far it is. */
  send<Body>(path: string, form: FilesToSend, onSent: (sent: number, total: number) => void): Promise<Body>;
  /** The body of an answer as it comes. */
  download(path: string, headers?: Record<string, string>): Promise<AsyncIterable<Uint8Array>>;
  close(): Promise<void>;
}

export function createApi(url: string, key: string, close: () => Promise<void> = async () => {}): Api {
  const headers = { authorization: `Bearer ${key}`, "accept-language": languageOf(process.env) };
  return {
    url,
    close,
    call: (method, path, body) =>
      answered(
        fetch(url + path, {
          method,
          headers: body === undefined ? headers : { ...headers, "content-type": "application/json" },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      ),
    async download(path, more = {}) {
      const response = await fetch(url + path, { headers: { ...headers, ...more } });
      if (response.ok && response.body !== null) return response.body;
      return answered(Promise.resolve(response));
    },
    send: (path, form, onSent) => answered(sendFiles(url + path, headers, form, onSent)),
  };
}

/** The terminal's language: what the API declines is said in one. Chinese unless the terminal speaks English. */
const languageOf = ({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): "en" | "zh-CN" =>
  /^en/i.test(LC_ALL || LC_MESSAGES || LANG || "") ? "en" : "zh-CN";

interface Declined {
  title?: string;
  code?: string;
  errors?: { path: string; message: string }[];
}

/** A refusal of the API becomes the command's own words; its code stays for programs to test. */
export class ApiTrouble extends Trouble {
  readonly code: string;
  readonly status: number;

  constructor(status: number, { title = "", code = "", errors = [] }: Declined) {
    const items = errors.map(({ path, message }) => `\n  ${path}: ${message}`).join("");
    super(`${title}${items}`, code);
    this.code = code;
    this.status = status;
  }
}

async function answered<Body>(asked: Promise<Response>): Promise<Body> {
  const response = await asked;
  const text = await response.text();
  const json = /json/.test(response.headers.get("content-type") ?? "");
  const body: unknown = json && text !== "" ? JSON.parse(text) : text;
  if (!response.ok) throw new ApiTrouble(response.status, (json ? body : { title: text }) as Declined);
  return body as Body;
}
