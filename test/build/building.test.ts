import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Question, questions } from '../../src/questionnaire/definition.ts'
import { add, visitor } from '../web/house.ts'
import { fieldsOf, lastOf, openOffice, press } from './office.ts'

let office: Awaited<ReturnType<typeof openOffice>>
beforeEach(async () => {
  office = await openOffice()
})
afterEach(() => office.close())

const home = '/office/build/spring'
const find = async (code: string): Promise<Question> => {
  const found = questions(await office.now()).find((question) => question.code === code)
  if (!found) throw new Error(`there is no question ${code}`)
  return found
}
const codes = async () => questions(await office.now()).map(({ code }) => code)
const revisions = async () => (await office.stores.definitions.revisions('spring')).length
const parts = (list: unknown) => (list as { code: string }[]).map(({ code }) => code)

describe('beginning a survey', () => {
  it('empty, in two languages, under an address made of its title', async () => {
    const sent = await press(office.ana, '/office/build/new', {
      way: 'empty',
      title: 'Our Schools, 2027',
      source: 'en',
      languages: ['en', 'es'],
    })
    expect(sent.headers.location).toBe('/office/build/our-schools-2027')
    expect(await lastOf(office, 'our-schools-2027')).toMatchObject({
      source: 'en',
      languages: ['en', 'es'],
      title: { en: 'Our Schools, 2027' },
      sections: [{ code: 'questions', title: { en: 'Questions' }, questions: [] }],
    })
  })

  it('from a template and by copying, with every word', async () => {
    const send = async (fields: Record<string, string>) =>
      (await office.ana.fill('/office/build/new', fields)).headers.location
    expect(await send({ way: 'template', template: 'climate' })).toBe('/office/build/school-climate-survey')
    expect(await send({ way: 'copy', survey: 'spring', 'slug.copy': 'autumn' })).toBe('/office/build/autumn')
    expect(await lastOf(office, 'autumn')).toEqual(await office.now())
  })

  it('tells what is wrong and makes nothing', async () => {
    const made = async () => (await office.stores.definitions.list()).map(({ slug }) => slug)
    const send = (fields: Record<string, string>) => office.ana.fill('/office/build/new', fields)
    const untitled = await send({ way: 'empty', title: '', source: 'en' })
    expect([untitled.status, untitled.text.includes('Write the words in the first language')]).toEqual([
      422,
      true,
    ])
    const odd = await send({ way: 'empty', title: 'T', source: 'en', otherLanguages: 'ksw, not_a_tag' })
    expect(odd.text).toContain('“not_a_tag” is no language tag')
    const taken = await send({ way: 'copy', survey: 'spring', 'slug.copy': 'spring' })
    expect(taken.text).toContain('There is already a survey at “spring”')
    for (const slug of ['Two Words', 'new', '../x', 'a--b'])
      expect([slug, (await send({ way: 'copy', survey: 'spring', 'slug.copy': slug })).status]).toEqual([
        slug,
        422,
      ])
    expect(await made()).toEqual(['spring'])
  })

  it('goes on with a survey that was published from a file', async () => {
    await office.stores.surveys.add({ slug: 'filed', questionnaire: await office.now() }, 1)
    expect((await office.ana.open('/office/build')).text).toContain('/office/build/filed/take-up')
    const taken = await office.ana.fill('/office/build', {}, '/office/build/filed/take-up')
    expect(taken.headers.location).toBe('/office/build/filed')
    expect((await office.ana.open('/office/build/filed')).status).toBe(200)
  })
})

