/** Words that many records share: each once, and known by its place. */
export class Words {
  readonly all: string[] = [];
  readonly #places = new Map<string, number>();

  at(word: string): number {
    let place = this.#places.get(word);
    if (place === undefined) {
      place = this.all.push(word) - 1;
      this.#places.set(word, place);
    }
    return place;
  }
}
