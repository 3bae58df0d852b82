/**
 * The set of states met in a search, numbered in the order met. A state is which edges hold a token, one bit each: a search stops
 * at the first second token, so one bit is enough. Flat arrays keep 200,000 states in a few megabytes.
 */
export class States {
  readonly words: number
  #bits: Uint32Array
  #slots: Int32Array
  #count = 0

  constructor(edges: number) {
    this.words = Math.max(1, Math.ceil(edges / 32))
    this.#bits = new Uint32Array(this.words * 1024)
    this.#slots = new Int32Array(4096).fill(-1)
  }

  get count(): number {
    return this.#count
  }

  /** Copies a state into `into`. */
  read(state: number, into: Uint32Array): void {
    into.set(this.#bits.subarray(state * this.words, (state + 1) * this.words))
  }

  /** Number of a state; negative (`-1 - number`) when it was not met before. */
  add(marking: Uint32Array): number {
    let slot = this.#slotOf(marking)
    for (let found = this.#slots[slot] ?? -1; found !== -1; found = this.#slots[slot] ?? -1) {
      if (this.#equals(found, marking)) return found
      slot = (slot + 1) & (this.#slots.length - 1)
    }
    const state = this.#count++
    if (this.#count * this.words > this.#bits.length) this.#growBits()
    this.#bits.set(marking, state * this.words)
    this.#slots[slot] = state
    if (this.#count * 2 > this.#slots.length) this.#growSlots()
    return -1 - state
  }

  #slotOf(marking: Uint32Array): number {
    let hash = 0x811c9dc5
    for (let i = 0; i < this.words; i++) {
      const word = marking[i] ?? 0
      // Both halves are mixed in: neighbouring edges differ in one bit.
      hash = Math.imul(hash ^ (word & 0xffff), 0x01000193)
      hash = Math.imul(hash ^ (word >>> 16), 0x01000193)
    }
    hash ^= hash >>> 15
    return (hash >>> 0) & (this.#slots.length - 1)
  }

  #equals(state: number, marking: Uint32Array): boolean {
    const at = state * this.words
    for (let i = 0; i < this.words; i++) if (this.#bits[at + i] !== marking[i]) return false
    return true
  }

  #growBits(): void {
    const larger = new Uint32Array(this.#bits.length * 2)
    larger.set(this.#bits)
    this.#bits = larger
  }

  #growSlots(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1)
    const marking = new Uint32Array(this.words)
    for (let state = 0; state < this.#count; state++) {
      this.read(state, marking)
      let slot = this.#slotOf(marking)
      while (this.#slots[slot] !== -1) slot = (slot + 1) & (this.#slots.length - 1)
      this.#slots[slot] = state
    }
  }
}

/** Numbers appended one by one without boxing. */
export class Numbers {
  #values = new Int32Array(1024)
  #count = 0

  get count(): number {
    return this.#count
  }

  push(value: number): void {
    if (this.#count === this.#values.length) {
      const larger = new Int32Array(this.#values.length * 2)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.#count++] = value
  }

  at(index: number): number {
    return this.#values[index] ?? -1
  }
}
