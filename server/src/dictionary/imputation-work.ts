import {
  type Imputation,
  type ImputationAsk,
  type ImputationDeclined,
  planImputation,
} from "../cleaning/imputation.ts";
import { identifyingKey } from "../people/personal.ts";

/** What the thread is asked: everything is data. */
export interface ImputationJob {
  rows: readonly Record<string, unknown>[];
  ask: Omit<ImputationAsk, "identifies">;
}

export const impute = ({ rows, ask }: ImputationJob): Imputation | { declined: ImputationDeclined } =>
  planImputation(rows, { ...ask, identifies: identifyingKey });
