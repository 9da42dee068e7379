const pageBits = 65_536;

/** A set of node ids. They are dense, so pages of bits take little: a million nodes in a row 125 KB. */
export class NodeSet {
  readonly #pages = new Map<number, Uint32Array>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(node: number): void {
    const number = Math.floor(node / pageBits);
    let page = this.#pages.get(number);
    if (page === undefined) {
      page = new Uint32Array(pageBits / 32);
      this.#pages.set(number, page);
    }
    const bit = node % pageBits;
    const flag = 1 << (bit & 31);
    if (((page[bit >>> 5] as number) & flag) !== 0) return;
    page[bit >>> 5] = (page[bit >>> 5] as number) | flag;
    this.#size += 1;
  }
}
