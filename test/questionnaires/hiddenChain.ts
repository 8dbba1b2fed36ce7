/** A question that hangs on one that hangs on one: when the first goes, all go. */
export default {
  source: 'en',
  languages: ['en', 'es'],
  title: { en: 'Sample' },
  sections: [
    {
      code: 'first',
      title: { en: 'First' },
      questions: [
        {
          code: 'a',
          kind: 'single',
          title: { en: 'A' },
          options: [
            { code: 'yes', label: { en: 'Yes' } },
            { code: 'no', label: { en: 'No' } },
          ],
        },
      ],
    },
    {
      code: 'second',
      title: { en: 'Second' },
      questions: [
        {
          code: 'b',
          kind: 'single',
          title: { en: 'B' },
          showIf: { question: 'a', is: ['yes'] },
          options: [
            { code: 'yes', label: { en: 'Yes' } },
            { code: 'no', label: { en: 'No' } },
          ],
        },
      ],
    },
    {
      code: 'third',
      title: { en: 'Third' },
      questions: [
        {
          code: 'c',
          kind: 'single',
          title: { en: 'C' },
          showIf: { question: 'b', is: ['yes'] },
          options: [
            { code: 'yes', label: { en: 'Yes' } },
            { code: 'no', label: { en: 'No' } },
          ],
        },
        {
          code: 'why',
          kind: 'text',
          title: { en: 'Why' },
          about: 'b',
          showIf: { question: 'c', answered: true },
        },
      ],
    },
    {
      code: 'last',
      title: { en: 'Last' },
      questions: [
        { code: 'd', kind: 'text', title: { en: 'D' }, showIf: { not: { question: 'b', answered: true } } },
      ],
    },
  ],
}