describe('questions and sections', () => {
  it('a question is added with its words in both languages and its answers, a line each', async () => {
    await press(
      office.ana,
      `${home}?beside=es`,
      {
        section: 'choices',
        kind: 'single',
        'title.en': 'Do you feel welcome?',
        'title.es': '¿Se siente bienvenido?',
        'lines.en': 'Yes\nNo\nNot sure',
        'lines.es': 'Sí\nNo',
        beside: 'es',
      },
      `${home}/add`,
    )
    expect(await find('do_you_feel_welcome')).toMatchObject({
      kind: 'single',
      title: { en: 'Do you feel welcome?', es: '¿Se siente bienvenido?' },
      options: [
        { code: 'yes', label: { en: 'Yes', es: 'Sí' } },
        { code: 'no', label: { en: 'No', es: 'No' } },
        { code: 'not_sure', label: { en: 'Not sure' } },
      ],
    })
  })

  it('every kind can be added and edited, each with its own fields', async () => {
    const kinds = ['single', 'multiple', 'ranking', 'grid', 'scale', 'text', 'number', 'profile']
    for (const kind of kinds) {
      const added = await press(
        office.ana,
        home,
        { section: 'order', kind, 'title.en': `A ${kind}`, 'lines.en': 'One\nTwo', go: 'edit' },
        `${home}/add`,
      )
      expect([kind, added.headers.location]).toEqual([kind, `${home}/q/a_${kind}?done=saved`])
      const before = await find(`a_${kind}`)
      const kept = await press(office.ana, `${home}/q/a_${kind}`, { do: 'save' })
      // What was not touched stays: the form holds all there is.
      expect([kind, kept.status, await find(`a_${kind}`)]).toEqual([kind, 303, before])
    }
    expect(await find('a_grid')).toMatchObject({
      items: [{ code: 'one' }, { code: 'two' }],
      scale: [
        { code: 'strongly_disagree', label: { en: 'Strongly disagree' } },
        {},
        {},
        {},
        { favorable: true },
      ],
    })
  })

  it('without words, or of no kind, is not added, and what was typed is still there', async () => {
    const typed = { section: 'choices', kind: 'single', 'title.en': '', 'lines.en': 'Kept line' }
    const sent = await press(office.ana, home, typed, `${home}/add`)
    expect([sent.status, sent.text.includes('Kept line'), await revisions()]).toEqual([422, true, 1])
    const odd = await press(office.ana, home, { ...typed, 'title.en': 'x', kind: 'nothing' }, `${home}/add`)
    expect(odd.status).toBe(422)
  })

  it('moves by button within a section and over its edge, and can be put anywhere', async () => {
    const act = (what: string) => press(office.ana, home, { do: what }, `${home}/do`)
    await act('question.down.ride')
    expect((await codes()).slice(0, 2)).toEqual(['ride_why', 'ride'])
    await act('question.up.climate')
    expect(parts((await office.now()).sections[0]?.questions)).toContain('climate')
    await act('question.place.word.choices.ride')
    expect((await codes()).slice(0, 3)).toEqual(['ride_why', 'word', 'ride'])
    await act('section.down.choices')
    expect(parts((await office.now()).sections)).toEqual(['ratings', 'choices', 'order'])
    expect((await act('question.fly.ride')).status).toBe(400)
  })

  it('copies a question with everything in it, and a section with its questions', async () => {
    const act = (what: string) => press(office.ana, home, { do: what }, `${home}/do`)
    await act('question.copy.climate')
    expect(await find('climate_2')).toEqual({ ...(await find('climate')), code: 'climate_2' })
    await act('section.copy.order')
    expect(parts((await office.now()).sections)).toEqual(['choices', 'ratings', 'order', 'order_2'])
  })

  it('a section gets words, an introduction and skip logic of its own', async () => {
    const page = `${home}/section/ratings`
    await press(office.ana, page, {
      'intro.en': 'Now about your days.',
      'if.join': 'all',
      'if.new.question': 'ride',
    })
    await press(office.ana, page, { 'if.0.how': 'is', 'if.0.codes': 'bus', do: 'back' })
    expect((await office.now()).sections[1]).toMatchObject({
      intro: { en: 'Now about your days.' },
      showIf: { question: 'ride', is: ['bus'] },
    })
  })
})

