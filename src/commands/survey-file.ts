import { basename, extname } from 'node:path'
import { z } from 'zod'

/** Slugs stand in addresses and are typed from paper: small letters, digits and hyphens. */
const slugSchema = z
  .string()
  .max(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a slug holds small letters, digits and single hyphens')

const moment = z.iso.datetime({ offset: true, message: 'is a time such as 2021-05-01T12:00:00Z' }).nullable()

/**
 * A survey as a file. `questionnaire` is checked apart, by its own rules. `earlier`: the questionnaires of the
 * versions before it, first one first, for a survey whose responses name them.
 */
const surveyFileSchema = z.strictObject({
  slug: slugSchema,
  opensAt: moment.optional(),
  closesAt: moment.optional(),
  minimumGroup: z.int().min(1).optional(),
  sample: z.boolean().optional(),
  earlier: z.array(z.looseObject({})).optional(),
  questionnaire: z.looseObject({}),
})
export type SurveyFile = z.infer<typeof surveyFileSchema>

/** Reads a survey file, or a bare questionnaire, whose slug is then the name of the file. */
export function readSurveyFile(
  content: unknown,
  path: string,
): { survey: SurveyFile } | { faults: string[] } {
  const bare = typeof content === 'object' && content !== null && 'sections' in content
  const name = basename(path, extname(path)).toLowerCase()
  const parsed = surveyFileSchema.safeParse(bare ? { slug: name, questionnaire: content } : content)
  return parsed.success
    ? { survey: parsed.data }
    : {
        faults: parsed.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`),
      }
}
