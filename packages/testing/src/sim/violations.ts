/** What the oracle found wrong; the first few say enough. */
export class Violations {
  readonly list: string[] = []

  add(text: string): void {
    if (this.list.length < MOST && !this.list.includes(text)) this.list.push(text)
  }
}

const MOST = 20
