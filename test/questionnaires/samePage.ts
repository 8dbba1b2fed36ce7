/** A question that an answer on its own page brings up. */
export default {
  source: 'en',
  languages: ['en', 'es'],
  title: { en: 'Sample' },
  sections: [
    {
      code: 'page',
      title: { en: 'Page' },
      questions: [
        {
          code: 'ride',
          kind: 'single',
          title: { en: 'Ride' },
          options: [
            { code: 'yes', label: { en: 'Yes' } },
            { code: 'no', label: { en: 'No' } },
          ],
        },
        { code: 'line', kind: 'text', title: { en: 'Line' }, showIf: { question: 'ride', is: ['yes'] } },
      ],
    },
    {
      code: 'after',
      title: { en: 'After' },
      questions: [{ code: 'any', kind: 'text', title: { en: 'Any' } }],
    },
  ],
}
