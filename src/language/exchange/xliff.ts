import { parseTree } from './tree.ts'
import { type ReturnedBundle, Unusable } from './unit.ts'
import { readXliff12 } from './xliff12.ts'
import { readXliff20 } from './xliff20.ts'

export { writeXliff12 } from './xliff12.ts'
export { writeXliff20 } from './xliff20.ts'

/** Reads XLIFF of either version, told apart by what the file says of itself. Throws Unusable. */
export function readXliff(text: string): ReturnedBundle {
  const root = parseTree(text)
  if (root.name !== 'xliff') throw new Unusable('notXliff')
  return /^2\./.test(root.attributes.version ?? '') ? readXliff20(root) : readXliff12(root)
}
