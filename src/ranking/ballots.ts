/** Options in the order in which someone put them, best first, and how many people gave this same order. */
export type Ballot = { order: string[]; n: number }

/**
 * The ballot of a tally cell ("a>b>c"). Options that are not on offer are passed over, a second mention counts
 * only where it first stood; an empty order is no ballot and gives undefined. A tied or skipped rank never gets
 * here: whoever reads a ballot ends it there (see kinds/ranking).
 */
export function ballotOf(
  cell: string,
  n: number,
  options: readonly string[] | ReadonlySet<string>,
): Ballot | undefined {
  const offered = options instanceof Set ? options : new Set(options as readonly string[])
  const order = [...new Set(cell.split('>'))].filter((code) => offered.has(code))
  return order.length > 0 && n > 0 ? { order, n } : undefined
}

/** The ballots of a question's tally cells. */
export function ballotsOf(cells: ReadonlyMap<string, number>, options: readonly string[]): Ballot[] {
  const offered = new Set(options)
  return [...cells].flatMap(([cell, n]) => ballotOf(cell, n, offered) ?? [])
}

/** How many ballots rank at least one option: the base of every share. */
export const ballotCount = (ballots: readonly Ballot[]): number =>
  ballots.reduce((sum, ballot) => sum + (ballot.order.length > 0 ? ballot.n : 0), 0)
