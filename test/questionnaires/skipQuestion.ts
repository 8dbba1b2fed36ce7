/** A question that only some answers bring up. */
export default {
  source: 'en',
  languages: ['en', 'es'],
  title: { en: 'Sample' },
  sections: [
    {
      code: 'bus',
      title: { en: 'Bus' },
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
      ],
    },
    {
      code: 'more',
      title: { en: 'More' },
      questions: [
        {
          code: 'late',
          kind: 'scale',
          title: { en: 'Late' },
          showIf: { question: 'ride', is: ['yes'] },
          low: { en: 'Never' },
          high: { en: 'Always' },
        },
        { code: 'any', kind: 'text', title: { en: 'Any' } },
      ],
    },
  ],
}
