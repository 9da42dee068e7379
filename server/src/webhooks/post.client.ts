import type { Came } from "./schedule.ts";

const patienceMs = 15_000;

export interface Posted extends Came {
  /** For the log: a status, or what went wrong. Never what the receiver wrote. */
  answer: string;
}

/** One attempt. A redirect is not followed: it would carry facts to an address that nobody entered. */
export async function postOnce(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<Posted> {
  try {
    const response = await fetch(url, {
      ...{ method: "POST", headers, body, redirect: "manual" },
      signal: AbortSignal.timeout(patienceMs),
    });
    await response.body?.cancel();
    const after = Number(response.headers.get("retry-after"));
    const retryAfterSeconds = Number.isFinite(after) && after > 0 ? after : null;
    return { status: response.status, retryAfterSeconds, answer: String(response.status) };
  } catch (error) {
    const { name, cause } = error as Error & { cause?: { code?: string } };
    const answer = name === "TimeoutError" ? "timeout" : (cause?.code ?? "unreachable");
    return { status: null, retryAfterSeconds: null, answer };
  }
}