describe('a question', () => {
  const page = `${home}/q/news`

  it('is edited beside its translation; other languages keep their words', async () => {
    await press(
      office.ana,
      `${page}?beside=es`,
      { 'title.en': 'How can we reach you?', 'title.es': '¿Cómo avisarle?', beside: 'es' },
      page,
    )
    expect((await find('news')).title).toEqual({
      en: 'How can we reach you?',
      es: '¿Cómo avisarle?',
      ar: 'كيف نتواصل معك؟',
    })
  })

  it('gets options, moves them, takes one out; the last of them stays last', async () => {
    await press(office.ana, page, {
      'options.3.label.en': 'Other',
      'options.0.other': 'yes',
      do: 'row.up.options.3',
    })
    expect((await find('news')).options).toMatchObject([
      { code: 'text', other: true },
      { code: 'mail' },
      { code: 'other', label: { en: 'Other' } },
      { code: 'call' },
    ])
    const removed = await press(office.ana, page, { do: 'row.remove.options.1' })
    expect(removed.headers.location).toMatch(/undo=3/)
    expect(parts((await find('news')).options)).toEqual(['text', 'other', 'call'])
  })

  it('shows what is wrong at its field, keeps what was typed there, and saves nothing', async () => {
    const sent = await press(office.ana, page, { atMost: 'some', 'title.en': 'New words' })
    expect(sent.status).toBe(422)
    expect(sent.text).toContain('Write a whole number.')
    expect(sent.text).toContain('value="some"')
    expect(sent.text).toContain('New words')
    expect(await revisions()).toBe(1)
  })

  it('is needed, random, and about what its kind says', async () => {
    await press(office.ana, page, { required: 'yes', shuffle: 'yes', atMost: '3', 'help.en': 'All you use.' })
    expect(await find('news')).toMatchObject({
      required: true,
      shuffle: true,
      atMost: 3,
      help: { en: 'All you use.' },
    })
    await press(office.ana, page, { required: 'no', atMost: '' })
    expect(await find('news')).not.toHaveProperty('required')
    expect(await find('news')).not.toHaveProperty('atMost')
  })

  it('is shown by what was answered before: question, comparison and answer', async () => {
    const rated = `${home}/q/rate`
    const first = await press(office.ana, rated, {
      'if.join': 'any',
      'if.new.question': 'ride',
      do: 'if.add',
    })
    expect(first.headers.location).toBe(`${rated}?row=new&done=saved#condition`)
    await press(office.ana, rated, {
      'if.0.how': 'isNot',
      'if.0.codes': ['bus'],
      'if.new.question': 'climate.safe',
      do: 'if.add',
    })
    await press(office.ana, rated, { 'if.1.how': 'is', 'if.1.codes': ['yes', 'na'] })
    expect((await find('rate')).showIf).toEqual({
      any: [
        { not: { question: 'ride', is: ['bus'] } },
        { question: 'climate', item: 'safe', is: ['yes', 'na'] },
      ],
    })
    const { text } = await office.ana.open(home)
    expect(text).toContain(
      'the answer to question 1 is not “By bus” or the answer to “I am safe” in question 4 is “Yes”',
    )
    await press(office.ana, rated, { do: 'if.remove.0' })
    expect((await find('rate')).showIf).toEqual({
      any: [{ question: 'climate', item: 'safe', is: ['yes', 'na'] }],
    })
    await press(office.ana, rated, { 'if.join': 'always' })
    expect((await find('rate')).showIf).toBeUndefined()
  })

  it('cannot be made to look at itself or at what comes after it', async () => {
    const { text } = await office.ana.open(`${home}/q/climate`)
    const offered = [...text.matchAll(/<option value="([^"]+)">\d+\./g)].map(([, value]) => value)
    expect(offered).toEqual(['ride', 'ride_why', 'news'])
    await press(office.ana, `${home}/q/climate`, { 'if.join': 'all', 'if.new.question': 'rate' })
    expect((await office.ana.open(home)).text).toContain(
      'the condition looks at &#34;rate&#34;, which is not asked before it',
    )
  })

  it('keeps a condition that is too deep to take apart, unless it is to be replaced', async () => {
    const deep = { all: [{ any: [{ question: 'ride', is: ['bus'] }] }, { question: 'news', answered: true }] }
    const spring = await office.now()
    await office.stores.definitions.add(
      'deep',
      {
        ...spring,
        sections: spring.sections.map((section) => ({
          ...section,
          questions: section.questions.map((one) => (one.code === 'rate' ? { ...one, showIf: deep } : one)),
        })),
      },
      'x',
      1,
    )
    const rated = '/office/build/deep/q/rate'
    expect((await office.ana.open(rated)).text).toContain('This rule has more parts')
    await press(office.ana, rated, { 'title.en': 'New' })
    const rate = async () => questions(await lastOf(office, 'deep')).find(({ code }) => code === 'rate')
    expect(await rate()).toMatchObject({ title: { en: 'New' }, showIf: deep })
    await press(office.ana, rated, { 'if.replace': 'yes', 'if.join': 'all', 'if.new.question': 'ride' })
    expect((await rate())?.showIf).toEqual({ question: 'ride', answered: true })
  })
})

