import { readdirSync, readFileSync } from 'node:fs'
import { readPlans } from '../../src/demo/files.ts'
import { districtSchema } from '../../src/district/district.ts'
import { readParts } from '../../src/plan/parts.ts'
import { readItemBank, readSurveyTemplates } from '../../src/templates.ts'

/** The bank, plans, parts and templates as they come with Heard. */
export const bank = readItemBank('templates/item-bank.json')
export const plans = await readPlans()
export const templates = readSurveyTemplates('templates/surveys')
export const district = districtSchema.parse(
  JSON.parse(readFileSync('templates/sample-district.json', 'utf8')),
)
export const parts = readdirSync('plans/parts').map((file) => {
  const { parts, problems } = readParts(JSON.parse(readFileSync(`plans/parts/${file}`, 'utf8')), plans)
  if (!parts) throw new Error(`${file}: ${problems.join('; ')}`)
  return parts
})
