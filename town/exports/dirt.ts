/** How often each kind of dirt comes, of orders, rows or cells; what the tests measure it against. */
export const dirtRates = {
  /** Of orders. */
  test: 0.004,
  brush: 0.009,
  wholesale: 0.002,
  correction: 0.006,
  /** Of the phones on orders. */
  formerPhone: 0.03,
  familyPhone: 0.02,
  typedWrong: 0.006,
  storePhone: 0.03,
  courierPhone: 0.006,
  staffPhone: 0.005,
  masked: 0.12,
  /** Of rows: written twice into one file. */
  twice: 0.025,
  /** Of files: saved again by another program, which changed the form of dates; money in fen; two files pasted together. */
  resaved: 0.15,
  inFen: 0.08,
  pasted: 0.06,
  /** Of cells of their kind. */
  fullWidth: 0.008,
  blanksAround: 0.01,
  moneyForm: 0.01,
  phoneForm: 0.03,
  dateForm: 0.004,
  damaged: 0.005,
  left: 0.01,
} as const;

/** How far a monthly export reaches back into the month before, and how long a supplement is. */
export const overlapDays = 3;
export const supplementDays = 10;

/** Always there, dirt or not: carts that were ordered and never paid. */
export const abandoned = 0.06;
