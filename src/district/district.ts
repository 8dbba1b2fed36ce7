import { z } from 'zod'

const text = z.record(z.string(), z.string())

/**
 * A school district as data: its stakeholder groups, schools, grades and home languages, with codes that
 * answers hold. Nothing in the code knows a particular district.
 */
export const districtSchema = z.strictObject({
  name: text,
  timeZone: z.string(),
  /** True for made-up data; every page that shows it says so. */
  sample: z.boolean().optional(),
  /** `attribution` is how a quote is signed ("HPS family member"). */
  groups: z.array(z.strictObject({ code: z.string(), label: text, attribution: text.optional() })),
  schools: z.array(
    z.strictObject({
      code: z.string(),
      label: text,
      level: z.string().optional(),
      zone: z.string().optional(),
      type: z.string().optional(),
    }),
  ),
  /** Whom to call who needs help at once, for those who answer; the interface's own words where absent. */
  helpLines: text.optional(),
  grades: z.array(z.strictObject({ code: z.string(), label: text })),
  homeLanguages: z.array(z.strictObject({ code: z.string(), label: text })),
  /** Denominators: how many there are, of whom, as of when, from where. */
  enrolment: z.array(
    z.strictObject({
      of: z.string(),
      n: z.number().int().nonnegative(),
      asOf: z.string(),
      source: z.string(),
      note: z.string().optional(),
    }),
  ),
})
export type District = z.infer<typeof districtSchema>

export const emptyDistrict: District = {
  name: { en: 'Your district' },
  timeZone: 'UTC',
  groups: [],
  schools: [],
  grades: [],
  homeLanguages: [],
  enrolment: [],
}
