import type { Language } from "@stork/contract/common.ts";
import type { z } from "zod";
import { ProblemError } from "./problem.ts";

export type Query = Record<string, string | number | boolean | undefined | null>;
interface Options {
  query?: Query;
  signal?: AbortSignal;
}

let language: Language = "zh-CN";
/** The language in which the server words its refusals. */
export function speak(to: Language): void {
  language = to;
}

/** Requests to the server: replies typed by the contract's schemas, and checked against them while developing. */
export const api = {
  get: <T>(path: string, schema: z.ZodType<T>, options: Options = {}): Promise<T> =>
    send("GET", path, schema, undefined, options),
  post: <T>(path: string, schema: z.ZodType<T> | null, body?: unknown): Promise<T> =>
    send("POST", path, schema, body ?? {}, {}),
  patch: <T>(path: string, schema: z.ZodType<T> | null, body: unknown): Promise<T> =>
    send("PATCH", path, schema, body, {}),
  put: <T>(path: string, schema: z.ZodType<T> | null, body: unknown): Promise<T> =>
    send("PUT", path, schema, body, {}),
  remove: (path: string): Promise<unknown> => send("DELETE", path, null, undefined, {}),
};

function withQuery(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return text === "" ? path : `${path}?${text}`;
}

/** Sends files, saying how many bytes are there; fetch cannot tell. */
export function upload<T>(
  path: string,
  form: FormData,
  onProgress: (sent: number, total: number) => void,
  signal: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.setRequestHeader("accept-language", language);
    request.upload.addEventListener("progress", (event) => onProgress(event.loaded, event.total));
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.addEventListener("abort", () => reject(new DOMException("stopped", "AbortError")));
    request.addEventListener("error", () => reject(unreachable()));
    request.addEventListener("load", () => {
      const reply = parsed(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(reply as T);
      else reject(refused(request.status, reply));
    });
    request.send(form);
  });
}

async function send<T>(
  method: string,
  path: string,
  schema: z.ZodType<T> | null,
  body: unknown,
  options: Options,
): Promise<T> {
  const headers: Record<string, string> = { accept: "application/json", "accept-language": language };
  if (body !== undefined) headers["content-type"] = "application/json";
  let response: Response;
  try {
    response = await fetch(withQuery(path, options.query), {
      method,
      headers,
      credentials: "same-origin",
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw unreachable();
  }
  const reply = parsed(await response.text());
  if (!response.ok) throw refused(response.status, reply);
  if (import.meta.env.DEV && schema !== null) return schema.parse(reply);
  return reply as T;
}

function parsed(text: string): unknown {
  if (text === "") return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function refused(status: number, reply: unknown): ProblemError {
  const problem = (typeof reply === "object" && reply !== null ? reply : {}) as Partial<ProblemError> & {
    title?: string;
  };
  return new ProblemError({
    status,
    code: typeof problem.code === "string" ? problem.code : `http/${status}`,
    title:
      problem.title ??
      problem.message ??
      (language === "zh-CN" ? "服务器没有给出可读的回答" : "The server gave no readable answer"),
    ...(problem.detail === undefined ? {} : { detail: problem.detail }),
    ...(problem.errors === undefined ? {} : { errors: problem.errors }),
  });
}

function unreachable(): ProblemError {
  const zh = language === "zh-CN";
  return new ProblemError({
    status: 0,
    code: "console/unreachable",
    title: zh ? "连不上服务器" : "The server cannot be reached",
    detail: zh ? "它可能正在重新启动，或网络断开了。" : "It may be restarting, or the network is down.",
  });
}
