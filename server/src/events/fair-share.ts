/**
 * A bounded room that many share. Whoever asks may hold as much as is left free: one that floods gets half of the room,
 * two get a third each, and so on, and there is always some left for who held nothing. (Choudhury and Hahne, "Dynamic
 * queue length thresholds for shared-memory packet switches", 1998, with α = 1.)
 */
export class FairShare<Who = number> {
  readonly #most: number;
  readonly #held = new Map<Who, number>();
  #total = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get total(): number {
    return this.#total;
  }

  /** Whether there was room for it; then it is held until it is given back. */
  take(who: Who, amount: number): boolean {
    const held = this.#held.get(who) ?? 0;
    if (held + amount > this.#most - this.#total) return false;
    this.#held.set(who, held + amount);
    this.#total += amount;
    return true;
  }

  giveBack(who: Who, amount: number): void {
    const held = (this.#held.get(who) ?? 0) - amount;
    if (held > 0) this.#held.set(who, held);
    else this.#held.delete(who);
    this.#total -= amount;
  }
}
