import { pipeline } from 'node:stream/promises'
import { codesOf } from '../learning/codes.ts'
import { codebookInUse, codeSurvey, fewest, trainSurvey } from '../learning/train.ts'
import { codes } from '../report/export/codes.ts'
import { csvText } from '../report/export/csv.ts'
import type { Stores } from '../store/stores.ts'
import { readShippedCodebook } from '../templates.ts'
import { auditBy } from '../web/audit.ts'
import { type Command, Refusal, surveyNamed, take } from './command.ts'

const codebook = (stores: Stores, now: number) => codebookInUse(stores, readShippedCodebook(), now)
const share = (part: number | null): string => (part === null ? '-' : part.toFixed(2))

export const themesTrain: Command = {
  usage: 'themes train SLUG',
  does: 'learns from what people coded, measures itself on what it had not seen, and codes the rest',
  async run(args, room) {
    const [slug = ''] = take(themesTrain, args, 1).positionals
    const stores = await room.stores()
    const survey = await surveyNamed(stores, slug)
    const made = await trainSurvey(stores, survey, await codebook(stores, room.now()), room.now)
    if (!made)
      throw new Refusal(`${slug}: people have read fewer than ${fewest} comments; nothing was learnt`)
    const { number, examples, took, metrics } = made
    room.output.write(`model-${number} learnt from ${examples} comments in ${(took / 1000).toFixed(1)} s\n`)
    room.output.write('theme\tcomments\tprecision\trecall\n')
    for (const { theme, positives, precision, recall } of metrics.themes)
      room.output.write(`${theme}\t${positives}\t${share(precision)}\t${share(recall)}\n`)
    for (const { theme, positives } of metrics.skipped)
      room.output.write(`${theme}\t${positives}\ttoo few to learn from\n`)
  },
}

export const themesExport: Command = {
  usage: 'themes export SLUG',
  does: 'prints the comments as CSV with every theme put on them: who or what put it, by which codebook, whether it counts',
  async run(args, room) {
    const [slug = ''] = take(themesExport, args, 1).positionals
    const stores = await room.stores()
    const survey = await surveyNamed(stores, slug)
    await auditBy(stores, undefined, room.now(), 'exported', slug, 'codes')
    await pipeline(csvText(codes(await codesOf(stores, survey))), room.output, { end: false })
  },
}

export const themesCode: Command = {
  usage: 'themes code SLUG',
  does: 'codes the comments that came in since, by what was learnt or by word lists; they count once accepted',
  async run(args, room) {
    const [slug = ''] = take(themesCode, args, 1).positionals
    const stores = await room.stores()
    const survey = await surveyNamed(stores, slug)
    const { comments, codes, by } = await codeSurvey(
      ...([stores, survey, await codebook(stores, room.now()), room.now] as const),
    )
    room.output.write(`${by} read ${comments} comments and gave ${codes} codes\n`)
  },
}
