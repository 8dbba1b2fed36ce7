import type { Role } from '../../src/district/people.ts'
import type { Fielding } from '../../src/questionnaire/fielding.ts'
import { everydayFielding } from '../../src/questionnaire/fielding.ts'
import type { Survey } from '../../src/store/stores.ts'
import { field, hidden, sampleDistrict } from '../site.ts'
import { add, type House, openHouse, visitor } from '../web/house.ts'

/** A house with the sample district and one open survey. */
export async function officeWith(
  definition: unknown,
  fielding: Partial<Fielding> = {},
): Promise<{ house: House; survey: Survey }> {
  const house = await openHouse()
  await sampleDistrict(house.stores)
  const survey = await field(house.stores, { slug: 'sample', definition })
  await house.stores.surveys.setFielding(survey.id, { ...everydayFielding, ...fielding })
  return { house, survey }
}

type Lines = Record<string, string>

/** Somebody of the office at the page for typing in paper answers. */
export async function typist(house: House, email = 'office@example.org', role: Role = 'office') {
  await add(house.stores, role, email)
  const browser = visitor(house.app, { 'Accept-Language': 'en' })
  await browser.signIn(email)
  const place = '/office/surveys/sample/entry'
  /** Sends the form of a page that was seen; the same page twice is the button pressed twice. */
  const press = (html: string, lines: Lines, action = place) =>
    browser.send(action, { ...hidden(html), ...lines })
  return {
    ...browser,
    place,
    press,
    look: async (query = '') => (await browser.open(place + query)).text,
    /** Opens a fresh page and types a sheet into it. */
    async types(lines: Lines, query = '') {
      return press((await browser.open(place + query)).text, lines)
    },
  }
}
export type Typist = Awaited<ReturnType<typeof typist>>
