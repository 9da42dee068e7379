import type { Language, Problem, Words } from "@stork/contract/common.ts";
import { type Detail, Refusal, type RefusalKind, say } from "./refusal.ts";
import { refusals } from "./refusals.ts";
import type { Fault } from "./validator.ts";

/** What an error is to the one who asked. `bug` marks those that are ours and go to the log. */
export interface Answer {
  problem: Problem;
  retry: boolean;
  bug: boolean;
}

interface Coded {
  code?: unknown;
  type?: unknown;
  statusCode?: unknown;
  message?: unknown;
  cause?: unknown;
  validation?: unknown;
  validationContext?: unknown;
}

/** Every error of a request as RFC 9457 problem+json, in the caller's language. */
export function answerTo(error: unknown, language: Language): Answer {
  const refusal = error instanceof Refusal ? error : refusalFor(error as Coded);
  const { kind, params, errors } = refusal;
  const inTheirs = (text: string | Words) =>
    typeof text === "string" ? text : language === "en" ? text.en : text.zh;
  return {
    problem: {
      type: `https://stork.example/errors#${kind.code.replace("/", "-")}`,
      title: say(inTheirs(kind.text), params),
      status: kind.status,
      code: kind.code,
      ...(errors
        ? { errors: errors.map(({ path, message }) => ({ path, message: inTheirs(message) })) }
        : {}),
    },
    retry: kind.retry,
    bug: kind === refusals.failed,
  };
}

/** The words of Accept-Language come down to one question: English asked for before Chinese? */
export function languageOf(header: string | undefined): Language {
  const wanted = (header ?? "")
    .toLowerCase()
    .split(",")
    .map((part) => part.trim());
  const found = wanted.find((part) => part.startsWith("zh") || part.startsWith("en"));
  return found?.startsWith("en") ? "en" : "zh-CN";
}

/** Frameworks and engines name their troubles by code; those a caller can act on become refusals. */
const byCode: Readonly<Record<string, RefusalKind>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: refusals.tooLarge,
  FST_REQ_FILE_TOO_LARGE: refusals.tooLarge,
  FST_ERR_CTP_INVALID_JSON_BODY: refusals.malformedJson,
  FST_ERR_CTP_EMPTY_JSON_BODY: refusals.malformedJson,
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: refusals.malformedJson,
  FST_ERR_CTP_INVALID_MEDIA_TYPE: refusals.mediaType,
  FST_INVALID_MULTIPART_CONTENT_TYPE: refusals.mediaType,
  ENOSPC: refusals.diskFull,
  "53100": refusals.diskFull, // PostgreSQL: disk_full
  "243": refusals.diskFull, // ClickHouse: NOT_ENOUGH_SPACE
  ECONNREFUSED: refusals.engineAway,
  ECONNRESET: refusals.engineAway,
  "53300": refusals.engineAway, // PostgreSQL: too many connections
  "57P01": refusals.engineAway, // PostgreSQL: it was told to stop
  "57P02": refusals.engineAway,
  "57P03": refusals.engineAway, // PostgreSQL: it is starting
};

/** PostgreSQL: a NUL, or half a character, in a text or in JSON. It passes for text everywhere else. */
const unkeepable = new Set(["22021", "22P05"]);
const unkeepableText: Detail[] = [
  { path: "body", message: { zh: "文字里有无法保存的空字符", en: "A text holds a NUL character" } },
];

function refusalFor(error: Coded): Refusal {
  if (unkeepable.has(String(error?.code))) return new Refusal(refusals.invalid, {}, unkeepableText);
  if (Array.isArray(error?.validation)) return new Refusal(refusals.invalid, {}, issuesOf(error));
  const kind = kindOf(error);
  if (kind) return new Refusal(kind);
  if (error instanceof SyntaxError && error.name === "SyntaxError" && (error as Coded).statusCode === 400) {
    return new Refusal(refusals.malformedJson);
  }
  if (typeof error?.statusCode === "number" && error.statusCode >= 400 && error.statusCode < 500) {
    return new Refusal(refusals.invalid);
  }
  return new Refusal(refusals.failed);
}

/** The disk and the engines report through several layers: ask each cause in turn. */
function kindOf(error: Coded): RefusalKind | undefined {
  for (let at: Coded | undefined = error, depth = 0; at && depth < 6; at = at.cause as Coded, depth += 1) {
    const known = byCode[String(at.code)];
    if (known) return known;
    const message = String(at.message ?? "");
    if (/No space left on device|ENOSPC|NOT_ENOUGH_SPACE/.test(message)) return refusals.diskFull;
    if (
      /Connection terminated|timeout exceeded when trying to connect|^Timeout error|socket hang up/.test(
        message,
      )
    )
      return refusals.engineAway;
  }
  return undefined;
}

/** The path of each issue starts with the part of the request it is in: body.name, query.after. */
function issuesOf(error: Coded): Detail[] {
  const issues = error.validation as Partial<Fault>[];
  const part = String(error.validationContext ?? "body").replace("querystring", "query");
  return issues.map(({ instancePath = "", message = "", words }) => ({
    path: `${part}${instancePath.replaceAll("/", ".")}`,
    message: words ?? message,
  }));
}
