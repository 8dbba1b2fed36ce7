import type { Codes } from '../report/export/codes.ts'
import type { Stores, Survey } from '../store/stores.ts'

type Shelf = Pick<Stores, 'comments' | 'codings' | 'acceptances' | 'tallies'>

/** Comments that are read together. */
const page = 1000

/** Everything that a file of codes is made from; see report/export/codes. Comments come a page at a time. */
export async function codesOf(
  stores: Shelf,
  { id, minimumGroup }: Pick<Survey, 'id' | 'minimumGroup'>,
): Promise<Codes> {
  const [readings, acceptances, sizes] = await Promise.all([
    stores.codings.readings(id),
    stores.acceptances.list(id),
    stores.tallies.sizes(id),
  ])
  return { pages: pagesOf(stores, id), readings, acceptances, sizes, minimum: minimumGroup }
}

async function* pagesOf(stores: Shelf, survey: number) {
  for (let after = 0; ; ) {
    const comments = await stores.comments.list(survey, { after, limit: page })
    const [first, last] = [comments[0]?.id, comments.at(-1)?.id]
    if (first === undefined || last === undefined) return
    yield { comments, codings: await stores.codings.every(survey, [first, last]) }
    if (comments.length < page) return
    after = last
  }
}
