import { studentQuantile, studentTail } from "../stats/student.ts";

/** One estimate from several completed copies of the data. */
export interface Pooled {
  readonly estimate: number;
  readonly standardError: number;
  readonly degreesOfFreedom: number;
  readonly low: number;
  readonly high: number;
  /** Of the hypothesis that the estimated number is nought. */
  readonly pValue: number;
  /** Ū: the mean of the squared standard errors. */
  readonly within: number;
  /** B: the variance of the estimates between copies. */
  readonly between: number;
  /** r: relative increase in variance due to what is missing. */
  readonly increase: number;
  /** λ: share of the variance that comes from what is missing. */
  readonly share: number;
  /** γ: fraction of information missing. */
  readonly missingInformation: number;
}

/**
 * Rubin's rules (Rubin 1987, eqs. 3.1.2–3.1.8): Q̄ = mean of the estimates, T = Ū + (1 + 1/m) B; degrees of freedom for
 * small samples by Barnard and Rubin (1999), Biometrika 86(4), eq. 3; γ as van Buuren (2018), eq. 2.26.
 * `completeDf` is that of the same analysis without gaps (rows minus coefficients). RangeError below two copies or for
 * what is not finite.
 */
export function pool(
  estimates: readonly number[],
  standardErrors: readonly number[],
  completeDf: number,
  confidence = 0.95,
): Pooled {
  const m = estimates.length;
  if (m < 2 || standardErrors.length !== m)
    throw new RangeError("pooling needs two estimates or more, each with its error");
  if (![...estimates, ...standardErrors].every(Number.isFinite))
    throw new RangeError("estimates must be finite");
  if (!(completeDf > 0)) throw new RangeError("degrees of freedom must be above 0");
  const estimate = mean(estimates);
  const within = mean(standardErrors.map((error) => error * error));
  const between = estimates.reduce((sum, one) => sum + (one - estimate) ** 2, 0) / (m - 1);
  const total = within + (1 + 1 / m) * between;
  const share = total === 0 ? 0 : ((1 + 1 / m) * between) / total;
  const observed = ((completeDf + 1) / (completeDf + 3)) * completeDf * (1 - share);
  const old = (m - 1) / (share * share);
  const degreesOfFreedom = share === 0 ? observed : (old * observed) / (old + observed);
  const increase = within === 0 ? Number.POSITIVE_INFINITY : ((1 + 1 / m) * between) / within;
  const standardError = Math.sqrt(total);
  const df = Math.max(degreesOfFreedom, 1e-3);
  const reach = studentQuantile(1 - (1 - confidence) / 2, df) * standardError;
  return {
    estimate,
    standardError,
    degreesOfFreedom,
    low: estimate - reach,
    high: estimate + reach,
    pValue: standardError === 0 ? Number.NaN : 2 * studentTail(Math.abs(estimate / standardError), df),
    within,
    between,
    increase,
    share,
    missingInformation:
      increase === Number.POSITIVE_INFINITY ? 1 : (increase + 2 / (degreesOfFreedom + 3)) / (increase + 1),
  };
}

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