describe('the settings', () => {
  it('take words, languages, audience, readers, plan and areas; a language taken out keeps its words', async () => {
    await press(office.ana, `${home}/settings`, {
      'title.en': 'New title',
      languages: ['en', 'es'],
      otherLanguages: 'KSW',
      minutes: '7',
      readers: 'grades-6-12',
      audience: ['family'],
      protectedAreas: ['income'],
    })
    expect(await office.now()).toMatchObject({
      title: { en: 'New title', ar: 'استبيان نموذجي' },
      languages: ['en', 'es', 'ksw'],
      minutes: 7,
      readers: 'grades-6-12',
      audience: ['family'],
      protectedAreas: ['income'],
    })
    expect((await press(office.ana, `${home}/settings`, { minutes: 'long' })).status).toBe(422)
  })
})

it('a form that was not touched changes nothing and makes no revision', async () => {
  for (const page of ['settings', 'section/choices', ...(await codes()).map((code) => `q/${code}`)])
    expect((await press(office.ana, `${home}/${page}`, {})).status).toBe(303)
  expect(await revisions()).toBe(1)
})

it('only the office may build', async () => {
  await add(office.stores, 'leader')
  const leader = visitor(office.app)
  await leader.signIn('leader@example.org')
  const stranger = visitor(office.app)
  for (const path of [
    '',
    '/new',
    '/spring',
    '/spring/q/ride',
    '/spring/preview',
    '/spring/frame',
    '/spring/check',
  ]) {
    expect((await leader.open(`/office/build${path}`)).status).toBe(403)
    expect((await stranger.open(`/office/build${path}`)).status).toBe(303)
  }
  expect((await stranger.send('/office/build/spring/do', { do: 'question.remove.ride' })).status).toBe(403)
  expect((await leader.send('/office/build/spring/frame/choices', {})).status).toBe(403)
  const { text } = await office.ana.open(home)
  const forged = await office.ana.send(`${home}/do`, {
    ...fieldsOf(text, `${home}/do`),
    _csrf: 'x',
    do: 'question.remove.ride',
  } as never)
  expect([forged.status, await revisions()]).toEqual([403, 1])
})

it('a questionnaire that was kept with holes in it can still be looked at and mended', async () => {
  const holes = [
    { code: 'a', kind: 'hologram', title: { en: 'A' } },
    { code: 'b', kind: 'grid', title: {}, showIf: { question: 'gone', is: ['x'] } },
    { code: 'c', kind: 'text', title: { en: 'C' }, about: 'b' },
  ]
  const sections = [
    { code: 'one', title: {}, questions: holes },
    { code: 'two', title: { en: 'Two' }, questions: [] },
  ]
  await office.stores.definitions.add('holes', { ...(await office.now()), sections }, 'x', 1)
  const pages = ['', '/q/a', '/q/b', '/q/c', '/section/two', '/settings', '/history', '/preview', '/check']
  for (const page of pages)
    expect([page, (await office.ana.open(`/office/build/holes${page}`)).status]).toEqual([page, 200])
  const mended = '/office/build/holes/q/b'
  await press(office.ana, mended, {
    'items.0.label.en': 'Safe',
    'scale.0.label.en': 'No',
    'if.join': 'always',
  })
  expect(questions(await lastOf(office, 'holes'))[1]).toMatchObject({
    items: [{ code: 'safe' }],
    scale: [{ code: 'no', value: 1 }],
  })
})
