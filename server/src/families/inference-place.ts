/** A workspace, as far as days of purchase need it. */
export interface Place {
  readonly id: number;
  readonly timeZone: string;
}
