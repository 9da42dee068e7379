import type { Problem } from "@stork/contract/common.ts";

/** What the server declined, or that it could not be reached at all (`status` 0). Its text is already in the reader's language. */
export class ProblemError extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string | undefined;
  readonly errors: { path: string; message: string }[];

  constructor(problem: Pick<Problem, "title" | "status" | "code" | "detail" | "errors">) {
    super(problem.title);
    this.name = "ProblemError";
    this.status = problem.status;
    this.code = problem.code;
    this.detail = problem.detail;
    this.errors = problem.errors ?? [];
  }
}

export function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  const title = error instanceof Error ? error.message : String(error);
  return new ProblemError({ title, status: 0, code: "console/unexpected" });
}
