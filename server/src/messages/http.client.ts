import type { Answer, HttpEffect } from "./effect.ts";
import type { HandOver } from "./smtp.client.ts";

const patienceMs = 15_000;

export async function post(effect: HttpEffect, handOver: HandOver): Promise<Answer> {
  if (!(await handOver())) return { came: "withdrawn" };
  let response: Response;
  try {
    response = await fetch(effect.url, {
      method: "POST",
      headers: effect.headers,
      body: effect.body,
      // A redirect would carry personal data to an address that nobody entered.
      redirect: "manual",
      signal: AbortSignal.timeout(patienceMs),
    });
    await response.body?.cancel();
  } catch (error) {
    // Whether it arrived cannot be told; the caller may repeat it under the same id.
    const { code = "" } = ((error as Error).cause ?? {}) as { code?: string };
    return code === "ECONNREFUSED" || code === "ENOTFOUND"
      ? { came: "unreachable", text: code }
      : { came: "nothing" };
  }
  if (response.ok) return { came: "accepted", text: String(response.status) };
  const after = Number(response.headers.get("retry-after"));
  return {
    came: "refused",
    step: "request",
    code: response.status,
    text: "",
    ...(Number.isFinite(after) && after > 0 ? { retryAfterSeconds: after } : {}),
  };
}
