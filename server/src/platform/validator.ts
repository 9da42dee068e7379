import type { Words } from "@stork/contract/common.ts";
import type { FastifySchemaCompiler } from "fastify";
import { z } from "zod";

/** One thing that is not as a route's schema asks, as Fastify hands it on. */
export interface Fault {
  instancePath: string;
  message: string;
  words: Words;
}

type Issue = z.core.$ZodRawIssue;

/** What a schema's own rule says of itself (contract/common.ts, `because`). */
const ownWords = ({ code, params }: Issue): Words | undefined =>
  code === "custom" ? (params as { words?: Words } | undefined)?.words : undefined;

const { localeError: asEnglish } = z.locales.en();
const { localeError: asChinese } = z.locales.zhCN();

/** Kinds of values that the library leaves in English. */
const kinds: Readonly<Record<string, string>> = {
  ...{ string: "文本", object: "对象", record: "对象", array: "列表", number: "数字" },
  ...{ boolean: "true 或 false", undefined: "空", int: "整数" },
};
const bounds: Readonly<Record<string, string>> = { ">=": "至少", "<=": "至多", ">": "多于", "<": "少于" };
const inChinese = (text: string): string =>
  text
    .replace(
      /^数值过[大小]：期望 (?:string|array|set|map|file) ([<>]=?)(\S+) (\S+)$/,
      (_, sign: string, most: string, unit: string) => `应${bounds[sign]} ${most} ${unit}`,
    )
    .replace(/(期望|接收) (\w+)/g, (_, before: string, kind: string) => `${before} ${kinds[kind] ?? kind}`);

const textOf = (said: string | { message: string } | null | undefined): string =>
  typeof said === "string" ? said : (said?.message ?? "");

const english = { error: (issue: Issue) => ownWords(issue)?.en ?? textOf(asEnglish(issue)) };
const chinese = { error: (issue: Issue) => ownWords(issue)?.zh ?? inChinese(textOf(asChinese(issue))) };

/**
 * Checks what was sent against its route's schema. What is wrong is said in both languages: which of them is asked for,
 * only the one who answers knows.
 */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema }) =>
  (data: unknown) => {
    const read = schema.safeParse(data, english);
    if (read.success) return { value: read.data };
    const zh = schema.safeParse(data, chinese).error?.issues ?? [];
    const error = read.error.issues.map(
      ({ path, message }, i): Fault => ({
        instancePath: `/${path.join("/")}`,
        message,
        words: { zh: zh[i]?.message ?? message, en: message },
      }),
    );
    return { error: error as unknown as Error };
  };
