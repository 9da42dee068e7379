/** A stream of numbers uniform in [0, 1), the same for the same seed. */
export type Uniform = () => number;

/** sfc32 (Doty-Humphrey, PractRand): 128 bits of state from one seed by splitmix32, twelve numbers thrown away first. */
export function uniformOf(seed: number): Uniform {
  let mix = seed | 0;
  const next = (): number => {
    mix = (mix + 0x9e3779b9) | 0;
    let z = mix ^ (mix >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return z ^ (z >>> 15);
  };
  let [a, b, c, counter] = [next(), next(), next(), 1];
  const draw = (): number => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4_294_967_296;
  };
  for (let i = 0; i < 12; i++) draw();
  return draw;
}

/** Standard normal, by Box and Muller (1958); the second of each pair is not kept, so that no state hides here. */
export const normalDraw = (uniform: Uniform): number =>
  Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());

/** Chi-squared with df > 0: twice a gamma of shape df/2, by Marsaglia and Tsang (2000), ACM TOMS 26(3). */
export function chiSquaredDraw(df: number, uniform: Uniform): number {
  if (!(df > 0)) throw new RangeError("degrees of freedom must be above 0");
  const shape = df / 2;
  // Their method needs a shape of at least one; below, the power of a uniform makes up for it (section 6).
  const boost = shape < 1 ? (1 - uniform()) ** (1 / shape) : 1;
  const d = (shape < 1 ? shape + 1 : shape) - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const z = normalDraw(uniform);
    const v = (1 + c * z) ** 3;
    if (v <= 0) continue;
    if (Math.log(1 - uniform()) < 0.5 * z * z + d - d * v + d * Math.log(v)) return 2 * d * v * boost;
  }
}
