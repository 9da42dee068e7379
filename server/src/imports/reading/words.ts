/** So many are looked for one after the other, which is quicker than a map where they are the ones that all records share. */
const first = 12;

/** Words that many records share: each once, and known by its place. */
export class Words {
  readonly all: string[] = [];
  readonly #places = new Map<string, number>();

  at(word: string): number {
    const { all } = this;
    const most = Math.min(all.length, first);
    for (let place = 0; place < most; place += 1) if (all[place] === word) return place;
    let place = this.#places.get(word);
    if (place === undefined) {
      place = all.push(word) - 1;
      this.#places.set(word, place);
    }
    return place;
  }
}
