import { type Conversation, inConversations } from '../commitment/conversation.ts'
import type { Text } from '../language/text.ts'
import type { Stores } from '../store/stores.ts'
import { sampleCoder } from '../theme/verdicts.ts'

const day = 24 * 60 * 60 * 1000

type Talk = {
  /** Days from now: before it, or after it for one that is still to come. */
  days: number
  conversation: Omit<Conversation, 'on' | 'sample' | 'survey' | 'plan'>
  /** Points that were said, each with the themes that the makers of the sample put on it. */
  notes: { words: string; language: string; themes: string[] }[]
  /** Sent in beforehand. `shown`: the words that others may see; without them the question waits to be looked at. */
  questions: { words: string; language: string; shown?: string }[]
}

const named = (en: string, es: string, ar: string): Text => ({ en, es, ar })

const talks: Talk[] = [
  {
    days: -70,
    conversation: {
      kind: 'town-hall',
      title: named(
        'Sample: town hall on the new plan',
        'Ejemplo: asamblea sobre el nuevo plan',
        'مثال: لقاء عام حول الخطة الجديدة',
      ),
      ...{ minutes: 120, schools: [], languages: ['en', 'es'], asks: false },
      attendance: { family: 64, student: 12, teacher: 18, community: 9, '': 7 },
    },
    notes: [
      {
        words: 'Sample: several families asked for tutors who come to the school in the afternoon.',
        ...{ language: 'en', themes: ['tutoring'] },
      },
      {
        words: 'Ejemplo: pidieron que las cartas lleguen antes y en su idioma.',
        ...{ language: 'es', themes: ['communication'] },
      },
      {
        words: 'Sample: teachers want time to plan together, so that they stay.',
        ...{ language: 'en', themes: ['hiring'] },
      },
    ],
    questions: [
      {
        words: 'Sample: will there be a late bus for students who stay for tutoring?',
        language: 'en',
        shown: 'Sample: will there be a late bus for students who stay for tutoring?',
      },
    ],
  },
  {
    days: -45,
    conversation: {
      kind: 'focus-group',
      title: named(
        'Sample: focus group with students',
        'Ejemplo: grupo de conversación con estudiantes',
        'مثال: مجموعة نقاش مع الطلاب',
      ),
      ...{ minutes: 90, schools: ['school_k'], languages: ['en'], asks: false },
      attendance: { student: 14 },
    },
    notes: [
      {
        words: 'Sample: students want internships that count as credit.',
        ...{ language: 'en', themes: ['real-world'] },
      },
      {
        words: 'Sample: a calm room, and somebody to talk to without waiting two weeks.',
        ...{ language: 'en', themes: ['mental-health'] },
      },
    ],
    questions: [],
  },
  {
    days: -20,
    conversation: {
      kind: 'webinar',
      title: named(
        'Sample: webinar for families, in Spanish and Arabic',
        'Ejemplo: seminario en línea para familias, en español y árabe',
        'مثال: ندوة عبر الإنترنت للأسر بالإسبانية والعربية',
      ),
      ...{ minutes: 75, schools: [], languages: ['es', 'ar'], asks: false },
      attendance: { family: 41, community: 6 },
    },
    notes: [
      {
        words: 'مثال: طلبت الأسر مترجمًا في كل اجتماع.',
        ...{ language: 'ar', themes: ['communication'] },
      },
      {
        words: 'Ejemplo: clases para los padres por la noche.',
        ...{ language: 'es', themes: ['family-supports'] },
      },
    ],
    questions: [],
  },
  {
    days: 14,
    conversation: {
      kind: 'webinar',
      title: named(
        'Sample: what we heard, and what comes next',
        'Ejemplo: lo que escuchamos y lo que sigue',
        'مثال: ما سمعناه وما سيأتي',
      ),
      ...{ minutes: 60, schools: [], languages: ['en', 'es', 'ar'], attendance: {}, asks: true },
    },
    notes: [],
    questions: [
      {
        words: 'Sample: which schools get tutors first?',
        ...{ language: 'en', shown: 'Sample: which schools get tutors first?' },
      },
      {
        words: 'Ejemplo: la señora Ejemplo de la oficina no contesta, ¿a quién llamamos?',
        ...{ language: 'es', shown: 'Ejemplo: ¿a quién llamamos cuando la oficina no contesta?' },
      },
      { words: 'Sample: how will you tell us what changed?', language: 'en' },
    ],
  },
]

/** A log of conversations that nobody held, marked as samples. Does nothing where there is a log. `slug`: the survey. */
export async function loadTalks(
  stores: Pick<Stores, 'conversations' | 'codings' | 'codebooks'>,
  { slug, plan }: { slug: string; plan: string },
  now: number,
): Promise<void> {
  if ((await stores.conversations.list()).length > 0) return
  const version = (await stores.codebooks.find('default'))?.version ?? 1
  for (const { days, conversation, notes, questions } of talks) {
    const on = new Date(now + days * day).toISOString().slice(0, 10)
    const whole: Conversation = { ...conversation, on, sample: true, survey: slug, plan }
    const [id] = (await stores.conversations.save([{ conversation: whole }], sampleCoder, now)) ?? []
    if (id === undefined) continue
    const hour = now - 2 * day
    await stores.conversations.addNotes(id, [
      ...notes.map(({ words, language }) => ({ kind: 'note' as const, words, language, hour })),
      ...questions.map(({ words, language }) => ({ kind: 'question' as const, words, language, hour })),
    ])
    const kept = await stores.conversations.notes(id)
    await stores.codings.read(
      inConversations,
      { person: sampleCoder, version, how: 'desk', at: now },
      kept.flatMap((note) => {
        const said = note.kind === 'note' && notes.find(({ words }) => words === note.words)
        return said ? [{ comment: note.id, themes: said.themes }] : []
      }),
    )
    for (const note of kept) {
      const asked = note.kind === 'question' && questions.find(({ words }) => words === note.words)
      if (asked && asked.shown !== undefined)
        await stores.conversations.decide(note.id, { state: 'shown', shown: asked.shown, sameAs: null })
    }
  }
}
